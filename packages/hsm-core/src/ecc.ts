// The algorithms of keys on elliptic curves, one row each.
// https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html (ECC key specs)

import type { KeyAgreementAlgorithm, SigningAlgorithm } from './algorithms.ts';
import { deriveSharedSecret } from './ecc/ecdh.ts';
import { sign, verify } from './ecc/ecdsa.ts';
import type { EccPrivateKey } from './ecc/key.ts';
import type { KeyAgreement } from './encryption.ts';
import type { Signing } from './signing.ts';

export { curves, type EccKeySpec } from './ecc/curves.ts';
export { EccPrivateKey, fromPkcs8, grow, spki, toPkcs8 } from './ecc/key.ts';

// The hash is that of the curve, which has one algorithm; its name is here for the length of a digest.
function ecdsa(length: number): Signing<EccPrivateKey> {
  return {
    randomLength: 0,
    forms: {
      RAW: {
        sign: (key, message) => sign(key, digest(key, message)),
        verify: (key, message, signature) => verify(key, digest(key, message), signature),
      },
      DIGEST: { length, sign, verify },
    },
  };
}

function digest({ curve, primitives }: EccPrivateKey, message: Uint8Array): Uint8Array {
  return primitives.hashes[curve.hash].digest(message);
}

export const ecdsaSignings: Readonly<Record<Extract<SigningAlgorithm, `ECDSA_${string}`>, Signing<EccPrivateKey>>> = {
  ECDSA_SHA_256: ecdsa(32),
  ECDSA_SHA_384: ecdsa(48),
  ECDSA_SHA_512: ecdsa(64),
};

export const keyAgreements: Readonly<Record<KeyAgreementAlgorithm, KeyAgreement<EccPrivateKey>>> = {
  ECDH: { derive: deriveSharedSecret },
};
