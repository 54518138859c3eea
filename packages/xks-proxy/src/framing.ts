// How the parts of an encryption are put together before they are authenticated or hashed.

import { hash } from 'node:crypto';

/**
 * What the key manager is given as additional data: the length of the request's in two bytes, the request's, the length of the metadata
 * in one byte, the metadata. ("Encrypt", ciphertextMetadata.) Without the lengths one could be passed off as the other.
 */
export function managerAad(aad: Uint8Array, metadata: Uint8Array): Uint8Array {
  const framed = new Uint8Array(aad.length + metadata.length + 3);
  framed[0] = aad.length >>> 8;
  framed[1] = aad.length & 0xff;
  framed.set(aad, 2);
  framed[aad.length + 2] = metadata.length;
  framed.set(metadata, aad.length + 3);
  return framed;
}

export interface SealedParts {
  readonly metadata: Uint8Array;
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** The ciphertext data integrity value in base64: appendix C of the specification. */
export function integrityValue(aad: Uint8Array, { ciphertext, iv, metadata, tag }: SealedParts): string {
  return hash('sha256', Buffer.concat([aad, metadata, iv, ciphertext, tag]), 'base64');
}
