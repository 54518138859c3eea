// aws_kms_replica_external_key.

import type { Call, Resource } from './calls.ts';
import { externalAttributes, material, takeMaterial } from './external-key.ts';
import {
  destroyKey,
  readKey,
  updateDescription,
  updatePolicy,
  updateTags,
  waitForPolicy,
  waitForTags,
} from './key-calls.ts';
import { importMaterial, switchOff, switchOn, updateMaterial } from './material.ts';
import { readersPolicy } from './policies.ts';
import { primaryKey, replicaRegion, replicate } from './replica-key.ts';

// The primary with its material, as aws_kms_external_key makes it in the other Region.
const primary: readonly Call[] = [
  primaryKey({ Origin: 'EXTERNAL' }),
  ...importMaterial.slice(0, 2).map(
    (call): Call => ({
      ...{ ...call, at: 'primary', with: { ...call.with, KeyId: '$primary' } },
      ...(call.makes && {
        makes: (known) => call.makes?.({ ...known, config: { key_material_base64: material } }) ?? {},
      }),
    }),
  ),
];

export const replicaExternalKey: Resource = {
  type: 'aws_kms_replica_external_key',
  source: 'internal/service/kms/replica_external_key.go',
  region: replicaRegion,
  // What a replica waits for is its material.
  create: [...replicate('PendingImport'), ...takeMaterial, waitForPolicy('$config.policy'), waitForTags],
  read: readKey({
    'KeyMetadata.KeyManager': 'CUSTOMER',
    'KeyMetadata.Origin': 'EXTERNAL',
    'KeyMetadata.MultiRegionConfiguration.MultiRegionKeyType': 'REPLICA',
  }),
  update: [updateTags, switchOn, updateDescription, updatePolicy, updateMaterial, switchOff],
  destroy: destroyKey,
  attributes: {
    ...externalAttributes,
    primary_key_arn: { from: 'key.MultiRegionConfiguration.PrimaryKey.Arn' },
  },
  cases: [
    {
      name: 'with the material of its primary',
      given: primary,
      config: {
        ...{ primary_key_arn: '$primaryArn', key_material_base64: material, enabled: true },
        ...{ description: 'replica', tags: { team: 'orders' }, policy: readersPolicy, deletion_window_in_days: 7 },
      },
      computed: { key_state: 'Enabled', multi_region_key_type: 'REPLICA' },
      changes: [{ valid_to: '2031-01-01T00:00:00Z', enabled: false }],
    },
    {
      name: 'without material',
      given: primary,
      config: { primary_key_arn: '$primaryArn' },
      computed: { key_state: 'PendingImport', enabled: false },
    },
  ],
};
