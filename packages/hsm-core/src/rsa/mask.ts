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
  { hash }: Pick<RsaPrimitives, 'hash'>,
  hashName: RsaHash,
  seed: Uint8Array,
  block: Uint8Array,
): void {
  const input = new Uint8Array(seed.length + 4);
  input.set(seed);
  const counter = new DataView(input.buffer, seed.length);
  for (let at = 0, number = 0; at < block.length; at += hashLength[hashName], number++) {
    counter.setUint32(0, number);
    const mask = hash(hashName, input);
    const end = Math.min(mask.length, block.length - at);
    for (let i = 0; i < end; i++) block[at + i] = (block[at + i] ?? 0) ^ (mask[i] ?? 0);
  }
}
