// DisableKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html

import { describe, expect, test } from 'vitest';
import { admin, TestEngine, texts } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'DisableKey',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'KMSInvalidStateException',
});

describe('DisableKey', () => {
  test('answers with nothing, and twice is no error', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('EnableKey', { KeyId });
    for (let time = 0; time < 2; time++) {
      expect(engine.call('DisableKey', { KeyId })).toStrictEqual({});
      expect(engine.keyState(KeyId)).toBe('Disabled');
    }
  });

  test('an AWS managed key stays as it is', () => {
    const engine = new TestEngine();
    const { Arn = '' } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' }).KeyMetadata ?? {};
    expect(engine.refusal('DisableKey', { KeyId: Arn })).toEqual({
      code: 'AccessDeniedException',
      message: texts.noKeyPolicy(admin, 'kms:DisableKey', Arn),
    });
  });
});
