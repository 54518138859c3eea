// EnableKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html

import { describe, expect, test } from 'vitest';
import { admin, TestEngine, texts } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'EnableKey',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'KMSInvalidStateException',
});

describe('EnableKey', () => {
  test('answers with nothing, and twice is no error', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('DisableKey', { KeyId });
    for (let time = 0; time < 2; time++) {
      expect(engine.call('EnableKey', { KeyId })).toStrictEqual({});
      expect(engine.keyState(KeyId)).toBe('Enabled');
    }
  });

  test('an AWS managed key stays as it is', () => {
    const engine = new TestEngine();
    const { Arn = '' } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' }).KeyMetadata ?? {};
    expect(engine.refusal('EnableKey', { KeyId: Arn })).toEqual({
      code: 'AccessDeniedException',
      message: texts.noKeyPolicy(admin, 'kms:EnableKey', Arn),
    });
  });
});
