// What the documented examples show of each operation, copied from the pages of https://docs.aws.amazon.com/kms/latest/developerguide/
// named beside them (read 2026-11; each page is found by its name + .html). Ids, dates and hexadecimal digits are placeholders. `inferred`: there is
// no example; the members are those of the API without its secrets.

import type { OperationName } from '../../src/api/shapes.ts';
import { bob, policy } from './every-operation.ts';

export interface Example {
  readonly page: string;
  readonly readOnly: boolean;
  readonly requestParameters: object | null;
  readonly responseElements?: object;
  readonly additionalEventData?: object;
  /** `['{keyArn}']` when absent; null: the record has no such member. */
  readonly resources?: readonly string[] | null;
}

const keyId = '{keyId}';
const answersKey = { keyId: '{keyArn}' } as const;
const department = { Department: 'Engineering' };
const material = { keyMaterialId: '{hex}' } as const;
const symmetric = 'SYMMETRIC_DEFAULT';

function reading(page: string, requestParameters: object | null, more: Partial<Example> = {}): Example {
  return { page, readOnly: true, requestParameters, ...more };
}

function changing(page: string, requestParameters: object | null, more: Partial<Example> = {}): Example {
  return { page, readOnly: false, requestParameters, ...more };
}

const metadata = {
  AWSAccountId: '111122223333',
  keyId,
  arn: '{keyArn}',
  creationDate: '{date}',
  enabled: true,
  description: '',
  keyUsage: 'ENCRYPT_DECRYPT',
  keyState: 'Enabled',
  origin: 'AWS_KMS',
  keyManager: 'CUSTOMER',
  customerMasterKeySpec: symmetric,
  keySpec: symmetric,
  encryptionAlgorithms: [symmetric],
  multiRegion: false,
  // Not in the examples, which are older; the answer has it (API_KeyMetadata).
  currentKeyMaterialId: '{hex}',
};

const storeId = { customKeyStoreId: '{store}' } as const;
// Of a store in a CloudHSM cluster. An example of a store has no `resources`.
const aboutStore = {
  additionalEventData: { customKeyStoreName: 'ExampleKeyStore', clusterId: '{cluster}' },
  resources: null,
} as const;

const { currentKeyMaterialId: _, ...withoutMaterial } = metadata;
const replicaArn = '{keyArn in eu-west-1}';

export const examples: Readonly<Record<OperationName, Example>> = {
  CancelKeyDeletion: changing('ct-cancel-key-deletion', { keyId }, { responseElements: answersKey }),
  ConnectCustomKeyStore: changing('ct-connect-keystore', storeId, aboutStore),
  CreateAlias: changing(
    'ct-createalias',
    { aliasName: 'alias/orders', targetKeyId: keyId },
    { responseElements: answersKey, resources: ['{keyArn}', '{aliasArn}'] },
  ),
  CreateCustomKeyStore: changing(
    'ct-create-keystore',
    { customKeyStoreName: 'ExampleKeyStore', clusterId: '{cluster}' },
    { responseElements: storeId, resources: null },
  ),
  CreateGrant: changing(
    'ct-creategrant',
    {
      keyId,
      granteePrincipal: bob,
      operations: ['Encrypt', 'RetireGrant'],
      constraints: { encryptionContextSubset: { ContextKey1: 'Value1' } },
    },
    { responseElements: { grantId: '{hex}', ...answersKey } },
  ),
  CreateKey: changing(
    'ct-createkey',
    {
      description: '',
      keySpec: symmetric,
      customerMasterKeySpec: symmetric,
      keyUsage: 'ENCRYPT_DECRYPT',
      origin: 'AWS_KMS',
      bypassPolicyLockoutSafetyCheck: false,
      multiRegion: false,
      tags: [],
    },
    { responseElements: { keyMetadata: metadata } },
  ),
  Decapsulate: reading('ct-decapsulate', { keyId, encapsulationAlgorithm: 'ML_KEM' }),
  Decrypt: reading(
    'ct-decrypt',
    { encryptionAlgorithm: symmetric, encryptionContext: department },
    { additionalEventData: material },
  ),
  DeleteAlias: changing(
    'ct-deletealias',
    { aliasName: 'alias/orders' },
    { responseElements: answersKey, resources: ['{aliasArn}', '{keyArn}'] },
  ),
  DeleteCustomKeyStore: changing('ct-delete-keystore', storeId, aboutStore),
  DeleteImportedKeyMaterial: changing(
    'ct-deleteimportedkeymaterial',
    { keyId },
    { responseElements: { ...answersKey, keyMaterialId: '{hex}' } },
  ),
  DeriveSharedSecret: reading('inferred', { keyId, keyAgreementAlgorithm: 'ECDH' }),
  DescribeCustomKeyStores: reading('ct-describe-keystores', storeId, { resources: null }),
  DescribeKey: reading('ct-describekey', { keyId }),
  DisableKey: changing('ct-disablekey', { keyId }, { responseElements: answersKey }),
  DisableKeyRotation: changing('ct-disable-key-rotation', { keyId }),
  DisconnectCustomKeyStore: changing('ct-disconnect-keystore', storeId, aboutStore),
  EnableKey: changing('ct-enablekey', { keyId }, { responseElements: answersKey }),
  EnableKeyRotation: changing(
    'ct-enablekeyrotation',
    { keyId, rotationPeriodInDays: 180 },
    { responseElements: answersKey },
  ),
  Encapsulate: reading('ct-encapsulate', { keyId, encapsulationAlgorithm: 'ML_KEM' }),
  Encrypt: reading(
    'ct-encrypt',
    { keyId, encryptionAlgorithm: symmetric, encryptionContext: department },
    { additionalEventData: material },
  ),
  GenerateDataKey: reading(
    'ct-generatedatakey',
    { keyId, keySpec: 'AES_256', encryptionContext: department },
    { additionalEventData: material },
  ),
  GenerateDataKeyPair: reading(
    'ct-generatedatakeypair',
    { keyId, keyPairSpec: 'ECC_NIST_P256', encryptionContext: department },
    { additionalEventData: material },
  ),
  GenerateDataKeyPairWithoutPlaintext: reading(
    'ct-generatedatakeypairwithoutplaintext',
    { keyId, keyPairSpec: 'ECC_NIST_P256' },
    { additionalEventData: material },
  ),
  GenerateDataKeyWithoutPlaintext: reading(
    'ct-generatedatakeyplaintext',
    { keyId, numberOfBytes: 64 },
    { additionalEventData: material },
  ),
  GenerateMac: reading('ct-generatemac', { keyId, macAlgorithm: 'HMAC_SHA_256' }),
  GenerateRandom: reading('ct-generaterandom', null, { resources: [] }),
  GetKeyLastUsage: reading('ct-getkeylastusage', { keyId }),
  GetKeyPolicy: reading('ct-getkeypolicy', { keyId, policyName: 'default' }),
  GetKeyRotationStatus: reading('ct-getkeyrotationstatus', { keyId }),
  GetParametersForImport: reading('ct-getparametersforimport', {
    keyId,
    wrappingAlgorithm: 'RSAES_OAEP_SHA_256',
    wrappingKeySpec: 'RSA_2048',
  }),
  GetPublicKey: reading('inferred', { keyId }),
  ImportKeyMaterial: changing(
    'ct-importkeymaterial',
    { keyId, validTo: '{date}', expirationModel: 'KEY_MATERIAL_EXPIRES' },
    { responseElements: { ...answersKey, keyMaterialId: '{hex}' } },
  ),
  ListAliases: reading('ct-listaliases', { limit: 5 }, { resources: [] }),
  ListGrants: reading('ct-listgrants', { keyId, limit: 50 }),
  ListKeyPolicies: reading('inferred', { keyId }),
  ListKeyRotations: reading('ct-listkeyrotations', { keyId, includeKeyMaterial: 'ALL_KEY_MATERIAL' }),
  ListKeys: reading('inferred', null, { resources: [] }),
  ListResourceTags: reading('inferred', { keyId }),
  ListRetirableGrants: reading('inferred', { retiringPrincipal: '{caller}' }, { resources: [] }),
  PutKeyPolicy: changing('ct-put-key-policy', {
    keyId,
    policyName: 'default',
    policy,
    bypassPolicyLockoutSafetyCheck: false,
  }),
  ReEncrypt: reading(
    'ct-reencrypt',
    {
      sourceEncryptionAlgorithm: symmetric,
      sourceEncryptionContext: department,
      destinationKeyId: '{keyId 2}',
      destinationEncryptionAlgorithm: symmetric,
    },
    {
      additionalEventData: { destinationKeyMaterialId: '{hex}', sourceKeyMaterialId: '{hex}' },
      resources: ['{keyArn}', '{keyArn 2}'],
    },
  ),
  ReplicateKey: changing(
    'ct-replicate-key',
    { keyId, replicaRegion: 'eu-west-1', bypassPolicyLockoutSafetyCheck: false, description: '' },
    {
      responseElements: {
        replicaKeyMetadata: {
          ...withoutMaterial,
          arn: replicaArn,
          enabled: false,
          keyState: 'Creating',
          multiRegion: true,
          multiRegionConfiguration: {
            multiRegionKeyType: 'REPLICA',
            primaryKey: { arn: '{keyArn}', region: 'us-east-1' },
            replicaKeys: [{ arn: replicaArn, region: 'eu-west-1' }],
          },
        },
        replicaPolicy: '{policy}',
      },
    },
  ),
  RetireGrant: changing('ct-retire-grant', null, { additionalEventData: { grantId: '{hex}' } }),
  RevokeGrant: changing('ct-revoke-grant', { keyId, grantId: '{hex}' }),
  RotateKeyOnDemand: changing('ct-rotatekeyondemand', { keyId }, { responseElements: { keyId } }),
  ScheduleKeyDeletion: changing(
    'ct-schedule-key-deletion',
    { keyId, pendingWindowInDays: 30 },
    {
      responseElements: {
        ...answersKey,
        keyState: 'PendingDeletion',
        deletionDate: '{date}',
        pendingWindowInDays: 30,
      },
    },
  ),
  Sign: reading('ct-sign', { keyId, messageType: 'RAW', signingAlgorithm: 'ECDSA_SHA_256' }),
  TagResource: changing('ct-tagresource', { keyId, tags: [{ tagKey: 'Project', tagValue: 'Alpha' }] }),
  UntagResource: changing('ct-untagresource', { keyId, tagKeys: ['Project'] }),
  UpdateAlias: changing(
    'ct-updatealias',
    { aliasName: 'alias/orders', targetKeyId: keyId },
    { responseElements: answersKey, resources: ['{aliasArn}', '{keyArn}'] },
  ),
  UpdateCustomKeyStore: changing('ct-update-keystore', { ...storeId, clusterId: '{cluster}' }, aboutStore),
  UpdateKeyDescription: changing('ct-update-key-description', { keyId, description: 'New description' }),
  UpdatePrimaryRegion: changing(
    'ct-update-primary-region',
    { keyId, primaryRegion: 'eu-west-1' },
    { responseElements: answersKey },
  ),
  Verify: reading('ct-verify', { keyId, messageType: 'RAW', signingAlgorithm: 'ECDSA_SHA_256' }),
  VerifyMac: reading('ct-verifymac', { keyId, macAlgorithm: 'HMAC_SHA_256' }),
};
