// The block cipher: the example of the standard. In a mode it is tried with every backend (known-answers.test.ts).

import { expect, test } from 'vitest';
import { encryptBlock, expandKey, roundKeyWords } from '../../src/backend/aes256.ts';

// FIPS 197 appendix C.3.
test('encrypts the example of FIPS 197', () => {
  const roundKeys = new Int32Array(roundKeyWords);
  expandKey(
    Uint8Array.from({ length: 32 }, (_, at) => at),
    roundKeys,
  );
  const block = Int32Array.of(0x00112233, 0x44556677, 0x8899aabb, 0xccddeeff);
  encryptBlock(roundKeys, block, block);
  expect([...block].map((word) => (word >>> 0).toString(16))).toEqual(['8ea2b7ca', '516745bf', 'eafc4990', '4b496089']);
});
