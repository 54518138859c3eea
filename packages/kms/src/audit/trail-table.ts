// What CloudTrail writes down of each of the 56 operations. Nothing below this table asks for an operation by name.
// https://docs.aws.amazon.com/kms/latest/developerguide/understanding-kms-entries.html, and the page of each operation behind it.
// Plaintexts, ciphertexts, messages, MACs, signatures, key material, import tokens, grant tokens, passwords and proxy credentials have no row:
// what is not named here is not noted. Parameters without an example are those of the API that are no secrets.

import type { OperationName } from '../api/shapes.ts';
import { currentMaterial, materialOfAnswer, materialsOfReEncrypt, retiredGrant } from './additional.ts';
import {
  answerOf,
  deletionAnswer,
  grantAnswer,
  keyArn,
  keyIdAsSent,
  metadataAnswer,
  newKey,
  newReplica,
  promoted,
  replicaAnswer,
  replicated,
  storeAnswer,
} from './responses.ts';
import { changes, filled, reads, type TrailRow } from './trail-row.ts';

const pages = ['Limit', 'Marker'] as const;
const noResources = { resources: [] } as const;
// An example of a custom key store has no `resources` at all.
const ofStore = { resources: undefined } as const;
// Entries since December 2022: https://docs.aws.amazon.com/kms/latest/developerguide/ct-enablekey.html
const tellsKey = { response: keyArn } as const;

const unlessSent = {
  algorithm: filled('EncryptionAlgorithm', 'SYMMETRIC_DEFAULT'),
  bypass: filled('BypassPolicyLockoutSafetyCheck', false),
  description: filled('Description', ''),
  messageType: filled('MessageType', 'RAW'),
  policyName: filled('PolicyName', 'default'),
} as const;

const seals = { additional: currentMaterial } as const;
const dataKey = ['KeyId', 'KeySpec', 'NumberOfBytes', 'EncryptionContext'] as const;
const dataKeyPair = ['KeyId', 'KeyPairSpec', 'EncryptionContext'] as const;
const signature = ['KeyId', unlessSent.messageType, 'SigningAlgorithm'] as const;
// https://docs.aws.amazon.com/kms/latest/developerguide/ct-create-keystore.html
const cluster = { name: 'clusterId', from: ['CloudHsmClusterId'] } as const;
const proxy = [
  'XksProxyUriEndpoint',
  'XksProxyUriPath',
  'XksProxyVpcEndpointServiceName',
  'XksProxyConnectivity',
] as const;

export const trailRows: Readonly<Record<OperationName, TrailRow>> = {
  CancelKeyDeletion: changes(['KeyId'], tellsKey),
  ConnectCustomKeyStore: changes(['CustomKeyStoreId'], ofStore),
  CreateAlias: changes(['AliasName', 'TargetKeyId'], { ...tellsKey, resources: ['key', 'alias'] }),
  CreateCustomKeyStore: changes(['CustomKeyStoreName', cluster, 'CustomKeyStoreType', ...proxy], {
    ...ofStore,
    ...storeAnswer,
  }),
  CreateGrant: changes(
    [
      'KeyId',
      'GranteePrincipal',
      'GranteeServicePrincipal',
      'RetiringPrincipal',
      'RetiringServicePrincipal',
      'Operations',
      'Constraints',
      'Name',
      'DryRun',
    ],
    grantAnswer,
  ),
  CreateKey: changes(
    [
      'Policy',
      unlessSent.description,
      filled('KeySpec', 'SYMMETRIC_DEFAULT', ['KeySpec', 'CustomerMasterKeySpec']),
      filled('CustomerMasterKeySpec', 'SYMMETRIC_DEFAULT', ['KeySpec', 'CustomerMasterKeySpec']),
      filled('KeyUsage', 'ENCRYPT_DECRYPT'),
      filled('Origin', 'AWS_KMS'),
      unlessSent.bypass,
      filled('MultiRegion', false),
      filled('Tags', []),
      'CustomKeyStoreId',
      'XksKeyId',
    ],
    { ...newKey, response: metadataAnswer },
  ),
  Decapsulate: reads(['KeyId', 'EncapsulationAlgorithm']),
  Decrypt: reads(['KeyId', unlessSent.algorithm, 'EncryptionContext'], materialOfAnswer),
  DeleteAlias: changes(['AliasName'], { ...tellsKey, resources: ['alias', 'key'] }),
  DeleteCustomKeyStore: changes(['CustomKeyStoreId'], ofStore),
  DeleteImportedKeyMaterial: changes(['KeyId', 'KeyMaterialId'], answerOf('KeyId', 'KeyMaterialId')),
  DeriveSharedSecret: reads(['KeyId', 'KeyAgreementAlgorithm']),
  DescribeCustomKeyStores: reads(['CustomKeyStoreId', 'CustomKeyStoreName', ...pages], ofStore),
  DescribeKey: reads(['KeyId']),
  DisableKey: changes(['KeyId'], tellsKey),
  DisableKeyRotation: changes(['KeyId']),
  DisconnectCustomKeyStore: changes(['CustomKeyStoreId'], ofStore),
  EnableKey: changes(['KeyId'], tellsKey),
  EnableKeyRotation: changes(['KeyId', 'RotationPeriodInDays'], tellsKey),
  Encapsulate: reads(['KeyId', 'EncapsulationAlgorithm']),
  Encrypt: reads(['KeyId', unlessSent.algorithm, 'EncryptionContext'], seals),
  GenerateDataKey: reads(dataKey, seals),
  GenerateDataKeyPair: reads(dataKeyPair, seals),
  GenerateDataKeyPairWithoutPlaintext: reads(dataKeyPair, seals),
  GenerateDataKeyWithoutPlaintext: reads(dataKey, seals),
  GenerateMac: reads(['KeyId', 'MacAlgorithm']),
  GenerateRandom: reads(undefined, noResources),
  GetKeyLastUsage: reads(['KeyId']),
  GetKeyPolicy: reads(['KeyId', unlessSent.policyName]),
  GetKeyRotationStatus: reads(['KeyId']),
  GetParametersForImport: reads(['KeyId', 'WrappingAlgorithm', 'WrappingKeySpec']),
  GetPublicKey: reads(['KeyId']),
  ImportKeyMaterial: changes(
    [
      'KeyId',
      'ValidTo',
      filled('ExpirationModel', 'KEY_MATERIAL_EXPIRES'),
      'ImportType',
      'KeyMaterialDescription',
      'KeyMaterialId',
    ],
    answerOf('KeyId', 'KeyMaterialId'),
  ),
  ListAliases: reads(['KeyId', ...pages], noResources),
  ListGrants: reads(['KeyId', 'GrantId', 'GranteePrincipal', 'GranteeServicePrincipal', ...pages]),
  ListKeyPolicies: reads(['KeyId', ...pages]),
  ListKeyRotations: reads(['KeyId', 'IncludeKeyMaterial', ...pages]),
  ListKeys: reads(pages, noResources),
  ListResourceTags: reads(['KeyId', ...pages]),
  ListRetirableGrants: reads(['RetiringPrincipal', ...pages], noResources),
  PutKeyPolicy: changes(['KeyId', unlessSent.policyName, 'Policy', unlessSent.bypass]),
  ReEncrypt: reads(
    [
      'SourceKeyId',
      filled('SourceEncryptionAlgorithm', 'SYMMETRIC_DEFAULT'),
      'SourceEncryptionContext',
      'DestinationKeyId',
      filled('DestinationEncryptionAlgorithm', 'SYMMETRIC_DEFAULT'),
      'DestinationEncryptionContext',
    ],
    { ...materialsOfReEncrypt, resources: ['key', 'destinationKey'] },
  ),
  ReplicateKey: changes(['KeyId', 'ReplicaRegion', 'Policy', unlessSent.bypass, unlessSent.description, 'Tags'], {
    ...newReplica,
    response: replicaAnswer,
    elsewhere: replicated,
  }),
  RetireGrant: changes(undefined, retiredGrant),
  RevokeGrant: changes(['KeyId', 'GrantId']),
  RotateKeyOnDemand: changes(['KeyId'], { response: keyIdAsSent }),
  ScheduleKeyDeletion: changes(['KeyId', filled('PendingWindowInDays', 30)], deletionAnswer),
  Sign: reads(signature),
  TagResource: changes(['KeyId', 'Tags']),
  UntagResource: changes(['KeyId', 'TagKeys']),
  UpdateAlias: changes(['AliasName', 'TargetKeyId'], { ...tellsKey, resources: ['alias', 'key'] }),
  UpdateCustomKeyStore: changes(['CustomKeyStoreId', 'NewCustomKeyStoreName', cluster, ...proxy], ofStore),
  UpdateKeyDescription: changes(['KeyId', 'Description']),
  UpdatePrimaryRegion: changes(['KeyId', 'PrimaryRegion'], { ...tellsKey, elsewhere: promoted }),
  Verify: reads(signature),
  VerifyMac: reads(['KeyId', 'MacAlgorithm']),
};
