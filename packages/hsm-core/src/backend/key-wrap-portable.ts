// AES key wrap with padding in pure TypeScript (@noble).

import { aeskwp } from '@noble/ciphers/aes.js';
import { hasWrappedLength, type KeyWrapPrimitives } from './key-wrap.ts';

export const portableKeyWrap: KeyWrapPrimitives = {
  name: 'portable',
  wrap: (kek, material) => aes256(kek).encrypt(material),
  unwrap: (kek, wrapped) => {
    if (!hasWrappedLength(wrapped)) return undefined;
    const cipher = aes256(kek);
    try {
      return cipher.decrypt(wrapped);
    } catch {
      return undefined;
    }
  },
};

// noble would take 16 and 24 bytes for AES-128 and AES-192.
function aes256(kek: Uint8Array): ReturnType<typeof aeskwp> {
  if (kek.length !== 32) throw new RangeError('AES-256 takes a key of 32 bytes.');
  return aeskwp(kek);
}
