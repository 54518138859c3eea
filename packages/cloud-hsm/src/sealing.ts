// Plain data as text that only a key opens: AES-256-GCM over JSON, bytes within it as hexadecimal digits.

import type { Backend } from '@kmsim/hsm-core';
import { base64, fromBase64 } from './encoding.ts';

const label = new TextEncoder().encode('kmsim CloudHSM 1');
const ivLength = 12;
const tagLength = 16;
const keyLength = 32;

/** The same value gives the same text: the IV follows from it, so it repeats only where the whole value does. */
export function sealJson(backend: Backend, key: Uint8Array, value: unknown): string {
  if (key.length !== keyLength) throw new RangeError(`A sealing key has ${keyLength} bytes.`);
  const plaintext = new TextEncoder().encode(JSON.stringify(value));
  const iv = backend.hmacSha256(key)(plaintext).subarray(0, ivLength);
  const sealed = new Uint8Array(ivLength + plaintext.length + tagLength);
  sealed.set(iv);
  backend.gcmSeal(key, iv, label, plaintext, sealed, ivLength);
  plaintext.fill(0);
  return base64(sealed);
}

/** Undefined when the key is another or a character has changed. */
export function openJson(backend: Backend, key: Uint8Array, text: string): unknown {
  const sealed = fromBase64(text);
  if (key.length !== keyLength || sealed === undefined || sealed.length < ivLength + tagLength) return undefined;
  const plaintext = backend.gcmOpen(key, sealed.subarray(0, ivLength), label, sealed.subarray(ivLength));
  if (plaintext === undefined) return undefined;
  const value: unknown = JSON.parse(new TextDecoder().decode(plaintext));
  plaintext.fill(0);
  return value;
}
