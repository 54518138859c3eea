// Primitives in pure TypeScript (@noble), for browsers and every other place without node:crypto.

import { gcm } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Backend } from './backend.ts';
import { loadOnce } from './load-once.ts';

// One message uses these at a time. Making new ones for each takes twice as long as the hashing.
const working = hmac.create(sha256, new Uint8Array());
const digest = new Uint8Array(32);

export const portableBackend: Backend = {
  name: 'portable',
  primitives: loadOnce(async () => (await import('./primitives-portable.ts')).portablePrimitives),
  sha256: (message) => sha256(message),
  hmacSha256: (key) => {
    const keyed = hmac.create(sha256, key);
    const mac = (message: Uint8Array): Uint8Array => {
      keyed._cloneInto(working).update(message).digestInto(digest);
      return new Uint8Array(digest);
    };
    return Object.assign(mac, { erase: () => keyed.destroy() });
  },
  gcmSeal: (key, iv, aad, plaintext, out, at) => {
    out.set(aes256(key, iv, aad).encrypt(plaintext), at);
  },
  gcmOpen: (key, iv, aad, sealed) => {
    const cipher = aes256(key, iv, aad);
    try {
      return cipher.decrypt(sealed);
    } catch {
      // noble throws for a wrong tag and for less than a tag, and for nothing else.
      return undefined;
    }
  },
};

// noble would take 16 and 24 bytes for AES-128 and AES-192.
function aes256(key: Uint8Array, iv: Uint8Array, aad: Uint8Array): ReturnType<typeof gcm> {
  if (key.length !== 32) throw new RangeError('AES-256 takes a key of 32 bytes.');
  return gcm(key, iv, aad);
}
