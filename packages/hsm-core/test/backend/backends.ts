// The backends that every suite runs over, and the other ways to the same answers that judge them.

import { gcm } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Backend } from '../../src/backend/backend.ts';
import { chooseBackend } from '../../src/backend/choose.ts';
import { nativeBackend } from '../../src/backend/native.ts';
import { portableBackend } from '../../src/backend/portable.ts';

function required(backend: Backend | undefined): Backend {
  if (backend === undefined) throw new Error('Tests run on Node, where node:crypto is always there.');
  return backend;
}

export const native: Backend = required(chooseBackend('native'));
export const portable: Backend = portableBackend;
export const backends: readonly Backend[] = [portable, native];

/** What @noble answers, which the portable backend once was. */
const noble: Backend = {
  ...portable,
  sha256,
  hmacSha256: (key) => (message) => hmac(sha256, key, message),
  gcmSeal: (key, iv, aad, plaintext, out, at) => out.set(aes256(key, iv, aad).encrypt(plaintext), at),
  gcmOpen: (key, iv, aad, sealed, from = 0) => {
    const cipher = aes256(key, iv, aad);
    try {
      const plaintext = cipher.decrypt(sealed);
      return plaintext.length < from ? undefined : plaintext.slice(from);
    } catch {
      return undefined;
    }
  },
};

// noble would take 16 and 24 bytes for AES-128 and AES-192.
function aes256(key: Uint8Array, iv: Uint8Array, aad: Uint8Array): ReturnType<typeof gcm> {
  if (key.length !== 32) throw new RangeError('AES-256 takes a key of 32 bytes.');
  return gcm(key, iv, aad);
}

export interface Way {
  readonly title: string;
  readonly backend: Backend;
}

/** All of them: what one answers the others answer. The native backend is plain TypeScript for short messages. */
export const ways: readonly Way[] = [
  ...backends.map((backend) => ({ title: backend.name, backend })),
  { title: 'node:crypto alone', backend: required(nativeBackend()) },
  { title: '@noble alone', backend: noble },
];
