// RotateKeyOnDemand: https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html

import { describe, expect, test } from 'vitest';
import { admin, dayMs, TestEngine, texts } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'RotateKeyOnDemand',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: false,
  disabled: 'DisabledException',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'KMSInvalidStateException',
});

const minuteMs = 60_000;

describe('RotateKeyOnDemand', () => {
  // Recording rotate-on-demand-new-ciphertext.
  test('answers at once and is done a little later; old ciphertexts open all the same', () => {
    const engine = new TestEngine();
    const { KeyId, Arn, CurrentKeyMaterialId: before } = engine.createKey();
    const current = () => engine.call('DescribeKey', { KeyId }).KeyMetadata?.CurrentKeyMaterialId;
    const old = engine.encrypt(KeyId);
    expect(engine.call('RotateKeyOnDemand', { KeyId })).toStrictEqual({ KeyId: Arn });
    expect(current()).toBe(before);
    engine.wait(minuteMs);
    expect(current()).not.toBe(before);
    expect(engine.decrypt(old)).toBe('secret');
    const CiphertextBlob = engine.encrypt(KeyId);
    expect(engine.call('Decrypt', { CiphertextBlob }).KeyMaterialId).toBe(current());
  });

  test('neither turns automatic rotation on nor moves its date', () => {
    const engine = new TestEngine();
    const [off, on] = [engine.createKey(), engine.createKey()];
    engine.call('EnableKeyRotation', { KeyId: on.KeyId });
    const status = [off, on].map(({ KeyId }) => engine.call('GetKeyRotationStatus', { KeyId }));
    for (const { KeyId } of [off, on]) engine.call('RotateKeyOnDemand', { KeyId });
    engine.wait(minuteMs);
    expect([off, on].map(({ KeyId }) => engine.call('GetKeyRotationStatus', { KeyId }))).toEqual(status);
  });

  // Recording rotate-on-demand-limit; 25 is today's limit.
  test('25 times and no more', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    for (let time = 0; time < 25; time++) {
      engine.call('RotateKeyOnDemand', { KeyId });
      engine.wait(minuteMs);
    }
    expect(engine.refusal('RotateKeyOnDemand', { KeyId })).toEqual({
      code: 'LimitExceededException',
      message: `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${Arn}`,
    });
    expect(engine.call('ListKeyRotations', { KeyId }).Rotations).toHaveLength(25);
  });

  test('not while one is in progress', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('RotateKeyOnDemand', { KeyId });
    expect(engine.refusal('RotateKeyOnDemand', { KeyId }).code).toBe('ConflictException');
    engine.wait(minuteMs);
    engine.call('RotateKeyOnDemand', { KeyId });
  });

  test('not within 20 minutes of an automatic rotation', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    engine.wait(90 * dayMs - 20 * minuteMs);
    expect(engine.refusal('RotateKeyOnDemand', { KeyId }).code).toBe('ConflictException');
    engine.wait(20 * minuteMs);
    engine.call('RotateKeyOnDemand', { KeyId });
    const sooner = engine.createKey();
    engine.call('EnableKeyRotation', { KeyId: sooner.KeyId, RotationPeriodInDays: 90 });
    engine.wait(90 * dayMs - 20 * minuteMs - 1);
    engine.call('RotateKeyOnDemand', { KeyId: sooner.KeyId });
  });

  // Recordings rotate-asymmetric-key (no message) and rotate-disabled-key (the state before the type).
  test.each([
    ['RSA_4096', 'ENCRYPT_DECRYPT'],
    ['HMAC_256', 'GENERATE_VERIFY_MAC'],
  ] as const)('a %s key is refused, but first for being disabled', (KeySpec, KeyUsage) => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey({ KeySpec, KeyUsage });
    expect(engine.refusal('RotateKeyOnDemand', { KeyId })).toEqual({
      code: 'UnsupportedOperationException',
      message: undefined,
    });
    engine.call('DisableKey', { KeyId });
    expect(engine.refusal('RotateKeyOnDemand', { KeyId })).toEqual({
      code: 'DisabledException',
      message: `${Arn} is disabled.`,
    });
  });

  test('an AWS managed key does not rotate when somebody wants it', () => {
    const engine = new TestEngine();
    const { Arn = '' } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' }).KeyMetadata ?? {};
    expect(engine.refusal('RotateKeyOnDemand', { KeyId: Arn }).message).toBe(
      texts.noKeyPolicy(admin, 'kms:RotateKeyOnDemand', Arn),
    );
  });
});
