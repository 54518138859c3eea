// MGF1, the mask generation function of OAEP and PSS. RFC 8017 section B.2.1.

import type { RsaHash, RsaPrimitives } from '../backend/rsa.ts';

/** Lengths of the hash values in octets. */
export const hashLength: Readonly<Record<RsaHash, number>> = {
  'SHA-1': 20,
  'SHA-256': 32,
  'SHA-384': 48,
  'SHA-512': 64,
};

/** Adds the mask of `seed` to the block, modulo 2, in place. */
export function applyMask(
  primitives: Pick<RsaPrimitives, 'addHash'>,
  hashName: RsaHash,
  seed: Uint8Array,
  block: Uint8Array,
): void {
  // Four octets count the hash values. Two are enough for a block of a million octets.
  const input = new Uint8Array(seed.length + 4);
  input.set(seed);
  const length = hashLength[hashName];
  for (let at = 0, number = 0; at < block.length; at += length, number++) {
    input[seed.length + 2] = number >>> 8;
    input[seed.length + 3] = number;
    primitives.addHash(hashName, input, block, at);
  }
}
