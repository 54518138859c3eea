// RSASSA-PKCS1-v1_5. RFC 8017 section 8.2.

import { hexToBytes } from '@noble/hashes/utils.js';
import type { RsaHash } from '../backend/rsa.ts';
import type { RsaPrivateKey, RsaPublicKey } from './key.ts';
import { hashLength } from './mask.ts';

// Section 9.2, note 1: DigestInfo up to the digest.
const digestInfo: Readonly<Record<RsaHash, Uint8Array>> = {
  'SHA-1': hexToBytes('3021300906052b0e03021a05000414'),
  'SHA-256': hexToBytes('3031300d060960864801650304020105000420'),
  'SHA-384': hexToBytes('3041300d060960864801650304020205000430'),
  'SHA-512': hexToBytes('3051300d060960864801650304020305000440'),
};

export function signPkcs1(key: RsaPrivateKey, hash: RsaHash, digest: Uint8Array): Uint8Array {
  const digestLength = hashLength[hash];
  if (digest.length !== digestLength) throw new RangeError(`${hash} has digests of ${digestLength} bytes.`);
  const signature = key.apply(encode(key.publicKey, hash, digest));
  if (signature === undefined) throw new RangeError('The modulus is too short.');
  return signature;
}

/** Section 8.2.2: the encoding is made again and compared, so there is one form only (and none with the NULL left out). */
export function verifyPkcs1(key: RsaPublicKey, hash: RsaHash, digest: Uint8Array, signature: Uint8Array): boolean {
  const encoded = key.apply(signature);
  if (encoded === undefined || digest.length !== hashLength[hash]) return false;
  const expected = encode(key, hash, digest);
  return expected.every((octet, at) => octet === encoded[at]);
}

// Section 9.2, EMSA-PKCS1-v1_5-ENCODE: 00 01 FF ... FF 00 DigestInfo.
function encode({ length }: RsaPublicKey, hash: RsaHash, digest: Uint8Array): Uint8Array {
  const prefix = digestInfo[hash];
  const encoded = new Uint8Array(length).fill(0xff);
  encoded.set([0, 1]);
  const infoAt = length - digest.length - prefix.length;
  encoded[infoAt - 1] = 0;
  encoded.set(prefix, infoAt);
  encoded.set(digest, length - digest.length);
  return encoded;
}
