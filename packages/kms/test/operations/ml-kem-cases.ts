// ML-KEM keys and the bytes of their ciphertexts: FIPS 203 table 3.

import type { KeySpec } from '@kmsim/hsm-core';

export const mlKemCases: readonly (readonly [spec: KeySpec, ciphertextLength: number])[] = [
  ['ML_KEM_512', 768],
  ['ML_KEM_768', 1088],
  ['ML_KEM_1024', 1568],
];
