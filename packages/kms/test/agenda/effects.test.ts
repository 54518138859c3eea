// The timed effects: rotation over the years, deletion at its instant, and what holds them up.

import { describe, expect, test } from 'vitest';
import { dayMs, stranger, TestEngine } from '../engine.ts';

const days = (engine: TestEngine, KeyId: string, start: number): (number | undefined)[] =>
  (engine.call('ListKeyRotations', { KeyId }).Rotations ?? []).map(
    ({ RotationDate }) => RotationDate && (RotationDate.getTime() - start) / dayMs,
  );

function rotating(RotationPeriodInDays: number): { engine: TestEngine; KeyId: string; start: number } {
  const engine = new TestEngine();
  const { KeyId } = engine.createKey();
  engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays });
  return { engine, KeyId, start: engine.now };
}

describe('automatic rotation', () => {
  test.each([90, 365, 2560])('comes every %i days, to the millisecond', (period) => {
    const { engine, KeyId, start } = rotating(period);
    engine.wait(period * dayMs - 1);
    expect(days(engine, KeyId, start)).toEqual([]);
    engine.wait(1);
    expect(days(engine, KeyId, start)).toEqual([period]);
    engine.wait(2 * period * dayMs);
    expect(days(engine, KeyId, start)).toEqual([period, 2 * period, 3 * period]);
  });

  test('gives new material each time; every old ciphertext opens', () => {
    const { engine, KeyId } = rotating(90);
    const blobs: Uint8Array[] = [];
    for (let time = 0; time < 10; time++) {
      blobs.push(engine.encrypt(KeyId, `text ${time}`));
      engine.wait(90 * dayMs);
    }
    const materials = blobs.map((CiphertextBlob, time) => {
      const { KeyMaterialId, Plaintext } = engine.call('Decrypt', { CiphertextBlob });
      expect(new TextDecoder().decode(Plaintext)).toBe(`text ${time}`);
      return KeyMaterialId;
    });
    expect(new Set(materials).size).toBe(10);
  });

  test('waits while the key is disabled and happens as soon as it is enabled', () => {
    const { engine, KeyId, start } = rotating(90);
    engine.wait(80 * dayMs);
    engine.call('DisableKey', { KeyId });
    engine.wait(100 * dayMs);
    expect(days(engine, KeyId, start)).toEqual([]);
    engine.call('EnableKey', { KeyId });
    expect(days(engine, KeyId, start)).toEqual([180]);
    expect(engine.call('GetKeyRotationStatus', { KeyId }).NextRotationDate).toEqual(new Date(start + 270 * dayMs));
    engine.wait(90 * dayMs);
    expect(days(engine, KeyId, start)).toEqual([180, 270]);
  });

  test('keeps its date when the key is enabled before', () => {
    const { engine, KeyId, start } = rotating(90);
    engine.call('DisableKey', { KeyId });
    engine.wait(89 * dayMs);
    engine.call('EnableKey', { KeyId });
    engine.wait(dayMs);
    expect(days(engine, KeyId, start)).toEqual([90]);
  });

  test('happens once when the key is disabled and enabled at the very instant', () => {
    const { engine, KeyId, start } = rotating(90);
    engine.call('DisableKey', { KeyId });
    engine.wait(90 * dayMs);
    engine.call('EnableKey', { KeyId });
    engine.call('DisableKey', { KeyId });
    engine.call('EnableKey', { KeyId });
    expect(days(engine, KeyId, start)).toEqual([90]);
  });

  test('pauses while a deletion is pending; cancelled and enabled, the key is rotated', () => {
    const { engine, KeyId, start } = rotating(90);
    engine.wait(80 * dayMs);
    engine.call('ScheduleKeyDeletion', { KeyId });
    engine.wait(20 * dayMs);
    engine.call('CancelKeyDeletion', { KeyId });
    expect(engine.call('GetKeyRotationStatus', { KeyId }).KeyRotationEnabled).toBe(true);
    expect(days(engine, KeyId, start)).toEqual([]);
    engine.call('EnableKey', { KeyId });
    expect(days(engine, KeyId, start)).toEqual([100]);
  });

  test('stays off when it was off', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('ScheduleKeyDeletion', { KeyId });
    engine.call('CancelKeyDeletion', { KeyId });
    engine.call('EnableKey', { KeyId });
    engine.wait(4000 * dayMs);
    expect(days(engine, KeyId, 0)).toEqual([]);
  });

  test('forgets its old date when the period changes', () => {
    const { engine, KeyId, start } = rotating(90);
    engine.wait(50 * dayMs);
    engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 100 });
    engine.wait(99 * dayMs);
    expect(days(engine, KeyId, start)).toEqual([]);
    engine.wait(dayMs);
    expect(days(engine, KeyId, start)).toEqual([150]);
  });

  test('switched off and on again at one instant still comes once', () => {
    const { engine, KeyId, start } = rotating(90);
    for (let time = 0; time < 3; time++) {
      engine.call('DisableKeyRotation', { KeyId });
      engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    }
    engine.wait(90 * dayMs);
    expect(days(engine, KeyId, start)).toEqual([90]);
  });
});

describe('deletion', () => {
  test('takes the key, its aliases, its usage and its material, at the instant', () => {
    const empty = new TestEngine().everything().replace('"nextOrdinal":1', '"nextOrdinal":2');
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
    engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    engine.wait(200 * dayMs);
    engine.encrypt(KeyId);
    engine.call('RotateKeyOnDemand', { KeyId });
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    engine.wait(7 * dayMs - 1);
    engine.kms.advance();
    expect(engine.everything()).not.toBe(empty);
    engine.wait(1);
    engine.kms.advance();
    expect(engine.everything()).toBe(empty);
  });

  test('does not come after it was cancelled, nor twice after it was scheduled anew', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    engine.call('CancelKeyDeletion', { KeyId });
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 20 });
    engine.wait(8 * dayMs);
    expect(engine.keyState(KeyId)).toBe('PendingDeletion');
    engine.wait(12 * dayMs);
    expect(engine.refusal('DescribeKey', { KeyId }).code).toBe('NotFoundException');
  });

  test('frees the alias for others', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    engine.wait(7 * dayMs);
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: engine.createKey().KeyId });
    expect(engine.keyState('alias/a')).toBe('Enabled');
  });

  test('of one key leaves the others of its account and of others alone', () => {
    const engine = new TestEngine();
    const [gone, stays, theirs] = [engine.createKey(), engine.createKey(), engine.createKey({}, stranger)];
    const CiphertextBlob = engine.encrypt(stays.KeyId);
    engine.call('ScheduleKeyDeletion', { KeyId: gone.KeyId, PendingWindowInDays: 7 });
    engine.wait(7 * dayMs);
    expect(engine.call('ListKeys', {}).Keys).toEqual([{ KeyId: stays.KeyId, KeyArn: stays.Arn }]);
    expect(engine.call('ListKeys', {}, stranger).Keys).toEqual([{ KeyId: theirs.KeyId, KeyArn: theirs.Arn }]);
    engine.call('Decrypt', { CiphertextBlob });
  });
});

describe('on-demand rotation', () => {
  test('is finished at its own instant, also when much more time passed', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const start = engine.now;
    engine.call('RotateKeyOnDemand', { KeyId });
    engine.wait(1000 * dayMs);
    expect(days(engine, KeyId, start)).toEqual([1000 / dayMs]);
  });

  test('goes on while the key is disabled', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('RotateKeyOnDemand', { KeyId });
    engine.call('DisableKey', { KeyId });
    engine.wait(60_000);
    expect(engine.call('ListKeyRotations', { KeyId }).Rotations).toHaveLength(1);
    engine.call('EnableKey', { KeyId });
    expect(engine.call('ListKeyRotations', { KeyId }).Rotations).toHaveLength(1);
  });
});

describe('a clock that jumps', () => {
  test('over a century costs no more than its effects', () => {
    const { engine, KeyId } = rotating(365);
    engine.wait(100 * 365 * dayMs);
    expect(engine.call('ListKeyRotations', { KeyId, Limit: 1000 }).Rotations).toHaveLength(100);
  });
});
