// ListKeyRotations: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html

import { describe, expect, test } from 'vitest';
import { dayMs, TestEngine } from '../engine.ts';
import { aboutKey } from './key-suite.ts';
import { page, pages, walk } from './pages.ts';

aboutKey({
  operation: 'ListKeyRotations',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  pendingDeletion: 'works',
  pendingImport: 'works',
});

function rotated(engine: TestEngine, times: number): string {
  const { KeyId } = engine.createKey();
  for (let at = 0; at < times; at++) {
    engine.call('RotateKeyOnDemand', { KeyId });
    engine.wait(60_000);
  }
  return KeyId;
}

describe('ListKeyRotations', () => {
  pages({
    operation: 'ListKeyRotations',
    fill: (engine, count) => ({ KeyId: rotated(engine, count) }),
    defaultLimit: 100,
    most: 1000,
  });

  test('a key that was never rotated has no rotations, and one material', () => {
    const engine = new TestEngine();
    const { KeyId, Arn, CurrentKeyMaterialId } = engine.createKey();
    expect(engine.call('ListKeyRotations', { KeyId })).toStrictEqual({ Rotations: [], Truncated: false });
    expect(engine.call('ListKeyRotations', { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })).toStrictEqual({
      Rotations: [{ KeyId: Arn, KeyMaterialId: CurrentKeyMaterialId, KeyMaterialState: 'CURRENT' }],
      Truncated: false,
    });
  });

  test('shows what came by which rotation, and which is current', () => {
    const engine = new TestEngine();
    const { KeyId, Arn, CurrentKeyMaterialId: first } = engine.createKey();
    const start = engine.now;
    engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    engine.call('RotateKeyOnDemand', { KeyId });
    engine.wait(100 * dayMs);
    const { Rotations } = engine.call('ListKeyRotations', { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' });
    const current = engine.call('DescribeKey', { KeyId }).KeyMetadata?.CurrentKeyMaterialId;
    expect(Rotations).toStrictEqual([
      { KeyId: Arn, KeyMaterialId: first, KeyMaterialState: 'NON_CURRENT' },
      {
        KeyId: Arn,
        KeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
        KeyMaterialState: 'NON_CURRENT',
        RotationDate: new Date(start + 1000),
        RotationType: 'ON_DEMAND',
      },
      {
        KeyId: Arn,
        KeyMaterialId: current,
        KeyMaterialState: 'CURRENT',
        RotationDate: new Date(start + 90 * dayMs),
        RotationType: 'AUTOMATIC',
      },
    ]);
    expect(engine.call('ListKeyRotations', { KeyId }).Rotations).toStrictEqual(Rotations?.slice(1));
  });

  test('a rotation that is not done is not shown', () => {
    const engine = new TestEngine();
    const KeyId = rotated(engine, 0);
    engine.call('RotateKeyOnDemand', { KeyId });
    expect(engine.call('ListKeyRotations', { KeyId }).Rotations).toEqual([]);
  });

  test('rotations between pages come at the end', () => {
    const engine = new TestEngine();
    const KeyId = rotated(engine, 3);
    const seen = walk(engine, 'ListKeyRotations', { KeyId }, 2, () => {
      engine.call('RotateKeyOnDemand', { KeyId });
      engine.wait(60_000);
    });
    expect(seen).toEqual(engine.call('ListKeyRotations', { KeyId }).Rotations);
  });

  test('a marker is of one key and one question', () => {
    const engine = new TestEngine();
    const [KeyId, other] = [rotated(engine, 3), rotated(engine, 3)];
    const { NextMarker: Marker } = page(engine, 'ListKeyRotations', { KeyId, Limit: 1 });
    expect(engine.refusal('ListKeyRotations', { KeyId: other, Marker }).code).toBe('InvalidMarkerException');
    expect(engine.refusal('ListKeyRotations', { KeyId, Marker, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' }).code).toBe(
      'InvalidMarkerException',
    );
  });

  // Symmetric keys only; the recorded refusal of RotateKeyOnDemand has no message.
  test.each([
    ['RSA_2048', 'SIGN_VERIFY'],
    ['HMAC_256', 'GENERATE_VERIFY_MAC'],
  ] as const)('a %s key is refused without a message', (KeySpec, KeyUsage) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ KeySpec, KeyUsage });
    expect(engine.refusal('ListKeyRotations', { KeyId })).toEqual({
      code: 'UnsupportedOperationException',
      message: undefined,
    });
  });
});
