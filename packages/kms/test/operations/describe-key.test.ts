// DescribeKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html

import { describe, expect, test } from 'vitest';
import { dayMs, ours, TestEngine } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'DescribeKey',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'any',
  otherAccounts: true,
  disabled: 'works',
  pendingDeletion: 'works',
  pendingImport: 'works',
});

describe('DescribeKey', () => {
  test('tells the state and what hangs on it', () => {
    const engine = new TestEngine();
    const fresh = engine.createKey();
    const { KeyId } = fresh;
    const metadata = () => engine.call('DescribeKey', { KeyId }).KeyMetadata;
    expect(metadata()).toStrictEqual(fresh);
    engine.call('DisableKey', { KeyId });
    expect(metadata()).toStrictEqual({ ...fresh, Enabled: false, KeyState: 'Disabled' });
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    const DeletionDate = new Date(engine.now + 7 * dayMs);
    expect(metadata()).toStrictEqual({ ...fresh, Enabled: false, KeyState: 'PendingDeletion', DeletionDate });
    engine.call('CancelKeyDeletion', { KeyId });
    expect(metadata()).toStrictEqual({ ...fresh, Enabled: false, KeyState: 'Disabled' });
    engine.call('EnableKey', { KeyId });
    expect(metadata()).toStrictEqual(fresh);
  });

  test('what a caller does to an answer does not reach the next', () => {
    const engine = new TestEngine();
    const { KeyId, EncryptionAlgorithms = [], CreationDate } = engine.createKey();
    (EncryptionAlgorithms as string[]).push('ROT13');
    CreationDate?.setTime(0);
    expect(engine.call('DescribeKey', { KeyId }).KeyMetadata).toMatchObject({
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      CreationDate: new Date(engine.now),
    });
    expect(new TestEngine().createKey().EncryptionAlgorithms).toEqual(['SYMMETRIC_DEFAULT']);
  });

  test('makes the key of an AWS service when its alias is first named', () => {
    const engine = new TestEngine();
    const { KeyMetadata } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' });
    expect(KeyMetadata).toMatchObject({ KeyManager: 'AWS', KeyState: 'Enabled', AWSAccountId: ours });
    expect(engine.call('DescribeKey', { KeyId: `arn:aws:kms:us-east-1:${ours}:alias/aws/s3` })).toEqual({
      KeyMetadata,
    });
  });

  test('a grant token that is none gives nothing, and is no error: the model has none for it', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const user = engine.attach(`arn:aws:iam::${ours}:user/nobody`);
    engine.call('DescribeKey', { KeyId, GrantTokens: ['token'] });
    expect(engine.refusal('DescribeKey', { KeyId, GrantTokens: ['token'] }, user).code).toBe('AccessDeniedException');
  });
});
