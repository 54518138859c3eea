// The floor of the portable backend: the same sequence by the public functions of @noble, as its documentation calls them, nothing kept from
// one message to the next.

import { gcm } from '@noble/ciphers/aes.js';
import { randomBytes } from '@noble/ciphers/utils.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { kdfInputOf } from './floor.ts';

const secret = new Uint8Array(32).fill(7);

interface PlainSealed {
  readonly nonce: Uint8Array;
  readonly iv: Uint8Array;
  readonly content: Uint8Array;
}

/** Random bytes, key derivation and AES-256-GCM, of as many bytes as kmsim's. */
export function sealPlain(plaintext: Uint8Array, aad: Uint8Array): PlainSealed {
  const nonce = randomBytes(16);
  const iv = randomBytes(12);
  return { nonce, iv, content: gcm(messageKey(nonce), iv, aad).encrypt(plaintext) };
}

export function openPlain({ content, iv, nonce }: PlainSealed, aad: Uint8Array): Uint8Array {
  return gcm(messageKey(nonce), iv, aad).decrypt(content);
}

function messageKey(nonce: Uint8Array): Uint8Array {
  return hmac(sha256, secret, kdfInputOf(nonce));
}
