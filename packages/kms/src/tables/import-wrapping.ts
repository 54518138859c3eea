// What can be imported into which keys: wrapping algorithms, wrapping keys, and lengths of material that is no key pair.
// https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-get-public-key-and-token.html (Select a wrapping algorithm)
// https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-conceptual.html (Requirements for imported key material)

import type { KeySpec, KeySpecRow, WrappingAlgorithm, WrappingKeySpec } from '@kmsim/hsm-core';

type Family = KeySpecRow['family'];

const directly = ['RSAES_OAEP_SHA_256', 'RSAES_OAEP_SHA_1'] as const;
const throughAesKey = ['RSA_AES_KEY_WRAP_SHA_256', 'RSA_AES_KEY_WRAP_SHA_1'] as const;
const inChina = ['SM2PKE'] as const;
const everyWay = [...throughAesKey, ...directly, ...inChina] as const;

export const wrappingAlgorithms: Readonly<Record<Family, readonly WrappingAlgorithm[]>> = {
  symmetric: directly,
  hmac: directly,
  // Too long for OAEP.
  rsa: [...throughAesKey, ...inChina],
  ecc: everyWay,
  // Of the kind above; the page does not name it.
  ed25519: everyWay,
  sm2: [...directly, ...inChina],
  // "You can't import key material for ML-DSA KMS keys." ML-KEM is not among the specs that the second page lists.
  'ml-dsa': [],
  'ml-kem': [],
};

interface Pairing {
  readonly keys: readonly WrappingKeySpec[];
  readonly with: readonly WrappingAlgorithm[];
}

/** "The following combination is NOT supported: ECC_NIST_P521 key material, the RSA_2048 public wrapping key spec, and an RSAES_OAEP_SHA_* wrapping algorithm." */
export const tooShortFor: Readonly<Partial<Record<KeySpec, Pairing>>> = {
  ECC_NIST_P521: { keys: ['RSA_2048'], with: directly },
};

/** The algorithms of each wrapping key. */
export const algorithmsOfWrappingKey: Readonly<Record<WrappingKeySpec, readonly WrappingAlgorithm[]>> = {
  RSA_2048: [...throughAesKey, ...directly],
  RSA_3072: [...throughAesKey, ...directly],
  RSA_4096: [...throughAesKey, ...directly],
  SM2: inChina,
};

/** What one partition has and others have not. */
export function isOffered(algorithm: WrappingAlgorithm, partition: string): boolean {
  const chinese = partition === 'aws-cn';
  if ((inChina as readonly string[]).includes(algorithm)) return chinese;
  return !chinese || !(throughAesKey as readonly string[]).includes(algorithm);
}

interface Lengths {
  /** Bytes. */
  readonly least: number;
  readonly most: number;
}

const most = 128;
const importedLengths: Readonly<Partial<Record<KeySpec, Lengths>>> = {
  SYMMETRIC_DEFAULT: { least: 32, most: 32 },
  HMAC_224: { least: 28, most },
  HMAC_256: { least: 32, most },
  HMAC_384: { least: 48, most },
  HMAC_512: { least: 64, most },
};

/** Whether material that is no key pair can have that length. "In China Regions, it must be a 128-bits (16 bytes) of binary data." */
export function fitsLength(spec: KeySpec, partition: string, bytes: number): boolean {
  const lengths =
    spec === 'SYMMETRIC_DEFAULT' && partition === 'aws-cn' ? { least: 16, most: 16 } : importedLengths[spec];
  return lengths !== undefined && bytes >= lengths.least && bytes <= lengths.most;
}
