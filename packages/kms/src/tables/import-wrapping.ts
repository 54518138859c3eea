// Which wrapping algorithms carry the material of which keys.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html (WrappingAlgorithm)

import type { KeySpec, KeySpecRow, WrappingAlgorithm, WrappingKeySpec } from '@kmsim/hsm-core';

type Family = KeySpecRow['family'];

const directly = ['RSAES_OAEP_SHA_256', 'RSAES_OAEP_SHA_1'] as const;
const throughAesKey = ['RSA_AES_KEY_WRAP_SHA_256', 'RSA_AES_KEY_WRAP_SHA_1'] as const;
const either = [...directly, ...throughAesKey] as const;

// ML-DSA and ML-KEM: "all KMS key types" can be imported, and no rule for theirs is given. A seed in PKCS#8 is as short as a key of P-256.
export const wrappingAlgorithms: Readonly<Record<Family, readonly WrappingAlgorithm[]>> = {
  symmetric: [...directly, 'SM2PKE'],
  hmac: [...directly, 'SM2PKE'],
  // Too long for OAEP.
  rsa: throughAesKey,
  ecc: either,
  ed25519: either,
  'ml-dsa': either,
  'ml-kem': either,
  sm2: ['SM2PKE'],
};

/** "You cannot use the RSAES_OAEP_SHA_* wrapping algorithm with the RSA_2048 wrapping key spec to wrap ECC_NIST_P521 key material." */
export const tooShortFor: Readonly<
  Partial<Record<KeySpec, { readonly keys: readonly WrappingKeySpec[]; readonly with: readonly WrappingAlgorithm[] }>>
> = { ECC_NIST_P521: { keys: ['RSA_2048'], with: directly } };

/** The algorithms of each wrapping key. SM2 is for the China Regions only. */
export const algorithmsOfWrappingKey: Readonly<Record<WrappingKeySpec, readonly WrappingAlgorithm[]>> = {
  RSA_2048: either,
  RSA_3072: either,
  RSA_4096: either,
  SM2: ['SM2PKE'],
};
