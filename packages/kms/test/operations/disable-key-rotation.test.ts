// DisableKeyRotation: https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html

import { describe, expect, test } from 'vitest';
import { dayMs, TestEngine } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'DisableKeyRotation',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: false,
  disabled: 'DisabledException',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'UnsupportedOperationException',
});

describe('DisableKeyRotation', () => {
  test('answers with nothing, and twice is no error', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    engine.call('EnableKeyRotation', { KeyId });
    for (let time = 0; time < 2; time++) {
      expect(engine.call('DisableKeyRotation', { KeyId })).toStrictEqual({});
      expect(engine.call('GetKeyRotationStatus', { KeyId })).toStrictEqual({ KeyId: Arn, KeyRotationEnabled: false });
    }
  });

  test('nothing rotates any more, and enabling starts anew', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    engine.wait(80 * dayMs);
    engine.call('DisableKeyRotation', { KeyId });
    engine.wait(1000 * dayMs);
    expect(engine.call('ListKeyRotations', { KeyId }).Rotations).toEqual([]);
    engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    expect(engine.call('GetKeyRotationStatus', { KeyId }).NextRotationDate).toEqual(new Date(engine.now + 90 * dayMs));
  });

  test('a key that is not symmetric is refused', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    expect(engine.refusal('DisableKeyRotation', { KeyId }).code).toBe('UnsupportedOperationException');
  });
});
