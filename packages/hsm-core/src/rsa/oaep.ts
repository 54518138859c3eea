// RSAES-OAEP with an empty label and one hash for everything. RFC 8017 section 7.1.

import type { RsaHash, RsaPrimitives } from '../backend/rsa.ts';
import type { RsaPrivateKey, RsaPublicKey } from './key.ts';
import { applyMask, hashLength } from './mask.ts';

const noLabel = new Uint8Array();
const labelHashes = new Map<RsaHash, Uint8Array>();

/** The hash of the empty label. */
function labelHash({ hash }: RsaPrimitives, name: RsaHash): Uint8Array {
  let known = labelHashes.get(name);
  if (known === undefined) {
    known = hash(name, noLabel);
    labelHashes.set(name, known);
  }
  return known;
}

/** Section 7.1.1. The seed is as long as the hash and nobody else has it. */
export function encryptOaep(
  key: RsaPublicKey,
  hash: RsaHash,
  message: Uint8Array,
  seed: Uint8Array,
): Uint8Array | 'too long' {
  const { primitives, length } = key;
  const seedLength = hashLength[hash];
  if (seed.length !== seedLength) throw new RangeError(`OAEP with ${hash} takes a seed of ${seedLength} bytes.`);
  if (message.length > length - 2 * seedLength - 2) return 'too long';
  // 00 ‖ maskedSeed ‖ maskedDB, with DB = lHash ‖ 00 ... 00 ‖ 01 ‖ M.
  const encoded = new Uint8Array(length);
  const maskedSeed = encoded.subarray(1, 1 + seedLength);
  const block = encoded.subarray(1 + seedLength);
  block.set(labelHash(primitives, hash));
  block[block.length - message.length - 1] = 1;
  block.set(message, block.length - message.length);
  applyMask(primitives, hash, seed, block);
  maskedSeed.set(seed);
  applyMask(primitives, hash, block, maskedSeed);
  const ciphertext = key.apply(encoded);
  encoded.fill(0);
  // It begins with 00, so it is below the modulus.
  return ciphertext ?? 'too long';
}

/**
 * Section 7.1.2. Whatever is wrong, the answer is the same and everything is looked at before it: who can tell a wrong first octet
 * from a wrong padding can decrypt (Manger, CRYPTO 2001).
 */
export function decryptOaep(key: RsaPrivateKey, hash: RsaHash, ciphertext: Uint8Array): Uint8Array | undefined {
  const { primitives, length } = key.publicKey;
  const seedLength = hashLength[hash];
  // Both depend on nothing secret.
  if (length < 2 * seedLength + 2) return undefined;
  const encoded = key.apply(ciphertext);
  if (encoded === undefined) return undefined;
  const seed = encoded.subarray(1, 1 + seedLength);
  const block = encoded.subarray(1 + seedLength);
  applyMask(primitives, hash, block, seed);
  applyMask(primitives, hash, seed, block);
  let faults = encoded[0] ?? 1;
  for (const [at, octet] of labelHash(primitives, hash).entries()) faults |= octet ^ (block[at] ?? 0);
  let searching = 1;
  let start = 0;
  for (let at = seedLength; at < block.length; at++) {
    const isOne = Number(block[at] === 1);
    const isZero = Number(block[at] === 0);
    start += searching * isOne * (at + 1);
    faults |= searching & ~(isOne | isZero) & 1;
    searching &= isZero;
  }
  faults |= searching;
  const message = block.slice(start);
  encoded.fill(0);
  return faults === 0 ? message : undefined;
}
