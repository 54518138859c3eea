// aws_kms_key.

import type { Resource } from './calls.ts';
import {
  destroyKey,
  disableKey,
  disableRotation,
  enableKey,
  enableRotation,
  keyAttributes,
  readKey,
  updateDescription,
  updatePolicy,
  updateTags,
  waitForPolicy,
  waitForTags,
} from './key-calls.ts';
import { ordersPolicy, readersPolicy } from './policies.ts';

const defaults = {
  customer_master_key_spec: 'SYMMETRIC_DEFAULT',
  key_usage: 'ENCRYPT_DECRYPT',
  enable_key_rotation: false,
  is_enabled: true,
};
const single = { multi_region: false, multi_region_key_type: undefined };

export const key: Resource = {
  type: 'aws_kms_key',
  source: 'internal/service/kms/key.go',
  create: [
    {
      call: 'createKey',
      with: {
        Description: '$config.description',
        KeySpec: '$config.customer_master_key_spec',
        KeyUsage: '$config.key_usage',
        MultiRegion: '$config.multi_region',
        Policy: '$config.policy',
        Tags: '$tags',
      },
      // A principal that the policy names may be new.
      retry: { on: ['MalformedPolicyDocumentException'], minutes: 2 },
      knows: { id: 'KeyMetadata.KeyId' },
    },
    ...enableRotation.map((call) => ({ ...call, when: call.when ?? '$config.enable_key_rotation' })),
    ...disableKey.map((call) => ({ ...call, unless: '$config.is_enabled' })),
    waitForPolicy('$config.policy'),
    waitForTags,
  ],
  read: readKey(),
  update: [
    updateTags,
    { of: ['is_enabled'], when: '$config.is_enabled', calls: enableKey },
    {
      of: ['enable_key_rotation', 'rotation_period_in_days'],
      when: '$config.enable_key_rotation',
      calls: enableRotation,
    },
    { of: ['enable_key_rotation'], unless: '$config.enable_key_rotation', calls: disableRotation },
    updateDescription,
    updatePolicy,
    // Last, as nothing of a disabled key could be changed.
    { of: ['is_enabled'], unless: '$config.is_enabled', calls: disableKey },
  ],
  destroy: destroyKey,
  attributes: {
    ...keyAttributes,
    customer_master_key_spec: { from: 'key.KeySpec' },
    enable_key_rotation: { from: 'rotation' },
    is_enabled: { from: 'key.Enabled' },
    multi_region: { from: 'key.MultiRegion' },
    rotation_period_in_days: { from: 'period' },
    custom_key_store_id: { from: 'key.CustomKeyStoreId' },
    xks_key_id: { from: 'key.XksKeyConfiguration.Id' },
  },
  cases: [
    {
      name: 'with nothing set',
      config: defaults,
      computed: { ...single, description: '', tags: [], rotation_period_in_days: undefined, xks_key_id: undefined },
      changes: [
        { description: 'now it has one' },
        { enable_key_rotation: true },
        { description: '' },
        { enable_key_rotation: false },
      ],
    },
    {
      name: 'with everything set',
      config: {
        ...defaults,
        description: 'orders',
        policy: ordersPolicy,
        tags: { team: 'orders', stage: 'test' },
        enable_key_rotation: true,
        rotation_period_in_days: 180,
        deletion_window_in_days: 7,
      },
      computed: single,
      changes: [
        { rotation_period_in_days: 365 },
        { tags: { team: 'payments', 'cost centre': '17' } },
        { policy: readersPolicy, description: 'payments' },
        { is_enabled: false },
        { is_enabled: true, description: 'and back', tags: { team: 'payments' } },
        {
          // A period goes with rotation: GetKeyRotationStatus tells none while it is off.
          ...{ enable_key_rotation: false, rotation_period_in_days: undefined },
          ...{ is_enabled: false, description: 'changed before it is disabled' },
        },
      ],
    },
    {
      name: 'created disabled',
      config: { ...defaults, is_enabled: false, tags: { team: 'orders' } },
      computed: single,
      changes: [{ tags: {} }],
    },
    {
      name: 'asymmetric',
      config: { ...defaults, customer_master_key_spec: 'ECC_NIST_P256', key_usage: 'SIGN_VERIFY' },
      computed: { ...single, enable_key_rotation: false, rotation_period_in_days: undefined },
      changes: [{ description: 'signs orders' }],
    },
    {
      name: 'for MACs',
      config: { ...defaults, customer_master_key_spec: 'HMAC_256', key_usage: 'GENERATE_VERIFY_MAC' },
      computed: { ...single, enable_key_rotation: false },
    },
    {
      name: 'multi-Region',
      config: { ...defaults, multi_region: true, enable_key_rotation: true },
      computed: { multi_region_key_type: 'PRIMARY', rotation_period_in_days: 365 },
      changes: [{ tags: { team: 'orders' } }],
    },
  ],
};
