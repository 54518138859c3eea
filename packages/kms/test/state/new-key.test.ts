// How a key comes into being: the record behind what CreateKey answers.

import { expect, test } from 'vitest';
import { TestEngine } from '../engine.ts';

test('a key of KMS has one material, which is current', () => {
  const engine = new TestEngine();
  const { Arn, CurrentKeyMaterialId } = engine.createKey();
  const record = engine.kms.state.get('keys', Arn);
  expect(record?.materials).toEqual([{ id: CurrentKeyMaterialId, rotation: undefined }]);
  expect(engine.kms.vault.has(record?.currentMaterial ?? '')).toBe(true);
});

test('a key pair and an HMAC key have material too, which nobody is told of', () => {
  const engine = new TestEngine();
  for (const input of [
    { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
    { KeySpec: 'HMAC_512', KeyUsage: 'GENERATE_VERIFY_MAC' },
  ] as const) {
    const key = engine.createKey(input);
    expect(key.CurrentKeyMaterialId).toBeUndefined();
    expect(engine.kms.vault.has(engine.kms.state.get('keys', key.Arn)?.currentMaterial ?? '')).toBe(true);
  }
});

test('a key for imported material has none', () => {
  const engine = new TestEngine();
  const empty = new TestEngine().snapshot().vault;
  const { Arn } = engine.createKey({ Origin: 'EXTERNAL' });
  expect(engine.kms.state.get('keys', Arn)).toMatchObject({ materials: [], currentMaterial: undefined });
  expect(engine.snapshot().vault).toBe(empty);
});

test('keys are numbered in the order of their creation, and no number is used again', () => {
  const engine = new TestEngine();
  const numbers = () => engine.snapshot().state.keys.map(([, { ordinal }]) => ordinal);
  const keys = [engine.createKey(), engine.createKey(), engine.createKey()];
  expect(numbers()).toEqual([1, 2, 3]);
  engine.call('ScheduleKeyDeletion', { KeyId: keys[2]?.KeyId ?? '', PendingWindowInDays: 7 });
  engine.wait(8 * 86_400_000);
  engine.createKey();
  expect(numbers()).toEqual([1, 2, 4]);
  expect(new TestEngine({ snapshot: engine.snapshot() }).snapshot().state.nextOrdinal).toBe(5);
});
