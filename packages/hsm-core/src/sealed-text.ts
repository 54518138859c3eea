// A text under a key that somebody else keeps: AES-256-GCM with a synthetic IV, encryption and IV under keys of their own.

import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Backend } from './backend/backend.ts';

const label = utf8ToBytes('kmsim sealed text 1');
const encryptionPurpose = utf8ToBytes('kmsim sealed text 1: encryption');
const ivPurpose = utf8ToBytes('kmsim sealed text 1: iv');
const ivLength = 12;
const tagLength = 16;

/** Bytes that a key has. */
export const sealingKeyLength = 32;

/** The same text under the same key gives the same bytes: then nothing new is told. */
export function sealText(backend: Backend, key: Uint8Array, text: string): Uint8Array {
  return withKeys(backend, key, (encryptionKey, ivKey) => {
    const plaintext = utf8ToBytes(text);
    const iv = backend.hmacSha256(ivKey)(plaintext).slice(0, ivLength);
    const sealed = new Uint8Array(ivLength + plaintext.length + tagLength);
    sealed.set(iv);
    backend.gcmSeal(encryptionKey, iv, label, plaintext, sealed, ivLength);
    plaintext.fill(0);
    return sealed;
  });
}

/** Undefined when the key is another, or a bit has changed. */
export function openText(backend: Backend, key: Uint8Array, sealed: Uint8Array): string | undefined {
  if (key.length !== sealingKeyLength || sealed.length < ivLength + tagLength) return undefined;
  return withKeys(backend, key, (encryptionKey) => {
    const iv = sealed.subarray(0, ivLength);
    const plaintext = backend.gcmOpen(encryptionKey, iv, label, sealed.subarray(ivLength));
    if (plaintext === undefined) return undefined;
    const text = new TextDecoder().decode(plaintext);
    plaintext.fill(0);
    return text;
  });
}

function withKeys<Result>(
  backend: Backend,
  key: Uint8Array,
  use: (encryptionKey: Uint8Array, ivKey: Uint8Array) => Result,
): Result {
  if (key.length !== sealingKeyLength) throw new RangeError(`A sealing key has ${sealingKeyLength} bytes.`);
  const mac = backend.hmacSha256(key);
  const [encryptionKey, ivKey] = [mac(encryptionPurpose), mac(ivPurpose)];
  try {
    return use(encryptionKey, ivKey);
  } finally {
    encryptionKey.fill(0);
    ivKey.fill(0);
  }
}
