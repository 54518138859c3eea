// aws_kms_external_key.

import type { Attribute, Call, Resource } from './calls.ts';
import {
  destroyKey,
  disableKey,
  keyAttributes,
  readKey,
  updateDescription,
  updatePolicy,
  updateTags,
  waitForPolicy,
  waitForTags,
} from './key-calls.ts';
import { importMaterial, switchOff, switchOn, updateMaterial } from './material.ts';
import { ordersPolicy, readersPolicy } from './policies.ts';

/** Of the keys that a test reads back, never of real ones. */
export const material: string = Buffer.alloc(32, 'terraform').toString('base64');

/** With the material, if there is any: until then the key can neither be enabled nor disabled. */
export const takeMaterial: readonly Call[] = [
  ...importMaterial.map((call) => ({ ...call, when: '$config.key_material_base64' })),
  ...disableKey.map((call) => ({ ...call, when: '$config.disabled_at_first' })),
];

export const externalAttributes: Readonly<Record<string, Attribute>> = {
  ...keyAttributes,
  enabled: { from: 'key.Enabled' },
  expiration_model: { from: 'key.ExpirationModel' },
  key_state: { from: 'key.KeyState' },
  valid_to: { from: 'key.ValidTo', as: 'instant' },
  rotation: { from: 'rotation' },
};

export const externalKey: Resource = {
  type: 'aws_kms_external_key',
  source: 'internal/service/kms/external_key.go',
  create: [
    {
      call: 'createKey',
      with: {
        Description: '$config.description',
        KeyUsage: 'ENCRYPT_DECRYPT',
        MultiRegion: '$config.multi_region',
        Origin: 'EXTERNAL',
        Policy: '$config.policy',
        Tags: '$tags',
      },
      retry: { on: ['MalformedPolicyDocumentException'], minutes: 2 },
      knows: { id: 'KeyMetadata.KeyId' },
    },
    ...takeMaterial,
    waitForPolicy('$config.policy'),
    waitForTags,
  ],
  read: readKey({ 'KeyMetadata.KeyManager': 'CUSTOMER', 'KeyMetadata.Origin': 'EXTERNAL' }),
  update: [updateTags, switchOn, updateDescription, updatePolicy, updateMaterial, switchOff],
  destroy: destroyKey,
  attributes: { ...externalAttributes, multi_region: { from: 'key.MultiRegion' } },
  cases: [
    {
      name: 'without material',
      config: { deletion_window_in_days: 30 },
      computed: {
        ...{ enabled: false, key_state: 'PendingImport', description: '', multi_region: false },
        ...{ expiration_model: undefined, valid_to: undefined, multi_region_key_type: undefined, rotation: undefined },
      },
      changes: [{ description: 'waits for its material', tags: { team: 'orders' } }],
    },
    {
      name: 'with material for ever',
      config: {
        ...{ key_material_base64: material, enabled: true, description: 'orders', policy: ordersPolicy },
        ...{ tags: { team: 'orders' }, deletion_window_in_days: 7 },
      },
      computed: { key_state: 'Enabled', expiration_model: 'KEY_MATERIAL_DOES_NOT_EXPIRE', valid_to: undefined },
      changes: [
        { enabled: false, description: 'off' },
        { enabled: true, policy: readersPolicy },
        { valid_to: '2031-01-01T00:00:00Z' },
      ],
    },
    {
      name: 'with material that ends, created disabled',
      config: {
        ...{ key_material_base64: material, valid_to: '2030-06-30T12:34:56Z' },
        ...{ enabled: false, disabled_at_first: true },
      },
      computed: { key_state: 'Disabled', expiration_model: 'KEY_MATERIAL_EXPIRES' },
      changes: [{ valid_to: '2030-07-01T00:00:00Z' }, { enabled: true, disabled_at_first: false }],
    },
    {
      name: 'multi-Region',
      config: { key_material_base64: material, enabled: true, multi_region: true },
      computed: { multi_region_key_type: 'PRIMARY' },
    },
  ],
};
