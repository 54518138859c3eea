// EnableKeyRotation: https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html

import { describe, expect, test } from 'vitest';
import { admin, dayMs, TestEngine, texts } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'EnableKeyRotation',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: false,
  disabled: 'DisabledException',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'UnsupportedOperationException',
});

describe('EnableKeyRotation', () => {
  test.each([
    [undefined, 365],
    [90, 90],
    [2560, 2560],
  ])('with a period of %s days', (RotationPeriodInDays, days) => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    expect(engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays })).toStrictEqual({});
    expect(engine.call('GetKeyRotationStatus', { KeyId })).toStrictEqual({
      KeyId: Arn,
      KeyRotationEnabled: true,
      RotationPeriodInDays: days,
      NextRotationDate: new Date(engine.now + days * dayMs),
    });
  });

  test.each([
    [89, 'greater than or equal to 90'],
    [2561, 'less than or equal to 2560'],
  ])('refuses %i days', (RotationPeriodInDays, words) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('EnableKeyRotation', { KeyId, RotationPeriodInDays })).toEqual({
      code: 'ValidationException',
      message: `1 validation error detected: Value '${RotationPeriodInDays}' at 'rotationPeriodInDays' failed to satisfy constraint: Member must have value ${words}`,
    });
  });

  test('again with the same period changes nothing; with another the date counts from now', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const next = () => engine.call('GetKeyRotationStatus', { KeyId }).NextRotationDate?.getTime();
    engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 200 });
    const first = next();
    engine.wait(10 * dayMs);
    engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 200 });
    expect(next()).toBe(first);
    engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 100 });
    expect(next()).toBe(engine.now + 100 * dayMs);
    engine.call('EnableKeyRotation', { KeyId });
    expect(next()).toBe(engine.now + 365 * dayMs);
  });

  test.each([
    ['RSA_2048', 'ENCRYPT_DECRYPT'],
    ['HMAC_256', 'GENERATE_VERIFY_MAC'],
  ] as const)('a %s key is refused, but first for being disabled', (KeySpec, KeyUsage) => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey({ KeySpec, KeyUsage });
    expect(engine.refusal('EnableKeyRotation', { KeyId }).code).toBe('UnsupportedOperationException');
    engine.call('DisableKey', { KeyId });
    expect(engine.refusal('EnableKeyRotation', { KeyId })).toEqual({
      code: 'DisabledException',
      message: `${Arn} is disabled.`,
    });
  });

  test('an AWS managed key is not to be configured', () => {
    const engine = new TestEngine();
    const { Arn = '' } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' }).KeyMetadata ?? {};
    for (const operation of ['EnableKeyRotation', 'DisableKeyRotation'] as const) {
      expect(engine.refusal(operation, { KeyId: Arn })).toEqual({
        code: 'AccessDeniedException',
        message: texts.noKeyPolicy(admin, `kms:${operation}`, Arn),
      });
    }
  });
});
