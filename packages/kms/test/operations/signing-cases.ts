// The signing algorithms with a key spec each: which message types they take, how long their digests and signatures are.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html (Message, MessageType, SigningAlgorithm)
// https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html

import type { KeySpec, MessageType, SigningAlgorithm } from '@kmsim/hsm-core';

export interface SigningCase {
  readonly spec: KeySpec;
  readonly algorithm: SigningAlgorithm;
  /** The hash as OpenSSL calls it; null: part of the algorithm; absent: OpenSSL 3.0 does not know the algorithm. */
  readonly hash?: string | null;
  /** Bytes of a message of the type; undefined: any number. */
  readonly types: Readonly<Partial<Record<MessageType, number | undefined>>>;
  /** Bytes of a signature, or the most of them: ECDSA signatures are DER. */
  readonly length: { readonly exact: number } | { readonly most: number };
}

function rsa(spec: KeySpec, exact: number): SigningCase[] {
  const row = (algorithm: SigningAlgorithm, hash: string, DIGEST: number): SigningCase => ({
    spec,
    algorithm,
    hash,
    types: { RAW: undefined, DIGEST },
    length: { exact },
  });
  return [
    row('RSASSA_PKCS1_V1_5_SHA_256', 'sha256', 32),
    row('RSASSA_PKCS1_V1_5_SHA_384', 'sha384', 48),
    row('RSASSA_PKCS1_V1_5_SHA_512', 'sha512', 64),
    row('RSASSA_PSS_SHA_256', 'sha256', 32),
    row('RSASSA_PSS_SHA_384', 'sha384', 48),
    row('RSASSA_PSS_SHA_512', 'sha512', 64),
  ];
}

function ecdsa(spec: KeySpec, algorithm: SigningAlgorithm, hash: string, DIGEST: number, most: number): SigningCase {
  return { spec, algorithm, hash, types: { RAW: undefined, DIGEST }, length: { most } };
}

function mlDsa(spec: KeySpec, exact: number): SigningCase {
  return { spec, algorithm: 'ML_DSA_SHAKE_256', types: { RAW: undefined, EXTERNAL_MU: 64 }, length: { exact } };
}

export const signingCases: readonly SigningCase[] = [
  ...rsa('RSA_2048', 256),
  ...rsa('RSA_3072', 384),
  ...rsa('RSA_4096', 512),
  ecdsa('ECC_NIST_P256', 'ECDSA_SHA_256', 'sha256', 32, 72),
  ecdsa('ECC_NIST_P384', 'ECDSA_SHA_384', 'sha384', 48, 104),
  ecdsa('ECC_NIST_P521', 'ECDSA_SHA_512', 'sha512', 64, 139),
  ecdsa('ECC_SECG_P256K1', 'ECDSA_SHA_256', 'sha256', 32, 72),
  {
    spec: 'ECC_NIST_EDWARDS25519',
    algorithm: 'ED25519_SHA_512',
    hash: null,
    types: { RAW: undefined },
    length: { exact: 64 },
  },
  {
    spec: 'ECC_NIST_EDWARDS25519',
    algorithm: 'ED25519_PH_SHA_512',
    types: { DIGEST: 64 },
    length: { exact: 64 },
  },
  // FIPS 204 table 2.
  mlDsa('ML_DSA_44', 2420),
  mlDsa('ML_DSA_65', 3309),
  mlDsa('ML_DSA_87', 4627),
  { spec: 'SM2', algorithm: 'SM2DSA', types: { RAW: undefined, DIGEST: 32 }, length: { most: 72 } },
];

export const messageTypes: readonly MessageType[] = ['RAW', 'DIGEST', 'EXTERNAL_MU'];

/** The cases, one for each message type that the algorithm takes. */
export const signingForms: readonly (SigningCase & { readonly type: MessageType; readonly messageLength: number })[] =
  signingCases.flatMap((row) =>
    messageTypes
      .filter((type) => type in row.types)
      .map((type) => ({ ...row, type, messageLength: row.types[type] ?? 99 })),
  );
