// Mechanisms as callers name them, with their parameters.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/pkcs11-mechanisms.html

import type { Failure } from './return-codes.ts';

export type GenerationMechanism =
  | 'CKM_AES_KEY_GEN'
  | 'CKM_GENERIC_SECRET_KEY_GEN'
  | 'CKM_RSA_PKCS_KEY_PAIR_GEN'
  | 'CKM_RSA_X9_31_KEY_PAIR_GEN'
  | 'CKM_EC_KEY_PAIR_GEN';

export type EncryptionMechanism =
  | 'CKM_AES_GCM'
  | 'CKM_CLOUDHSM_AES_GCM'
  | 'CKM_AES_CBC'
  | 'CKM_AES_CBC_PAD'
  | 'CKM_RSA_PKCS_OAEP';

export type SigningMechanism =
  | 'CKM_RSA_PKCS'
  | 'CKM_RSA_PKCS_PSS'
  | 'CKM_SHA256_RSA_PKCS'
  | 'CKM_SHA384_RSA_PKCS'
  | 'CKM_SHA512_RSA_PKCS'
  | 'CKM_SHA256_RSA_PKCS_PSS'
  | 'CKM_SHA384_RSA_PKCS_PSS'
  | 'CKM_SHA512_RSA_PKCS_PSS'
  | 'CKM_ECDSA'
  | 'CKM_ECDSA_SHA224'
  | 'CKM_ECDSA_SHA256'
  | 'CKM_ECDSA_SHA384'
  | 'CKM_ECDSA_SHA512'
  | 'CKM_SHA224_HMAC'
  | 'CKM_SHA256_HMAC'
  | 'CKM_SHA384_HMAC'
  | 'CKM_SHA512_HMAC';

export type WrappingMechanism =
  | 'CKM_AES_KEY_WRAP'
  | 'CKM_AES_KEY_WRAP_PAD'
  | 'CKM_CLOUDHSM_AES_KEY_WRAP_NO_PAD'
  | 'CKM_CLOUDHSM_AES_KEY_WRAP_PKCS5_PAD'
  | 'CKM_CLOUDHSM_AES_GCM'
  | 'CKM_RSA_PKCS_OAEP'
  | 'CKM_RSA_AES_KEY_WRAP';

export type DigestMechanism = 'CKM_SHA_1' | 'CKM_SHA224' | 'CKM_SHA256' | 'CKM_SHA384' | 'CKM_SHA512';

export type MechanismType =
  | GenerationMechanism
  | EncryptionMechanism
  | SigningMechanism
  | WrappingMechanism
  | DigestMechanism;

export interface Parameters {
  /**
   * CKM_AES_GCM: to encrypt, twelve zeros, in which the HSM writes the IV it has made; to decrypt, that IV.
   * CKM_AES_CBC and CKM_AES_CBC_PAD: sixteen bytes.
   */
  readonly iv?: Uint8Array;
  /** Additional authenticated data. */
  readonly aad?: Uint8Array;
  /** Bits of the GCM tag: 128, which is what it is when nothing is said. */
  readonly tagBits?: number;
  /** OAEP, PSS and CKM_RSA_AES_KEY_WRAP: the hash, which is that of the mask too. */
  readonly hash?: DigestMechanism;
  /** PSS: bytes of the salt, as many as the hash has. */
  readonly saltLength?: number;
}

/** A mechanism with its parameters; its name alone where it takes none. */
export type Mechanism<Type extends MechanismType> = Type | ({ readonly type: Type } & Parameters);

/** The row of a mechanism in a table, with its parameters. */
export function chosen<Type extends MechanismType, Row>(
  mechanism: Mechanism<Type>,
  table: Readonly<Record<Type, Row>>,
): { readonly row: Row; readonly parameters: Parameters } | Failure {
  const type = typeof mechanism === 'string' ? mechanism : mechanism.type;
  if (!Object.hasOwn(table, type)) return 'CKR_MECHANISM_INVALID';
  return { row: table[type], parameters: typeof mechanism === 'string' ? {} : mechanism };
}
