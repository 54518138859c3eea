// The algorithms of SM2 keys, one row each. SM2 keys are EC keys on the curve `curves.SM2`; they agree as those do (ECDH).
// https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html (SM2, China Regions only)

import type { EncryptionAlgorithm, SigningAlgorithm } from './algorithms.ts';
import type { PointPrimitives } from './backend/ec.ts';
import type { EccPrivateKey } from './ecc/key.ts';
import type { AsymmetricEncryption } from './encryption.ts';
import type { Signing } from './signing.ts';
import { decrypt, encrypt } from './sm2/encryption.ts';
import { sign, sm2Digest, verify } from './sm2/signature.ts';

export const sm2Signings: Readonly<Record<Extract<SigningAlgorithm, 'SM2DSA'>, Signing<EccPrivateKey>>> = {
  SM2DSA: {
    randomLength: 0,
    forms: {
      RAW: {
        sign: (key, message) => sign(key, sm2Digest(key, message)),
        verify: (key, message, signature) => verify(key, sm2Digest(key, message), signature),
      },
      // The digest is SM3 of Z_A and the message, so its maker chooses the distinguishing identifier.
      DIGEST: { length: 32, sign, verify },
    },
  },
};

export const sm2Encryptions: Readonly<
  Record<Extract<EncryptionAlgorithm, 'SM2PKE'>, AsymmetricEncryption<EccPrivateKey<PointPrimitives>>>
> = {
  SM2PKE: { randomLength: 32, encrypt, decrypt },
};
