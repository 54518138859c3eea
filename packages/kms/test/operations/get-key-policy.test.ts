// GetKeyPolicy: https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html

import { describe, expect, test } from 'vitest';
import { delegatingTo, ours, TestEngine } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'GetKeyPolicy',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  pendingDeletion: 'works',
  pendingImport: 'works',
});

describe('GetKeyPolicy', () => {
  test('gives the default policy, which leaves the key to its account', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const { Policy, ...rest } = engine.call('GetKeyPolicy', { KeyId });
    expect(rest).toStrictEqual({ PolicyName: 'default' });
    expect(JSON.parse(Policy ?? '')).toEqual({
      Version: '2012-10-17',
      Id: 'key-default-1',
      Statement: [
        {
          Sid: 'Enable IAM User Permissions',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${ours}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    });
  });

  // Recording key-policy-get-put-list.
  test('gives what was put, as it was put', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const Policy = `\n${delegatingTo(ours)}  `;
    engine.call('PutKeyPolicy', { KeyId, Policy });
    expect(engine.call('GetKeyPolicy', { KeyId, PolicyName: 'default' }).Policy).toBe(Policy);
  });

  test.each(['Default', 'other'])('there is no policy %s', (PolicyName) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('GetKeyPolicy', { KeyId, PolicyName })).toEqual({
      code: 'NotFoundException',
      message: 'No such policy exists',
    });
  });
});
