// aws_kms_key_policy: the policy of a key that somebody else made.

import type { Resource } from './calls.ts';
import { keyAttributes, putPolicy, readKey, updatePolicy } from './key-calls.ts';
import { defaultPolicy, ordersPolicy, readersPolicy } from './policies.ts';

export const keyPolicy: Resource = {
  type: 'aws_kms_key_policy',
  source: 'internal/service/kms/key_policy.go',
  create: putPolicy('$config.policy'),
  // As a key, though only its policy counts.
  read: readKey(),
  update: [updatePolicy],
  // A key is never without a policy: the default one comes back.
  destroy: putPolicy(defaultPolicy),
  stays: true,
  attributes: { key_id: { from: 'key.KeyId' }, policy: keyAttributes['policy'] ?? { from: 'policy' } },
  cases: [
    {
      name: 'set, changed and given back',
      given: [{ call: 'createKey', with: {}, knows: { id: 'KeyMetadata.KeyId' } }],
      config: { key_id: '$id', policy: ordersPolicy },
      changes: [{ policy: readersPolicy }],
    },
  ],
};
