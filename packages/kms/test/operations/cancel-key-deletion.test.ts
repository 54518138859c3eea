// CancelKeyDeletion: https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html

import { describe, expect, test } from 'vitest';
import { dayMs, TestEngine } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'CancelKeyDeletion',
  prepare: (engine, KeyId) => {
    engine.call('ScheduleKeyDeletion', { KeyId });
    return (name) => ({ KeyId: name });
  },
  names: 'key',
  otherAccounts: false,
});

describe('CancelKeyDeletion', () => {
  // Recording schedule-and-cancel-key-deletion.
  test.each(['Enabled', 'Disabled'])('leaves a key that was %s disabled', (before) => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    if (before === 'Disabled') engine.call('DisableKey', { KeyId });
    engine.call('ScheduleKeyDeletion', { KeyId });
    expect(engine.call('CancelKeyDeletion', { KeyId })).toStrictEqual({ KeyId: Arn });
    expect(engine.keyState(KeyId)).toBe('Disabled');
  });

  test('a key without material goes back to waiting for it', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Origin: 'EXTERNAL' });
    engine.call('ScheduleKeyDeletion', { KeyId });
    engine.call('CancelKeyDeletion', { KeyId });
    expect(engine.keyState(KeyId)).toBe('PendingImport');
  });

  test('nothing is lost', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const CiphertextBlob = engine.encrypt(KeyId);
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    engine.wait(7 * dayMs - 1);
    engine.call('CancelKeyDeletion', { KeyId });
    engine.wait(100 * dayMs);
    engine.call('EnableKey', { KeyId });
    expect(engine.decrypt(CiphertextBlob)).toBe('secret');
    expect(engine.keyState('alias/a')).toBe('Enabled');
  });

  test.each([
    ['Enabled', {}],
    ['Disabled', {}],
    ['PendingImport', { Origin: 'EXTERNAL' }],
  ] as const)('a key that is %s is refused', (state, input) => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey(input);
    if (state === 'Disabled') engine.call('DisableKey', { KeyId });
    expect(engine.refusal('CancelKeyDeletion', { KeyId })).toEqual({
      code: 'KMSInvalidStateException',
      message: `${Arn} is not pending deletion (or pending replica deletion).`,
    });
  });
});
