// GetKeyRotationStatus: https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html

import { describe, expect, test } from 'vitest';
import { dayMs, TestEngine } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'GetKeyRotationStatus',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: true,
  disabled: 'works',
  pendingDeletion: 'works',
  pendingImport: 'works',
});

describe('GetKeyRotationStatus', () => {
  // Recording rotate-on-demand-automatic-*: neither period nor date while rotation is off.
  test('off', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    expect(engine.call('GetKeyRotationStatus', { KeyId })).toStrictEqual({ KeyId: Arn, KeyRotationEnabled: false });
  });

  test('does not change when the key is disabled, and is off while a deletion is pending', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    engine.call('EnableKeyRotation', { KeyId });
    const on = engine.call('GetKeyRotationStatus', { KeyId });
    engine.call('DisableKey', { KeyId });
    expect(engine.call('GetKeyRotationStatus', { KeyId })).toStrictEqual(on);
    engine.call('ScheduleKeyDeletion', { KeyId });
    expect(engine.call('GetKeyRotationStatus', { KeyId })).toStrictEqual({ KeyId: Arn, KeyRotationEnabled: false });
    engine.call('CancelKeyDeletion', { KeyId });
    expect(engine.call('GetKeyRotationStatus', { KeyId })).toStrictEqual(on);
  });

  // https://github.com/ansible-collections/community.aws/pull/311 shows the answer for an asymmetric key.
  test.each([
    { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
    { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
    { Origin: 'EXTERNAL' },
  ] as const)('is off for %j', (input) => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey(input);
    expect(engine.call('GetKeyRotationStatus', { KeyId })).toStrictEqual({ KeyId: Arn, KeyRotationEnabled: false });
  });

  test('shows when an on-demand rotation began, until it is done', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    engine.call('RotateKeyOnDemand', { KeyId });
    const status = { KeyId: Arn, KeyRotationEnabled: false };
    expect(engine.call('GetKeyRotationStatus', { KeyId })).toStrictEqual({
      ...status,
      OnDemandRotationStartDate: new Date(engine.now),
    });
    engine.wait(60_000);
    expect(engine.call('GetKeyRotationStatus', { KeyId })).toStrictEqual(status);
  });

  test('is always on for an AWS managed key: every year', () => {
    const engine = new TestEngine();
    const { Arn = '' } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' }).KeyMetadata ?? {};
    expect(engine.call('GetKeyRotationStatus', { KeyId: Arn })).toStrictEqual({
      KeyId: Arn,
      KeyRotationEnabled: true,
      RotationPeriodInDays: 365,
      NextRotationDate: new Date(engine.now + 365 * dayMs),
    });
  });
});
