// RSASSA-PSS with MGF1 over the same hash and a salt as long as the hash value. RFC 8017 section 8.1.

import type { RsaHash, RsaPrimitives } from '../backend/rsa.ts';
import type { RsaPrivateKey, RsaPublicKey } from './key.ts';
import { applyMask, hashLength } from './mask.ts';

const trailer = 0xbc;
const zeros = new Uint8Array(8);

/** Section 9.1.1, EMSA-PSS-ENCODE for a modulus of whole octets: only the first bit is left out. */
export function signPss(key: RsaPrivateKey, hash: RsaHash, digest: Uint8Array, salt: Uint8Array): Uint8Array {
  const { primitives, length } = key.publicKey;
  const digestLength = hashLength[hash];
  if (digest.length !== digestLength || salt.length !== digestLength) {
    throw new RangeError(`PSS with ${hash} takes a digest and a salt of ${digestLength} bytes each.`);
  }
  const encoded = new Uint8Array(length);
  const value = hashOf(primitives, hash, digest, salt);
  const block = encoded.subarray(0, length - digestLength - 1);
  block[block.length - digestLength - 1] = 1;
  block.set(salt, block.length - digestLength);
  applyMask(primitives, hash, value, block);
  block[0] = (block[0] ?? 0) & 0x7f;
  encoded.set(value, block.length);
  encoded[length - 1] = trailer;
  const signature = key.apply(encoded);
  if (signature === undefined) throw new RangeError('The modulus is no whole number of octets long.');
  return signature;
}

/** Section 9.1.2, EMSA-PSS-VERIFY. */
export function verifyPss(key: RsaPublicKey, hash: RsaHash, digest: Uint8Array, signature: Uint8Array): boolean {
  const { primitives, length } = key;
  const digestLength = hashLength[hash];
  const encoded = key.apply(signature);
  if (encoded === undefined || digest.length !== digestLength || length < 2 * digestLength + 2) return false;
  const block = encoded.subarray(0, length - digestLength - 1);
  const value = encoded.subarray(block.length, length - 1);
  if (encoded[length - 1] !== trailer || (block[0] ?? 0) > 0x7f) return false;
  applyMask(primitives, hash, value, block);
  block[0] = (block[0] ?? 0) & 0x7f;
  const saltAt = block.length - digestLength;
  const paddingEnds = block.subarray(0, saltAt).every((octet, at) => octet === Number(at === saltAt - 1));
  const expected = hashOf(primitives, hash, digest, block.subarray(saltAt));
  return paddingEnds && expected.every((octet, at) => octet === value[at]);
}

// Steps 5 and 6: the hash of eight zero octets, the digest and the salt.
function hashOf({ hash }: RsaPrimitives, name: RsaHash, digest: Uint8Array, salt: Uint8Array): Uint8Array {
  const message = new Uint8Array(zeros.length + digest.length + salt.length);
  message.set(digest, zeros.length);
  message.set(salt, zeros.length + digest.length);
  return hash(name, message);
}
