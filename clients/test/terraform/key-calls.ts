// The calls that the resources for keys have in common. Learned from internal/service/kms/key.go of the provider, whose resources share them:
// findKeyInfo, updateKeyEnabled, updateKeyDescription, updateKeyPolicy, updateKeyRotationEnabled, waitKeyDeleted and their waits; and, for tags,
// from internal/service/kms/generate.go and internal/provider/tags_interceptor.go.

import type { Attribute, Call, Change } from './calls.ts';

const KeyId = '$id';
const deleted = { path: 'KeyMetadata.KeyState', in: ['PendingDeletion', 'PendingReplicaDeletion'] };
export const describeKey: Call = { call: 'describeKey', with: { KeyId }, goneWhen: deleted };
const getKeyPolicy: Call = { call: 'getKeyPolicy', with: { KeyId, PolicyName: 'default' } };

/** findKeyInfo: how every one of them is read. `must` is what the resource insists on. */
export function readKey(must: Readonly<Record<string, string>> = {}): readonly Call[] {
  return [
    { ...describeKey, must, knows: { key: 'KeyMetadata' }, makes: ({ key }) => originOf(key as { Origin: string }) },
    { ...getKeyPolicy, knows: { policy: 'Policy' } },
    // Of every key that KMS made, whatever it is for: an error here would be one for all asymmetric and HMAC keys.
    {
      ...{ call: 'getKeyRotationStatus', with: { KeyId }, when: '$madeByKms' },
      knows: { rotation: 'KeyRotationEnabled', period: 'RotationPeriodInDays' },
    },
    { call: 'listResourceTags', with: { KeyId }, knows: { found: 'Tags' } },
  ];
}

const originOf = ({ Origin }: { readonly Origin: string }) => ({ madeByKms: Origin === 'AWS_KMS' });

export function waitForPolicy(policy: string): Call {
  return {
    ...{ ...getKeyPolicy, when: policy },
    until: { path: 'Policy', is: policy, as: 'policy', times: 5, atLeastSeconds: 1, minutes: 10 },
  };
}

export const waitForTags: Call = {
  ...{ call: 'listResourceTags', with: { KeyId }, when: '$tags' },
  until: { path: 'Tags', is: '$config.tags', as: 'tags', times: 5, atLeastSeconds: 1, minutes: 10 },
};

/** Before the other changes: the tags that go, then those that come. */
export const updateTags: Change = {
  of: ['tags'],
  calls: [
    { call: 'untagResource', with: { KeyId, TagKeys: '$removedTags' }, when: '$removedTags' },
    { call: 'tagResource', with: { KeyId, Tags: '$updatedTags' }, when: '$updatedTags' },
    waitForTags,
  ],
};

function waitForState(enabled: boolean): Call {
  return {
    ...describeKey,
    until: { path: 'KeyMetadata.Enabled', is: enabled, times: 15, atLeastSeconds: 2, minutes: 20 },
  };
}

const onNotFound = { on: ['NotFoundException'], minutes: 2 };
export const enableKey: readonly Call[] = [
  { call: 'enableKey', with: { KeyId }, retry: onNotFound },
  waitForState(true),
];
export const disableKey: readonly Call[] = [
  { call: 'disableKey', with: { KeyId }, retry: onNotFound },
  waitForState(false),
];

export const updateDescription: Change = {
  of: ['description'],
  calls: [
    { call: 'updateKeyDescription', with: { KeyId, Description: '$config.description' } },
    {
      ...describeKey,
      until: { path: 'KeyMetadata.Description', is: '$config.description', times: 5, atLeastSeconds: 2, minutes: 10 },
    },
  ],
};

export function putPolicy(Policy: string): readonly Call[] {
  return [
    {
      ...{ call: 'putKeyPolicy', with: { KeyId, PolicyName: 'default', Policy } },
      retry: { on: ['NotFoundException', 'MalformedPolicyDocumentException'], minutes: 2 },
    },
    waitForPolicy(Policy),
  ];
}

export const updatePolicy: Change = { of: ['policy'], calls: putPolicy('$config.policy') };

const onDisabled = { on: ['NotFoundException', 'DisabledException'], minutes: 10 };

function waitForRotation(path: string, is: unknown): Call {
  const until = { path, is, times: 5, atLeastSeconds: 1, minutes: 10 };
  return { call: 'getKeyRotationStatus', with: { KeyId }, until };
}

export const enableRotation: readonly Call[] = [
  {
    ...{ call: 'enableKeyRotation', retry: onDisabled },
    with: { KeyId, RotationPeriodInDays: '$config.rotation_period_in_days' },
  },
  waitForRotation('KeyRotationEnabled', true),
  {
    ...waitForRotation('RotationPeriodInDays', '$config.rotation_period_in_days'),
    when: '$config.rotation_period_in_days',
  },
];

export const disableRotation: readonly Call[] = [
  { call: 'disableKeyRotation', with: { KeyId }, retry: onDisabled },
  waitForRotation('KeyRotationEnabled', false),
];

/** A key that somebody else has scheduled already is as good as deleted. */
export const destroyKey: readonly Call[] = [
  {
    ...{ call: 'scheduleKeyDeletion', with: { KeyId, PendingWindowInDays: '$config.deletion_window_in_days' } },
    tolerates: { NotFoundException: '', KMSInvalidStateException: 'is pending deletion' },
  },
  { ...describeKey, untilGone: { minutes: 20 } },
];

export const keyAttributes: Readonly<Record<string, Attribute>> = {
  arn: { from: 'key.Arn' },
  key_id: { from: 'key.KeyId' },
  description: { from: 'key.Description' },
  key_usage: { from: 'key.KeyUsage' },
  policy: { from: 'policy', as: 'policy' },
  tags: { from: 'found', as: 'tags' },
  multi_region_key_type: { from: 'key.MultiRegionConfiguration.MultiRegionKeyType' },
};
