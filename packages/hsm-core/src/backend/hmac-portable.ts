// HMAC in pure TypeScript, of @noble/hashes.

import { hmac } from '@noble/hashes/hmac.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { CHash } from '@noble/hashes/utils.js';
import type { HmacHash, HmacPrimitives } from './hmac.ts';

const hashes: Readonly<Record<HmacHash, CHash>> = {
  'SHA-224': sha224,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
};

export const portableHmac: HmacPrimitives = {
  name: 'portable',
  hmac: (hash, key) => {
    const keyed = hmac.create(hashes[hash], key);
    const mac = (message: Uint8Array): Uint8Array => keyed.clone().update(message).digest();
    return Object.assign(mac, { erase: () => keyed.destroy() });
  },
};
