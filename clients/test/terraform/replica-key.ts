// aws_kms_replica_key.

import type { Call, Resource } from './calls.ts';
import {
  describeKey,
  destroyKey,
  disableKey,
  enableKey,
  keyAttributes,
  readKey,
  updateDescription,
  updatePolicy,
  updateTags,
  waitForPolicy,
  waitForTags,
} from './key-calls.ts';
import { ordersPolicy, readersPolicy } from './policies.ts';

export const replicaRegion = 'eu-west-1';

/** A primary in the other Region. */
export function primaryKey(more: Readonly<Record<string, unknown>> = {}): Call {
  return {
    ...{ call: 'createKey', at: 'primary', with: { MultiRegion: true, Description: 'primary', ...more } },
    knows: { primary: 'KeyMetadata.KeyId', primaryArn: 'KeyMetadata.Arn' },
  };
}

/** Asked in the Region of the primary, and waited for in the other, where it is Creating for a while. */
export function replicate(target: string): readonly Call[] {
  return [
    {
      ...{ call: 'replicateKey', at: 'primary' },
      with: {
        KeyId: '$primary',
        ReplicaRegion: replicaRegion,
        Description: '$config.description',
        Policy: '$config.policy',
        Tags: '$tags',
      },
      retry: { on: ['MalformedPolicyDocumentException'], minutes: 2 },
      knows: { id: 'ReplicaKeyMetadata.KeyId' },
    },
    { ...describeKey, until: { path: 'KeyMetadata.KeyState', is: target, pending: ['Creating'], minutes: 2 } },
  ];
}

export const replicaKey: Resource = {
  type: 'aws_kms_replica_key',
  source: 'internal/service/kms/replica_key.go',
  region: replicaRegion,
  create: [
    ...replicate('Enabled'),
    ...disableKey.map((call) => ({ ...call, unless: '$config.enabled' })),
    waitForPolicy('$config.policy'),
    waitForTags,
  ],
  read: readKey({
    'KeyMetadata.KeyManager': 'CUSTOMER',
    'KeyMetadata.Origin': 'AWS_KMS',
    'KeyMetadata.MultiRegionConfiguration.MultiRegionKeyType': 'REPLICA',
  }),
  update: [
    updateTags,
    { of: ['enabled'], when: '$config.enabled', calls: enableKey },
    updateDescription,
    updatePolicy,
    { of: ['enabled'], unless: '$config.enabled', calls: disableKey },
  ],
  destroy: destroyKey,
  attributes: {
    ...keyAttributes,
    enabled: { from: 'key.Enabled' },
    key_rotation_enabled: { from: 'rotation' },
    key_spec: { from: 'key.KeySpec' },
    primary_key_arn: { from: 'key.MultiRegionConfiguration.PrimaryKey.Arn' },
  },
  cases: [
    {
      name: 'with nothing set',
      given: [primaryKey()],
      config: { primary_key_arn: '$primaryArn', enabled: true, deletion_window_in_days: 30 },
      computed: { description: '', tags: [], key_rotation_enabled: false, key_spec: 'SYMMETRIC_DEFAULT' },
      changes: [{ enabled: false }],
    },
    {
      name: 'with everything set, of a key that rotates',
      given: [primaryKey(), { call: 'enableKeyRotation', at: 'primary', with: { KeyId: '$primary' } }],
      config: {
        ...{ primary_key_arn: '$primaryArn', description: 'replica', policy: ordersPolicy, tags: { team: 'orders' } },
        ...{ enabled: false, deletion_window_in_days: 7 },
      },
      computed: { key_rotation_enabled: true, multi_region_key_type: 'REPLICA' },
      changes: [{ enabled: true, tags: {} }, { policy: readersPolicy }, { description: 'its own' }],
    },
    {
      name: 'for signatures',
      given: [primaryKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })],
      config: { primary_key_arn: '$primaryArn', enabled: true },
      computed: { key_usage: 'SIGN_VERIFY', key_rotation_enabled: false },
    },
  ],
};
