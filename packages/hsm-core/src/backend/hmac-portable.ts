// HMAC in pure TypeScript: our own of the 32-bit hashes, that of @noble/hashes of the others.

import { hmac as nobleHmac } from '@noble/hashes/hmac.js';
import { sha384, sha512 } from '@noble/hashes/sha2.js';
import type { HmacPrimitives } from './hmac.ts';
import { hmac } from './sha256.ts';

const hashes = { 'SHA-384': sha384, 'SHA-512': sha512 } as const;

export const portableHmac: HmacPrimitives = {
  name: 'portable',
  hmac: (hash, key) => {
    if (hash === 'SHA-224' || hash === 'SHA-256') return hmac(hash, key);
    const keyed = nobleHmac.create(hashes[hash], key);
    const mac = (message: Uint8Array): Uint8Array => keyed.clone().update(message).digest();
    return Object.assign(mac, { erase: () => keyed.destroy() });
  },
};
