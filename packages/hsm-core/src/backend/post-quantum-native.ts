// ML-DSA and ML-KEM from node:crypto, which has them from Node 24.7 on, with OpenSSL 3.5: keys, verification and decapsulation.
// What takes random bytes it does only with its own, so signing and encapsulation are the portable ones.

import type * as nodeCrypto from 'node:crypto';
import { type KeyAlgorithm, keyAlgorithms } from '../der/key-algorithms.ts';
import { writeSeed } from '../der/private-key.ts';
import { writePkcs8, writeSpki } from '../der.ts';
import { inPlace, plain } from './buffers.ts';
import type { MlDsaSigner, PostQuantumPrimitives } from './post-quantum.ts';
import { loadPortablePostQuantum } from './post-quantum-portable.ts';

interface WithDecapsulation {
  decapsulate?(key: nodeCrypto.KeyObject, ciphertext: Uint8Array): Buffer;
}

export async function loadNativePostQuantum(crypto: typeof nodeCrypto): Promise<PostQuantumPrimitives> {
  const portable = await loadPortablePostQuantum();
  const { decapsulate } = crypto as WithDecapsulation;
  if (decapsulate === undefined || !importsSeeds(crypto)) return { ...portable, name: 'native' };

  return {
    name: 'native',
    mlDsa: (parameters, seed): MlDsaSigner => {
      const { publicKey, octets } = keyPair(crypto, parameters.algorithm, seed, parameters.publicKeyLength);
      let signer: MlDsaSigner | undefined;
      const expanded = (): MlDsaSigner => {
        signer ??= portable.mlDsa(parameters, seed);
        return signer;
      };
      return {
        publicKey: octets,
        sign: (message, random) => expanded().sign(message, random),
        signMu: (mu, random) => expanded().signMu(mu, random),
        verify: (message, signature) => crypto.verify(null, message, publicKey, signature),
        verifyMu: (mu, signature) => expanded().verifyMu(mu, signature),
        erase: () => signer?.erase(),
      };
    },
    verifyMlDsa: ({ algorithm, publicKeyLength }, octets, message, signature) => {
      if (octets.length !== publicKeyLength) return false;
      const spki = inPlace(writeSpki(algorithm, octets));
      return crypto.verify(
        null,
        message,
        crypto.createPublicKey({ key: spki, format: 'der', type: 'spki' }),
        signature,
      );
    },
    mlKem: ({ algorithm, publicKeyLength }, seed) => {
      const { privateKey, octets } = keyPair(crypto, algorithm, seed, publicKeyLength);
      return {
        publicKey: octets,
        decapsulate: (ciphertext) => plain(decapsulate(privateKey, ciphertext)),
        erase: () => undefined,
      };
    },
    encapsulate: portable.encapsulate,
  };
}

interface NativePair {
  readonly privateKey: nodeCrypto.KeyObject;
  readonly publicKey: nodeCrypto.KeyObject;
  readonly octets: Uint8Array;
}

function keyPair(
  crypto: typeof nodeCrypto,
  algorithm: KeyAlgorithm,
  seed: Uint8Array,
  publicKeyLength: number,
): NativePair {
  const der = writePkcs8(algorithm, writeSeed(seed));
  const privateKey = crypto.createPrivateKey({ key: inPlace(der), format: 'der', type: 'pkcs8' });
  der.fill(0);
  const publicKey = crypto.createPublicKey(privateKey);
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return { privateKey, publicKey, octets: Uint8Array.from(spki.subarray(-publicKeyLength)) };
}

// Node can be built with an older OpenSSL.
function importsSeeds(crypto: typeof nodeCrypto): boolean {
  try {
    keyPair(crypto, keyAlgorithms['ML-DSA-44'], new Uint8Array(32), 1312);
    return true;
  } catch {
    return false;
  }
}
