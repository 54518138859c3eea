// What each of the 56 operations asks for before its room is entered: permissions, key identifiers, key use.
// https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
// https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html ("Cross-account use", "Required permissions", KeyId)

import type { KeyUsage } from '@kmsim/hsm-core';
import type { OperationName } from '../api/shapes.ts';

/** The thing a permission is needed on. */
export type PermissionResource =
  | 'none' // "*": no resource
  | 'key' // the key of the request: named by KeyId or TargetKeyId, or found in the ciphertext
  | 'alias' // the alias itself
  | 'aliasKey' // the key the alias points at now
  | 'destinationKey' // DestinationKeyId of ReEncrypt
  | 'replicaKey' // the replica to be promoted, in its own Region
  | 'replicaRegion'; // "*", asked in the Region of the new replica

export interface Permission {
  readonly action: `kms:${string}`;
  readonly on: PermissionResource;
  /** Needed only when the request has this member. */
  readonly given?: 'Tags';
}

export type KeyMember = 'KeyId' | 'TargetKeyId' | 'SourceKeyId' | 'DestinationKeyId';

export interface OperationRow {
  /** All of them must be allowed, in this order. */
  readonly permissions: readonly Permission[];
  /** May the key belong to another account than the caller's? */
  readonly crossAccount: boolean;
  /** The members that name a key, the key of the request first. */
  readonly keyMembers: readonly KeyMember[];
  /** 'any': key id, key ARN, alias name, alias ARN; 'key': key id or key ARN. Another account's key needs an ARN. */
  readonly keyIdForms: 'any' | 'key' | 'none';
  readonly grantTokens: boolean;
  readonly dryRun: boolean;
  /** The use a key must have been made for. */
  readonly usage?: KeyUsage;
  /** The grant that the request names says who may, not the policy of its key. */
  readonly decidedByGrant?: true;
  /** A cryptographic operation: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#cryptographic-operations */
  readonly cryptographic: boolean;
}

type Extra = Partial<OperationRow>;

const plain = { crossAccount: false, grantTokens: false, dryRun: false, cryptographic: false } as const;

function account(action: string, extra: Extra = {}): OperationRow {
  return {
    ...plain,
    permissions: [{ action: `kms:${action}`, on: 'none' }],
    keyMembers: [],
    keyIdForms: 'none',
    ...extra,
  };
}

function management(action: string, extra: Extra = {}): OperationRow {
  return {
    ...plain,
    permissions: [{ action: `kms:${action}`, on: 'key' }],
    keyMembers: ['KeyId'],
    keyIdForms: 'key',
    ...extra,
  };
}

function cryptographic(action: string, usage: KeyUsage, extra: Extra = {}): OperationRow {
  return {
    permissions: [{ action: `kms:${action}`, on: 'key' }],
    crossAccount: true,
    keyMembers: ['KeyId'],
    keyIdForms: 'any',
    grantTokens: true,
    dryRun: true,
    usage,
    cryptographic: true,
    ...extra,
  };
}

function onAlias(action: string, ...keys: readonly PermissionResource[]): Extra {
  const name = `kms:${action}` as const;
  return { permissions: [{ action: name, on: 'alias' }, ...keys.map((on) => ({ action: name, on }))] };
}

export const operationRows: Readonly<Record<OperationName, OperationRow>> = {
  CancelKeyDeletion: management('CancelKeyDeletion'),
  ConnectCustomKeyStore: account('ConnectCustomKeyStore'),
  CreateAlias: management('CreateAlias', { ...onAlias('CreateAlias', 'key'), keyMembers: ['TargetKeyId'] }),
  CreateCustomKeyStore: account('CreateCustomKeyStore'),
  CreateGrant: management('CreateGrant', { crossAccount: true, grantTokens: true, dryRun: true }),
  CreateKey: account('CreateKey', {
    permissions: [
      { action: 'kms:CreateKey', on: 'none' },
      { action: 'kms:TagResource', on: 'none', given: 'Tags' },
    ],
  }),
  Decapsulate: cryptographic('Decapsulate', 'ENCAPSULATE_DECAPSULATE'),
  Decrypt: cryptographic('Decrypt', 'ENCRYPT_DECRYPT'),
  DeleteAlias: account('DeleteAlias', onAlias('DeleteAlias', 'aliasKey')),
  DeleteCustomKeyStore: account('DeleteCustomKeyStore'),
  DeleteImportedKeyMaterial: management('DeleteImportedKeyMaterial'),
  DeriveSharedSecret: cryptographic('DeriveSharedSecret', 'KEY_AGREEMENT'),
  DescribeCustomKeyStores: account('DescribeCustomKeyStores'),
  DescribeKey: management('DescribeKey', { crossAccount: true, keyIdForms: 'any', grantTokens: true }),
  DisableKey: management('DisableKey'),
  DisableKeyRotation: management('DisableKeyRotation'),
  DisconnectCustomKeyStore: account('DisconnectCustomKeyStore'),
  EnableKey: management('EnableKey'),
  EnableKeyRotation: management('EnableKeyRotation'),
  Encapsulate: cryptographic('Encapsulate', 'ENCAPSULATE_DECAPSULATE'),
  Encrypt: cryptographic('Encrypt', 'ENCRYPT_DECRYPT'),
  GenerateDataKey: cryptographic('GenerateDataKey', 'ENCRYPT_DECRYPT'),
  GenerateDataKeyPair: cryptographic('GenerateDataKeyPair', 'ENCRYPT_DECRYPT'),
  GenerateDataKeyPairWithoutPlaintext: cryptographic('GenerateDataKeyPairWithoutPlaintext', 'ENCRYPT_DECRYPT'),
  GenerateDataKeyWithoutPlaintext: cryptographic('GenerateDataKeyWithoutPlaintext', 'ENCRYPT_DECRYPT'),
  GenerateMac: cryptographic('GenerateMac', 'GENERATE_VERIFY_MAC'),
  GenerateRandom: account('GenerateRandom', { cryptographic: true }),
  GetKeyLastUsage: management('GetKeyLastUsage'),
  GetKeyPolicy: management('GetKeyPolicy'),
  GetKeyRotationStatus: management('GetKeyRotationStatus', { crossAccount: true }),
  GetParametersForImport: management('GetParametersForImport'),
  GetPublicKey: management('GetPublicKey', { crossAccount: true, keyIdForms: 'any', grantTokens: true }),
  ImportKeyMaterial: management('ImportKeyMaterial'),
  ListAliases: account('ListAliases', { keyMembers: ['KeyId'], keyIdForms: 'key' }),
  ListGrants: management('ListGrants', { crossAccount: true }),
  ListKeyPolicies: management('ListKeyPolicies'),
  ListKeyRotations: management('ListKeyRotations'),
  ListKeys: account('ListKeys'),
  ListResourceTags: management('ListResourceTags'),
  // The retiring principal must be of the caller's account; its grants may be on keys of others.
  ListRetirableGrants: account('ListRetirableGrants'),
  PutKeyPolicy: management('PutKeyPolicy'),
  ReEncrypt: cryptographic('ReEncrypt', 'ENCRYPT_DECRYPT', {
    permissions: [
      { action: 'kms:ReEncryptFrom', on: 'key' },
      { action: 'kms:ReEncryptTo', on: 'destinationKey' },
    ],
    keyMembers: ['SourceKeyId', 'DestinationKeyId'],
  }),
  ReplicateKey: management('ReplicateKey', {
    permissions: [
      { action: 'kms:ReplicateKey', on: 'key' },
      { action: 'kms:CreateKey', on: 'replicaRegion' },
      { action: 'kms:TagResource', on: 'replicaRegion', given: 'Tags' },
    ],
  }),
  // Decided by the grant; the action itself only delegates or denies (API_RetireGrant).
  RetireGrant: management('RetireGrant', { crossAccount: true, dryRun: true, decidedByGrant: true }),
  RevokeGrant: management('RevokeGrant', { crossAccount: true, dryRun: true }),
  RotateKeyOnDemand: management('RotateKeyOnDemand'),
  ScheduleKeyDeletion: management('ScheduleKeyDeletion'),
  Sign: cryptographic('Sign', 'SIGN_VERIFY'),
  TagResource: management('TagResource'),
  UntagResource: management('UntagResource'),
  UpdateAlias: management('UpdateAlias', { ...onAlias('UpdateAlias', 'aliasKey', 'key'), keyMembers: ['TargetKeyId'] }),
  UpdateCustomKeyStore: account('UpdateCustomKeyStore'),
  UpdateKeyDescription: management('UpdateKeyDescription'),
  UpdatePrimaryRegion: management('UpdatePrimaryRegion', {
    permissions: [
      { action: 'kms:UpdatePrimaryRegion', on: 'key' },
      { action: 'kms:UpdatePrimaryRegion', on: 'replicaKey' },
    ],
  }),
  Verify: cryptographic('Verify', 'SIGN_VERIFY'),
  VerifyMac: cryptographic('VerifyMac', 'GENERATE_VERIFY_MAC'),
};
