// The 20 key specs: family, usages, algorithms, plaintext limits and how much secret the vault keeps of each.
// https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
// https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html (KeySpec, KeyUsage)
// https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html (largest plaintexts)

import type {
  EncapsulationAlgorithm,
  EncryptionAlgorithm,
  KeyAgreementAlgorithm,
  MacAlgorithm,
  SigningAlgorithm,
} from './algorithms.ts';

export type KeySpec =
  | 'SYMMETRIC_DEFAULT'
  | 'HMAC_224'
  | 'HMAC_256'
  | 'HMAC_384'
  | 'HMAC_512'
  | 'RSA_2048'
  | 'RSA_3072'
  | 'RSA_4096'
  | 'ECC_NIST_P256'
  | 'ECC_NIST_P384'
  | 'ECC_NIST_P521'
  | 'ECC_SECG_P256K1'
  | 'ECC_NIST_EDWARDS25519'
  | 'ML_DSA_44'
  | 'ML_DSA_65'
  | 'ML_DSA_87'
  | 'ML_KEM_512'
  | 'ML_KEM_768'
  | 'ML_KEM_1024'
  | 'SM2';

/** The specs of key pairs. */
export type KeyPairSpec = Exclude<KeySpec, 'SYMMETRIC_DEFAULT' | `HMAC_${number}`>;
export type HmacKeySpec = Extract<KeySpec, `HMAC_${number}`>;

export type KeyUsage =
  | 'ENCRYPT_DECRYPT'
  | 'SIGN_VERIFY'
  | 'GENERATE_VERIFY_MAC'
  | 'KEY_AGREEMENT'
  | 'ENCAPSULATE_DECAPSULATE';

export type KeyFamily = 'symmetric' | 'hmac' | 'rsa' | 'ecc' | 'ed25519' | 'ml-dsa' | 'ml-kem' | 'sm2';

export interface KeySpecRow {
  readonly spec: KeySpec;
  readonly family: KeyFamily;
  readonly usages: readonly KeyUsage[];
  /** Bytes of secret the vault keeps: the AES or HMAC key itself, or the seed a key pair grows from. */
  readonly materialBytes: number;
  /** In the order DescribeKey lists them. */
  readonly encryptionAlgorithms: readonly EncryptionAlgorithm[];
  readonly signingAlgorithms: readonly SigningAlgorithm[];
  readonly macAlgorithms: readonly MacAlgorithm[];
  readonly keyAgreementAlgorithms: readonly KeyAgreementAlgorithm[];
  readonly encapsulationAlgorithms: readonly EncapsulationAlgorithm[];
  /** Longest plaintext of Encrypt in bytes, by algorithm. */
  readonly maxPlaintext: Readonly<Partial<Record<EncryptionAlgorithm, number>>>;
  readonly asymmetric: boolean;
  /** Which partitions offer the spec; absent: all of them. */
  readonly partitions?: { readonly only: readonly string[] } | { readonly except: readonly string[] };
}

/** A key pair is grown from one seed of this size, so that material is as small as an AES key. No PKCS#8 is as short. */
export const seedBytes = 32;

const none = {
  encryptionAlgorithms: [],
  signingAlgorithms: [],
  macAlgorithms: [],
  keyAgreementAlgorithms: [],
  encapsulationAlgorithms: [],
  maxPlaintext: {},
} as const;

const keyPair = { ...none, materialBytes: seedBytes, asymmetric: true } as const;

function hmac(spec: KeySpec, macAlgorithm: MacAlgorithm, materialBytes: number): KeySpecRow {
  return {
    ...none,
    spec,
    family: 'hmac',
    usages: ['GENERATE_VERIFY_MAC'],
    materialBytes,
    macAlgorithms: [macAlgorithm],
    asymmetric: false,
  };
}

// RFC 8017 section 7.1.1: k - 2 hLen - 2 bytes. Order of the encryption algorithms: transcript import-key-rsa-aes-wrap-sha256.
function rsa(spec: KeySpec, withSha1: number, withSha256: number): KeySpecRow {
  return {
    ...keyPair,
    spec,
    family: 'rsa',
    usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'],
    encryptionAlgorithms: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
    signingAlgorithms: [
      'RSASSA_PKCS1_V1_5_SHA_256',
      'RSASSA_PKCS1_V1_5_SHA_384',
      'RSASSA_PKCS1_V1_5_SHA_512',
      'RSASSA_PSS_SHA_256',
      'RSASSA_PSS_SHA_384',
      'RSASSA_PSS_SHA_512',
    ],
    maxPlaintext: { RSAES_OAEP_SHA_1: withSha1, RSAES_OAEP_SHA_256: withSha256 },
  };
}

function nistCurve(spec: KeySpec, signingAlgorithm: SigningAlgorithm): KeySpecRow {
  return {
    ...keyPair,
    spec,
    family: 'ecc',
    usages: ['SIGN_VERIFY', 'KEY_AGREEMENT'],
    signingAlgorithms: [signingAlgorithm],
    keyAgreementAlgorithms: ['ECDH'],
  };
}

function mlDsa(spec: KeySpec): KeySpecRow {
  return { ...keyPair, spec, family: 'ml-dsa', usages: ['SIGN_VERIFY'], signingAlgorithms: ['ML_DSA_SHAKE_256'] };
}

// API_CreateKey: ML-KEM specs are not offered in the China Regions.
function mlKem(spec: KeySpec): KeySpecRow {
  return {
    ...keyPair,
    spec,
    family: 'ml-kem',
    usages: ['ENCAPSULATE_DECAPSULATE'],
    encapsulationAlgorithms: ['ML_KEM'],
    partitions: { except: ['aws-cn'] },
  };
}

export const keySpecs: Readonly<Record<KeySpec, KeySpecRow>> = {
  // AES-256-GCM; the China Regions use 128-bit SM4 here, which kmsim does not imitate.
  SYMMETRIC_DEFAULT: {
    ...none,
    spec: 'SYMMETRIC_DEFAULT',
    family: 'symmetric',
    usages: ['ENCRYPT_DECRYPT'],
    materialBytes: 32,
    encryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    maxPlaintext: { SYMMETRIC_DEFAULT: 4096 },
    asymmetric: false,
  },
  HMAC_224: hmac('HMAC_224', 'HMAC_SHA_224', 28),
  HMAC_256: hmac('HMAC_256', 'HMAC_SHA_256', 32),
  HMAC_384: hmac('HMAC_384', 'HMAC_SHA_384', 48),
  HMAC_512: hmac('HMAC_512', 'HMAC_SHA_512', 64),
  RSA_2048: rsa('RSA_2048', 214, 190),
  RSA_3072: rsa('RSA_3072', 342, 318),
  RSA_4096: rsa('RSA_4096', 470, 446),
  ECC_NIST_P256: nistCurve('ECC_NIST_P256', 'ECDSA_SHA_256'),
  ECC_NIST_P384: nistCurve('ECC_NIST_P384', 'ECDSA_SHA_384'),
  ECC_NIST_P521: nistCurve('ECC_NIST_P521', 'ECDSA_SHA_512'),
  ECC_SECG_P256K1: {
    ...keyPair,
    spec: 'ECC_SECG_P256K1',
    family: 'ecc',
    usages: ['SIGN_VERIFY'],
    signingAlgorithms: ['ECDSA_SHA_256'],
  },
  ECC_NIST_EDWARDS25519: {
    ...keyPair,
    spec: 'ECC_NIST_EDWARDS25519',
    family: 'ed25519',
    usages: ['SIGN_VERIFY'],
    signingAlgorithms: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'],
  },
  ML_DSA_44: mlDsa('ML_DSA_44'),
  ML_DSA_65: mlDsa('ML_DSA_65'),
  ML_DSA_87: mlDsa('ML_DSA_87'),
  ML_KEM_512: mlKem('ML_KEM_512'),
  ML_KEM_768: mlKem('ML_KEM_768'),
  ML_KEM_1024: mlKem('ML_KEM_1024'),
  SM2: {
    ...keyPair,
    spec: 'SM2',
    family: 'sm2',
    usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'KEY_AGREEMENT'],
    encryptionAlgorithms: ['SM2PKE'],
    signingAlgorithms: ['SM2DSA'],
    keyAgreementAlgorithms: ['ECDH'],
    maxPlaintext: { SM2PKE: 1024 },
    partitions: { only: ['aws-cn'] },
  },
};

/** True when Regions of this partition can create the key. */
export function offeredIn(row: KeySpecRow, partition: string): boolean {
  if (row.partitions === undefined) return true;
  return 'only' in row.partitions
    ? row.partitions.only.includes(partition)
    : !row.partitions.except.includes(partition);
}

export function isKeyPairSpec(spec: KeySpec): spec is KeyPairSpec {
  return keySpecs[spec].asymmetric;
}

export function isHmacKeySpec(spec: KeySpec): spec is HmacKeySpec {
  return keySpecs[spec].family === 'hmac';
}
