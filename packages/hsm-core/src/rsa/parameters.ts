// The sizes of RSA keys that KMS offers, for its keys and for the keys that wrap imported material.

import type { KeySpec } from '../key-specs.ts';

export interface RsaParameters {
  /** Length of the modulus. */
  readonly bits: number;
  /** FIPS 186-5 table B.1, error probability 2^-100: rounds for each prime that is generated. */
  readonly millerRabinRounds: number;
}

export type RsaKeySpec = Extract<KeySpec, `RSA_${number}`>;

export const rsaParameters: Readonly<Record<RsaKeySpec, RsaParameters>> = {
  RSA_2048: { bits: 2048, millerRabinRounds: 4 },
  RSA_3072: { bits: 3072, millerRabinRounds: 3 },
  RSA_4096: { bits: 4096, millerRabinRounds: 2 },
};
