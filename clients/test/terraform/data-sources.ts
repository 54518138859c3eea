// What Terraform reads without owning it, and aws_kms_ciphertext, which is made once and never read again.

import type { Attribute, Call, Resource } from './calls.ts';
import { primaryKey } from './replica-key.ts';

const nothing = { create: [], update: [], destroy: [], stays: true } as const;
const { KeyId, ...named } = { KeyId: '$config.key_id', knows: { key: 'KeyMetadata' } };
const givenKey: Call = { call: 'createKey', with: {}, knows: { id: 'KeyMetadata.KeyId', arn: 'KeyMetadata.Arn' } };
const givenAlias: Call = { call: 'createAlias', with: { AliasName: 'alias/orders', TargetKeyId: '$id' } };
const from = (path: string): Attribute => ({ from: `key.${path}` });

const key: Resource = {
  ...nothing,
  type: 'data.aws_kms_key',
  source: 'internal/service/kms/key_data_source.go',
  read: [{ call: 'describeKey', with: { KeyId, GrantTokens: '$config.grant_tokens' }, ...named }],
  attributes: {
    arn: from('Arn'),
    aws_account_id: from('AWSAccountId'),
    cloud_hsm_cluster_id: from('CloudHsmClusterId'),
    customer_master_key_spec: from('CustomerMasterKeySpec'),
    deletion_date: from('DeletionDate'),
    enabled: from('Enabled'),
    expiration_model: from('ExpirationModel'),
    key_manager: from('KeyManager'),
    key_spec: from('KeySpec'),
    key_state: from('KeyState'),
    key_usage: from('KeyUsage'),
    multi_region: from('MultiRegion'),
    multi_region_configuration: from('MultiRegionConfiguration'),
    origin: from('Origin'),
    pending_deletion_window_in_days: from('PendingDeletionWindowInDays'),
    valid_to: from('ValidTo'),
    xks_key_configuration: from('XksKeyConfiguration'),
  },
  cases: [
    {
      name: 'by alias',
      given: [givenKey, givenAlias],
      config: { key_id: 'alias/orders', arn: '$arn' },
      computed: {
        ...{ aws_account_id: '000000000000', customer_master_key_spec: 'SYMMETRIC_DEFAULT', key_manager: 'CUSTOMER' },
        ...{ key_spec: 'SYMMETRIC_DEFAULT', key_state: 'Enabled', multi_region: false, origin: 'AWS_KMS' },
        ...{ multi_region_configuration: undefined, deletion_date: undefined, expiration_model: undefined },
        ...{ valid_to: undefined, cloud_hsm_cluster_id: undefined, xks_key_configuration: undefined },
        pending_deletion_window_in_days: undefined,
      },
    },
    {
      name: 'of a service, by an alias that nobody has named',
      config: { key_id: 'alias/aws/s3' },
      computed: { key_manager: 'AWS' },
    },
    {
      // Unlike a resource, a data source also finds a key that is going.
      name: 'pending deletion, by ARN',
      given: [givenKey, { call: 'scheduleKeyDeletion', with: { KeyId: '$id', PendingWindowInDays: 7 } }],
      config: { key_id: '$arn' },
      computed: { key_state: 'PendingDeletion', enabled: false },
    },
    {
      name: 'multi-Region',
      given: [primaryKey()],
      config: { key_id: '$primary', arn: '$primaryArn' },
      computed: {
        multi_region: true,
        multi_region_configuration: {
          MultiRegionKeyType: 'PRIMARY',
          PrimaryKey: { Arn: '$primaryArn', Region: 'us-east-1' },
          ReplicaKeys: [],
        },
      },
    },
  ],
};

const alias: Resource = {
  ...nothing,
  type: 'data.aws_kms_alias',
  source: 'internal/service/kms/alias_data_source.go',
  // The list may lack the key of an alias of AWS; DescribeKey makes that key and knows it.
  read: [
    {
      ...{ call: 'listAliases', with: {}, find: { rows: 'Aliases', where: { AliasName: '$config.name' } } },
      knows: { alias: '' },
    },
    { call: 'describeKey', with: { KeyId: '$config.name' }, ...named },
  ],
  attributes: {
    arn: { from: 'alias.AliasArn' },
    target_key_id: from('KeyId'),
    target_key_arn: from('Arn'),
    key_manager: from('KeyManager'),
  },
  cases: [
    {
      name: 'of a customer',
      given: [givenKey, givenAlias],
      config: { name: 'alias/orders', target_key_id: '$id', target_key_arn: '$arn' },
    },
    {
      name: 'of a service that somebody has named before',
      given: [{ call: 'describeKey', with: { KeyId: 'alias/aws/s3' }, knows: { arn: 'KeyMetadata.Arn' } }],
      config: { name: 'alias/aws/s3', target_key_arn: '$arn' },
      computed: { key_manager: 'AWS' },
    },
  ],
};

const publicKey: Resource = {
  ...nothing,
  type: 'data.aws_kms_public_key',
  source: 'internal/service/kms/public_key_data_source.go',
  read: [{ call: 'getPublicKey', with: { KeyId }, knows: { found: '' } }],
  attributes: {
    arn: { from: 'found.KeyId' },
    customer_master_key_spec: { from: 'found.CustomerMasterKeySpec' },
    key_usage: { from: 'found.KeyUsage' },
    encryption_algorithms: { from: 'found.EncryptionAlgorithms' },
    signing_algorithms: { from: 'found.SigningAlgorithms' },
    public_key: { from: 'found.PublicKey' },
  },
  cases: [
    {
      name: 'for signatures',
      given: [{ ...givenKey, with: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' } }],
      config: { key_id: '$id', arn: '$arn' },
      computed: {
        ...{ customer_master_key_spec: 'ECC_NIST_P256', key_usage: 'SIGN_VERIFY' },
        ...{ signing_algorithms: ['ECDSA_SHA_256'], encryption_algorithms: undefined },
      },
    },
    {
      name: 'for encryption',
      given: [{ ...givenKey, with: { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' } }, givenAlias],
      config: { key_id: 'alias/orders', arn: '$arn' },
      computed: {
        encryption_algorithms: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
        signing_algorithms: undefined,
      },
    },
  ],
};

const ciphertext: Resource = {
  ...nothing,
  type: 'aws_kms_ciphertext',
  source: 'internal/service/kms/ciphertext.go, and data.aws_kms_secrets in secrets_data_source.go, which opens it',
  create: [
    {
      call: 'encrypt',
      with: { KeyId, Plaintext: '$config.plaintext', EncryptionContext: '$config.context' },
      knows: { blob: 'CiphertextBlob' },
    },
  ],
  read: [
    {
      call: 'decrypt',
      with: { CiphertextBlob: '$blob', EncryptionContext: '$config.context' },
      knows: { plaintext: 'Plaintext' },
    },
  ],
  imports: ['blob'],
  attributes: { plaintext: { from: 'plaintext' } },
  cases: [
    {
      name: 'with a context',
      given: [givenKey],
      config: { key_id: '$id', plaintext: new TextEncoder().encode('hunter2'), context: { tenantId: '42' } },
    },
  ],
};

export const dataSources: readonly Resource[] = [key, alias, publicKey, ciphertext];
