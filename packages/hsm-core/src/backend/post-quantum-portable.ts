// ML-DSA and ML-KEM in pure TypeScript, of @noble/post-quantum.

import type { MlDsaName, MlDsaParameters, MlKemName, MlKemParameters } from '../post-quantum/parameters.ts';
import { isModuleMissing, NotInstalled } from './not-installed.ts';
import type { MlDsaSigner, MlKemDecapsulator, PostQuantumPrimitives } from './post-quantum.ts';

// An optional dependency: npm installs it, unless it is told to omit those.
const load = () =>
  Promise.all([import('@noble/post-quantum/ml-dsa.js'), import('@noble/post-quantum/ml-kem.js')]).catch(
    (cause: unknown) => {
      if (!isModuleMissing(cause)) throw cause;
      throw new NotInstalled(
        'Keys of ML-DSA and ML-KEM need the package @noble/post-quantum, and it is not installed: npm install @noble/post-quantum',
        { cause },
      );
    },
  );

/** The libraries are loaded here, and not before. */
export async function loadPortablePostQuantum(): Promise<PostQuantumPrimitives> {
  const [dsa, kem] = await load();
  const signatures: Readonly<Record<MlDsaName, typeof dsa.ml_dsa44>> = {
    'ML-DSA-44': dsa.ml_dsa44,
    'ML-DSA-65': dsa.ml_dsa65,
    'ML-DSA-87': dsa.ml_dsa87,
  };
  const encapsulations: Readonly<Record<MlKemName, typeof kem.ml_kem512>> = {
    'ML-KEM-512': kem.ml_kem512,
    'ML-KEM-768': kem.ml_kem768,
    'ML-KEM-1024': kem.ml_kem1024,
  };

  function mlDsa({ name, signatureLength }: MlDsaParameters, seed: Uint8Array): MlDsaSigner {
    const scheme = signatures[name];
    const { publicKey, secretKey } = scheme.keygen(seed);
    return {
      publicKey,
      sign: (message, random) => scheme.sign(message, secretKey, { extraEntropy: random }),
      signMu: (mu, random) => scheme.internal.sign(mu, secretKey, { externalMu: true, extraEntropy: random }),
      verify: (message, signature) =>
        signature.length === signatureLength && scheme.verify(signature, message, publicKey),
      verifyMu: (mu, signature) =>
        signature.length === signatureLength && scheme.internal.verify(signature, mu, publicKey, { externalMu: true }),
      erase: () => secretKey.fill(0),
    };
  }

  function mlKem({ name }: MlKemParameters, seed: Uint8Array): MlKemDecapsulator {
    const scheme = encapsulations[name];
    const { publicKey, secretKey } = scheme.keygen(seed);
    return {
      publicKey,
      decapsulate: (ciphertext) => alone(scheme.decapsulate(ciphertext, secretKey)),
      erase: () => secretKey.fill(0),
    };
  }

  return {
    name: 'portable',
    mlDsa,
    verifyMlDsa: ({ name, publicKeyLength, signatureLength }, publicKey, message, signature) =>
      publicKey.length === publicKeyLength &&
      signature.length === signatureLength &&
      signatures[name].verify(signature, message, publicKey),
    mlKem,
    encapsulate: ({ name }, publicKey, random) => {
      try {
        const { cipherText, sharedSecret } = encapsulations[name].encapsulate(publicKey, random);
        return { ciphertext: cipherText, sharedSecret: alone(sharedSecret) };
      } catch {
        // Section 7.2: a key of another length, or with a coefficient that is not reduced.
        return undefined;
      }
    },
  };
}

// FIPS 203 algorithm 17, step 1: K comes with the randomness of the encryption, and the library leaves both in one buffer.
function alone(secret: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(secret);
  new Uint8Array(secret.buffer).fill(0);
  return copy;
}
