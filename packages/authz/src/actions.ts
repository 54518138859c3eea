// The actions of KMS, and which of them a grant can allow.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
// https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html#API_CreateGrant_RequestParameters (Operations)

import { foldName } from './condition-keys.ts';

/** Those that carry an encryption context, which a constraint of a grant can ask for; and the others. */
const GRANTABLE: Readonly<Record<string, 'with encryption context' | 'without'>> = {
  CreateGrant: 'with encryption context',
  Decapsulate: 'without',
  Decrypt: 'with encryption context',
  DeriveSharedSecret: 'without',
  DescribeKey: 'without',
  Encapsulate: 'without',
  Encrypt: 'with encryption context',
  GenerateDataKey: 'with encryption context',
  GenerateDataKeyPair: 'with encryption context',
  GenerateDataKeyPairWithoutPlaintext: 'with encryption context',
  GenerateDataKeyWithoutPlaintext: 'with encryption context',
  GenerateMac: 'without',
  GetPublicKey: 'without',
  ReEncryptFrom: 'with encryption context',
  ReEncryptTo: 'with encryption context',
  RetireGrant: 'without',
  Sign: 'without',
  Verify: 'without',
  VerifyMac: 'without',
};

const NEVER_GRANTABLE: readonly string[] = [
  'CancelKeyDeletion',
  'ConnectCustomKeyStore',
  'CreateAlias',
  'CreateCustomKeyStore',
  'CreateKey',
  'DeleteAlias',
  'DeleteCustomKeyStore',
  'DeleteImportedKeyMaterial',
  'DescribeCustomKeyStores',
  'DisableKey',
  'DisableKeyRotation',
  'DisconnectCustomKeyStore',
  'EnableKey',
  'EnableKeyRotation',
  'GenerateRandom',
  'GetKeyLastUsage',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'GetParametersForImport',
  'ImportKeyMaterial',
  'ListAliases',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListKeys',
  'ListResourceTags',
  'ListRetirableGrants',
  'PutKeyPolicy',
  'ReplicateKey',
  'RevokeGrant',
  'RotateKeyOnDemand',
  'ScheduleKeyDeletion',
  'SynchronizeMultiRegionKey',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateCustomKeyStore',
  'UpdateKeyDescription',
  'UpdatePrimaryRegion',
];

const GRANT_OPERATIONS = Object.keys(GRANTABLE);
const exact = new Set([...GRANT_OPERATIONS, ...NEVER_GRANTABLE].map((name) => `kms:${name}`));
const folded = new Set([...exact].map(foldName));
const exactOperations = new Map(GRANT_OPERATIONS.map((name) => [`kms:${name}`, name]));
const foldedOperations = new Map(GRANT_OPERATIONS.map((name) => [`kms:${foldName(name)}`, name]));

/** An action that KMS does not have. Those of other services are theirs to know. */
export function isUnknownAction(action: string): boolean {
  return !exact.has(action) && /^kms:/i.test(action) && !folded.has(foldName(action));
}

/** The operation as grants list it; undefined for what no grant can allow. */
export function grantOperationOf(action: string): string | undefined {
  return exactOperations.get(action) ?? foldedOperations.get(foldName(action));
}

/** DescribeKey, RetireGrant and what has no encryption context are not held to one: create-grant-overview.html */
export function carriesEncryptionContext(operation: string): boolean {
  return GRANTABLE[operation] === 'with encryption context';
}

export function isGrantOperation(name: string): boolean {
  return GRANTABLE[name] !== undefined && Object.hasOwn(GRANTABLE, name);
}
