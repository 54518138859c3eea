// AES key wrap with padding from node:crypto.

import type * as nodeCrypto from 'node:crypto';
import { plain } from './buffers.ts';
import { hasWrappedLength, type KeyWrapPrimitives } from './key-wrap.ts';

const cipherName = 'id-aes256-wrap-pad';

// RFC 5649 section 3, the constant half of the alternative initial value.
const initialValue = Uint8Array.of(0xa6, 0x59, 0x59, 0xa6);

export function nativeKeyWrap(crypto: typeof nodeCrypto): KeyWrapPrimitives {
  return {
    name: 'native',
    // These ciphers give everything in one update, and nothing in the end.
    wrap: (kek, material) => plain(crypto.createCipheriv(cipherName, kek, initialValue).update(material)),
    unwrap: (kek, wrapped) => {
      if (!hasWrappedLength(wrapped)) return undefined;
      const decipher = crypto.createDecipheriv(cipherName, kek, initialValue);
      try {
        return plain(decipher.update(wrapped));
      } catch {
        return undefined;
      }
    },
  };
}
