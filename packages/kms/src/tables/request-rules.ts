// On which request quotas each of the 56 operations counts.
// https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html

import type { KeySpec } from '@kmsim/hsm-core';
import type { OperationName } from '../api/shapes.ts';
import { symmetricQuota } from './request-quotas.ts';

/** A quota that the request counts on beside the first one, in the Region that a member of the request names. */
export interface ElsewhereCharge {
  readonly quota: string;
  readonly region: 'ReplicaRegion' | 'PrimaryRegion';
  readonly cost: number;
}

/** How the quota of an operation is found: one of its own, by the kind of key that is used, or by the kind of pair that is made. */
export type QuotaChoice = { readonly quota: string } | { readonly by: 'key spec' | 'KeyPairSpec' };

export type RequestRule = QuotaChoice & {
  readonly elsewhere?: ElsewhereCharge;
  /** It changes the state of a key: bursts of these on one key are throttled by themselves. */
  readonly changesKeyState?: true;
  /** It counts on the custom key store, too: of the key, or the one that this member names. */
  readonly keyStore?: 'key' | 'CustomKeyStoreId';
};

const own = (operation: OperationName): RequestRule => ({ quota: `${operation} request rate` });
const changing = (operation: OperationName): RequestRule => ({ ...own(operation), changesKeyState: true });
const byKey: RequestRule = { by: 'key spec', keyStore: 'key' };
const byPair: RequestRule = { by: 'KeyPairSpec' };

export const requestRules: Readonly<Record<OperationName, RequestRule>> = {
  CancelKeyDeletion: changing('CancelKeyDeletion'),
  ConnectCustomKeyStore: own('ConnectCustomKeyStore'),
  CreateAlias: own('CreateAlias'),
  CreateCustomKeyStore: own('CreateCustomKeyStore'),
  CreateGrant: own('CreateGrant'),
  CreateKey: own('CreateKey'),
  Decapsulate: byKey,
  Decrypt: byKey,
  DeleteAlias: own('DeleteAlias'),
  DeleteCustomKeyStore: own('DeleteCustomKeyStore'),
  DeleteImportedKeyMaterial: own('DeleteImportedKeyMaterial'),
  DeriveSharedSecret: byKey,
  DescribeCustomKeyStores: own('DescribeCustomKeyStores'),
  DescribeKey: own('DescribeKey'),
  DisableKey: changing('DisableKey'),
  DisableKeyRotation: own('DisableKeyRotation'),
  DisconnectCustomKeyStore: own('DisconnectCustomKeyStore'),
  EnableKey: changing('EnableKey'),
  EnableKeyRotation: own('EnableKeyRotation'),
  Encapsulate: byKey,
  Encrypt: byKey,
  GenerateDataKey: byKey,
  // "The exceptions [...] share a separate quota": not the quota of the key that encrypts the private one.
  GenerateDataKeyPair: byPair,
  GenerateDataKeyPairWithoutPlaintext: byPair,
  GenerateDataKeyWithoutPlaintext: byKey,
  GenerateMac: byKey,
  GenerateRandom: { quota: symmetricQuota, keyStore: 'CustomKeyStoreId' },
  GetKeyLastUsage: own('GetKeyLastUsage'),
  GetKeyPolicy: own('GetKeyPolicy'),
  GetKeyRotationStatus: own('GetKeyRotationStatus'),
  GetParametersForImport: own('GetParametersForImport'),
  GetPublicKey: own('GetPublicKey'),
  ImportKeyMaterial: own('ImportKeyMaterial'),
  ListAliases: own('ListAliases'),
  ListGrants: own('ListGrants'),
  ListKeyPolicies: own('ListKeyPolicies'),
  ListKeyRotations: own('ListKeyRotations'),
  ListKeys: own('ListKeys'),
  ListResourceTags: own('ListResourceTags'),
  ListRetirableGrants: own('ListRetirableGrants'),
  PutKeyPolicy: own('PutKeyPolicy'),
  ReEncrypt: byKey,
  // "one ReplicateKey request in the primary key's Region and two CreateKey requests in the replica's Region": one is a dry run.
  ReplicateKey: {
    ...own('ReplicateKey'),
    elsewhere: { quota: 'CreateKey request rate', region: 'ReplicaRegion', cost: 2 },
  },
  RetireGrant: own('RetireGrant'),
  RevokeGrant: own('RevokeGrant'),
  RotateKeyOnDemand: own('RotateKeyOnDemand'),
  ScheduleKeyDeletion: changing('ScheduleKeyDeletion'),
  Sign: byKey,
  TagResource: own('TagResource'),
  UntagResource: own('UntagResource'),
  UpdateAlias: own('UpdateAlias'),
  UpdateCustomKeyStore: own('UpdateCustomKeyStore'),
  UpdateKeyDescription: own('UpdateKeyDescription'),
  // "two UpdatePrimaryRegion requests; one request in each of the two affected Regions".
  UpdatePrimaryRegion: {
    ...own('UpdatePrimaryRegion'),
    elsewhere: { quota: 'UpdatePrimaryRegion request rate', region: 'PrimaryRegion', cost: 1 },
  },
  Verify: byKey,
  VerifyMac: byKey,
};

const rsa = 'Cryptographic operations (RSA) request rate';
const ecc = 'Cryptographic operations (ECC and SM2) request rate';
const mlDsa = 'Cryptographic operations (ML-DSA) request rate';
const mlKem = 'Cryptographic operations (ML-KEM) request rate';

/** The shared quota of cryptographic operations with a key of each spec. */
export const quotaOfKeySpec: Readonly<Record<KeySpec, string>> = {
  SYMMETRIC_DEFAULT: symmetricQuota,
  HMAC_224: symmetricQuota,
  HMAC_256: symmetricQuota,
  HMAC_384: symmetricQuota,
  HMAC_512: symmetricQuota,
  RSA_2048: rsa,
  RSA_3072: rsa,
  RSA_4096: rsa,
  ECC_NIST_P256: ecc,
  ECC_NIST_P384: ecc,
  ECC_NIST_P521: ecc,
  ECC_SECG_P256K1: ecc,
  ECC_NIST_EDWARDS25519: ecc,
  SM2: ecc,
  ML_DSA_44: mlDsa,
  ML_DSA_65: mlDsa,
  ML_DSA_87: mlDsa,
  ML_KEM_512: mlKem,
  ML_KEM_768: mlKem,
  ML_KEM_1024: mlKem,
};

/** The quota of data key pairs of a spec; as former names have it where the spec alone is no name. */
export function quotaOfKeyPairSpec(spec: string): string {
  return `GenerateDataKeyPair (${spec}) request rate`;
}
