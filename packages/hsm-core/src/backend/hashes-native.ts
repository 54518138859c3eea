// Hashes from node:crypto.

import type * as nodeCrypto from 'node:crypto';
import type { Hash, Hashes, HashName } from './hashes.ts';
import { portableHashes } from './hashes-portable.ts';

export const openSslHashes: Readonly<Record<HashName, string>> = {
  'SHA-224': 'sha224',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  SM3: 'sm3',
};

export function nativeHashes(crypto: typeof nodeCrypto): Hashes {
  const hash = (name: HashName): Hash => {
    const algorithm = openSslHashes[name];
    const { length, blockLength } = portableHashes[name];
    // A string of bytes takes a third of the time that a Buffer does, which is memory outside the heap.
    const digestInto = (message: Uint8Array, out: Uint8Array, at: number): void => {
      const text = crypto.hash(algorithm, message, 'binary');
      for (let i = 0; i < length; i++) out[at + i] = text.charCodeAt(i);
    };
    return {
      length,
      blockLength,
      digest: (message) => {
        const digest = new Uint8Array(length);
        digestInto(message, digest, 0);
        return digest;
      },
      digestInto,
    };
  };

  return {
    'SHA-224': hash('SHA-224'),
    'SHA-256': hash('SHA-256'),
    'SHA-384': hash('SHA-384'),
    'SHA-512': hash('SHA-512'),
    // OpenSSL can be built without it.
    SM3: crypto.getHashes().includes(openSslHashes.SM3) ? hash('SM3') : portableHashes.SM3,
  };
}
