// UpdateKeyDescription: https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html

import { describe, expect, test } from 'vitest';
import { admin, TestEngine, texts } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'UpdateKeyDescription',
  prepare: () => (KeyId) => ({ KeyId, Description: 'new' }),
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'works',
});

describe('UpdateKeyDescription', () => {
  // Recording update-key-description.
  test.each(['other', '', 'x'.repeat(8192), '\u{1f511} \n'])('takes %j', (Description) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Description: 'first' });
    for (let time = 0; time < 2; time++) {
      expect(engine.call('UpdateKeyDescription', { KeyId, Description })).toStrictEqual({});
      expect(engine.call('DescribeKey', { KeyId }).KeyMetadata?.Description).toBe(Description);
    }
  });

  test('8,193 characters are too many', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const Description = 'x'.repeat(8193);
    expect(engine.refusal('UpdateKeyDescription', { KeyId, Description })).toEqual({
      code: 'ValidationException',
      message: `1 validation error detected: Value '${Description}' at 'description' failed to satisfy constraint: Member must have length less than or equal to 8192`,
    });
  });

  test('an AWS managed key keeps its own', () => {
    const engine = new TestEngine();
    const { Arn = '' } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' }).KeyMetadata ?? {};
    expect(engine.refusal('UpdateKeyDescription', { KeyId: Arn, Description: 'mine' }).message).toBe(
      texts.noKeyPolicy(admin, 'kms:UpdateKeyDescription', Arn),
    );
  });
});
