// ScheduleKeyDeletion: https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html

import { describe, expect, test } from 'vitest';
import { admin, dayMs, TestEngine, texts } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'ScheduleKeyDeletion',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  // Recording schedule-deletion-twice.
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'works',
});

describe('ScheduleKeyDeletion', () => {
  test.each([
    [undefined, 30],
    [7, 7],
    [30, 30],
  ])('with a window of %s days', (PendingWindowInDays, days) => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    expect(engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays })).toStrictEqual({
      KeyId: Arn,
      DeletionDate: new Date(engine.now + days * dayMs),
      KeyState: 'PendingDeletion',
      PendingWindowInDays: days,
    });
  });

  test.each([6, 31, 365])('refuses %i days, also for a key that is not there', (PendingWindowInDays) => {
    const engine = new TestEngine();
    const refused = {
      code: 'ValidationException',
      message: 'PendingWindowInDays must be between 7 and 30 (inclusive).',
    };
    for (const KeyId of [engine.createKey().KeyId, 'none']) {
      expect(engine.refusal('ScheduleKeyDeletion', { KeyId, PendingWindowInDays })).toEqual(refused);
    }
  });

  test.each([0, 366])('%i days are out of the model’s range', (PendingWindowInDays) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('ScheduleKeyDeletion', { KeyId, PendingWindowInDays }).message).toContain(
      "at 'pendingWindowInDays' failed to satisfy constraint",
    );
  });

  test('the key is unusable at once, and gone with its aliases at the date', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
    const CiphertextBlob = engine.encrypt(KeyId);
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    const pending = { code: 'KMSInvalidStateException', message: `${Arn} is pending deletion.` };
    expect(engine.refusal('Decrypt', { CiphertextBlob })).toEqual(pending);
    engine.wait(7 * dayMs - 1);
    expect(engine.keyState('alias/a')).toBe('PendingDeletion');
    engine.wait(1);
    expect(engine.refusal('DescribeKey', { KeyId }).message).toBe(`Key '${Arn}' does not exist`);
    expect(engine.refusal('DescribeKey', { KeyId: 'alias/a' }).code).toBe('NotFoundException');
    expect(engine.call('ListKeys', {}).Keys).toEqual([]);
  });

  test('an AWS managed key is not to be deleted', () => {
    const engine = new TestEngine();
    const { Arn = '' } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' }).KeyMetadata ?? {};
    expect(engine.refusal('ScheduleKeyDeletion', { KeyId: Arn })).toEqual({
      code: 'AccessDeniedException',
      message: texts.noKeyPolicy(admin, 'kms:ScheduleKeyDeletion', Arn),
    });
  });
});
