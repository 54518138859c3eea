// Bytes that follow from a seed: SP 800-108r1 section 4.1, KDF in counter mode, PRF HMAC-SHA-256.

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** The next `length` bytes. */
export type Draw = (length: number) => Uint8Array;

const blockLength = 32;

/** Draws from the seed for one purpose. Each draw is a derivation of its own: [i]32 ‖ Label ‖ 00 ‖ [draw]32 ‖ [L]32. */
export function seedStream(seed: Uint8Array, label: string): Draw {
  const fixed = concatBytes(utf8ToBytes(label), Uint8Array.of(0));
  let draws = 0;
  return (length) => {
    const number = draws++;
    const block = (_: unknown, at: number): Uint8Array =>
      hmac(sha256, seed, concatBytes(octets(at + 1), fixed, octets(number), octets(8 * length)));
    const blocks = Array.from({ length: Math.ceil(length / blockLength) }, block);
    const all = concatBytes(...blocks);
    const drawn = all.slice(0, length);
    for (const copy of [all, ...blocks]) copy.fill(0);
    return drawn;
  };
}

function octets(number: number): Uint8Array {
  const four = new Uint8Array(4);
  new DataView(four.buffer).setUint32(0, number);
  return four;
}
