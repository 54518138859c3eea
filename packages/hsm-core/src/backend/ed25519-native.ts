// Ed25519 from node:crypto. It has no Ed25519ph, which is the portable one over native hashes.

import type * as nodeCrypto from 'node:crypto';
import { keyAlgorithms } from '../der/key-algorithms.ts';
import { writeCurvePrivateKey } from '../der/private-key.ts';
import { writePkcs8, writeSpki } from '../der.ts';
import { inPlace, plain } from './buffers.ts';
import type { EdPrimitives, EdScheme } from './ed25519.ts';
import { loadPortableEd25519 } from './ed25519-portable.ts';
import { nativeHashes } from './hashes-native.ts';

const { Ed25519 } = keyAlgorithms;
const publicKeyLength = 32;

export async function loadNativeEd25519(crypto: typeof nodeCrypto): Promise<EdPrimitives> {
  const portable = await loadPortableEd25519(nativeHashes(crypto)['SHA-512']);
  return { ...portable, name: 'native', pure: pureScheme(crypto) };
}

function pureScheme(crypto: typeof nodeCrypto): EdScheme {
  return {
    signer: (seed) => {
      const der = writePkcs8(Ed25519, writeCurvePrivateKey(seed));
      const privateKey = crypto.createPrivateKey({ key: inPlace(der), format: 'der', type: 'pkcs8' });
      der.fill(0);
      const publicKey = crypto.createPublicKey(privateKey);
      return {
        publicKey: Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' }).subarray(-publicKeyLength)),
        sign: (message) => plain(crypto.sign(null, message, privateKey)),
        verify: (message, signature) => crypto.verify(null, message, publicKey, signature),
        // What is left is OpenSSL's.
        erase: () => undefined,
      };
    },
    verify: (octets, message, signature) => {
      if (octets.length !== publicKeyLength) return false;
      const key = crypto.createPublicKey({ key: inPlace(writeSpki(Ed25519, octets)), format: 'der', type: 'spki' });
      return crypto.verify(null, message, key, signature);
    },
  };
}
