// RotateKeyOnDemand and ListKeyRotations of a key with imported material.
// https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-on-demand.html

import { beforeAll, describe, expect, test } from 'vitest';
import { dayMs, TestEngine } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { Importer, octets } from './import-suite.ts';

beforeAll(() => librariesLoaded());

const isNew = { ImportType: 'NEW_KEY_MATERIAL' } as const;
const takesMs = 1000;

/** A key whose rotation to a second material has begun. */
function rotating(): { importer: Importer; KeyId: string; first: string; second: string } {
  const importer = new Importer();
  const KeyId = importer.key.Arn;
  const [first, second] = [importer.import(octets(1)), importer.import(octets(2), isNew)];
  importer.call('RotateKeyOnDemand', { KeyId });
  return { importer, KeyId, first, second };
}

describe('RotateKeyOnDemand of an imported key', () => {
  // Recording rotate-imported-key-nothing-pending.
  test('needs material that awaits it', () => {
    const importer = new Importer();
    const KeyId = importer.key.Arn;
    const nothing = {
      code: 'KMSInvalidStateException',
      message: `No available key material pending rotation for the key: ${KeyId}.`,
    };
    importer.import(octets(1));
    expect(importer.engine.refusal('RotateKeyOnDemand', { KeyId })).toEqual(nothing);
    importer.rotateTo(octets(2));
    expect(importer.engine.refusal('RotateKeyOnDemand', { KeyId })).toEqual(nothing);
  });

  // Recordings rotate-imported-key-to-new-material, rotated-imported-key-decrypts-old-ciphertext.
  test('is done a little later: the new material encrypts and the old still decrypts', () => {
    const { first, importer, KeyId, second } = rotating();
    const { engine } = importer;
    const old = engine.encrypt(KeyId, 'old');
    expect(importer.describe().CurrentKeyMaterialId).toBe(first);
    engine.wait(takesMs);
    expect(importer.describe().CurrentKeyMaterialId).toBe(second);
    const CiphertextBlob = engine.encrypt(KeyId);
    expect(engine.call('Decrypt', { CiphertextBlob }).KeyMaterialId).toBe(second);
    expect(engine.call('Decrypt', { CiphertextBlob: old }).KeyMaterialId).toBe(first);
    expect(engine.decrypt(old)).toBe('old');
  });

  test('shows while it runs, and only one runs', () => {
    const { importer, KeyId } = rotating();
    const { engine } = importer;
    const status = { KeyId, KeyRotationEnabled: false };
    expect(engine.call('GetKeyRotationStatus', { KeyId })).toEqual({
      ...status,
      OnDemandRotationStartDate: new Date(engine.now),
    });
    expect(engine.refusal('RotateKeyOnDemand', { KeyId }).code).toBe('ConflictException');
    // Its material is still pending.
    expect(importer.refusal(octets(3), isNew).code).toBe('KMSInvalidStateException');
    engine.wait(takesMs);
    expect(engine.call('GetKeyRotationStatus', { KeyId })).toEqual(status);
    importer.rotateTo(octets(3));
    expect(importer.materials).toHaveLength(3);
  });

  test('is not for a key that waits for material, although other material awaits the rotation', () => {
    const importer = new Importer();
    const KeyId = importer.key.Arn;
    importer.import(octets(1));
    importer.import(octets(2), isNew);
    importer.delete();
    expect(importer.engine.refusal('RotateKeyOnDemand', { KeyId }).message).toBe(`${KeyId} is pending import.`);
  });

  test('does not make it automatic', () => {
    const { importer, KeyId } = rotating();
    importer.engine.wait(takesMs);
    expect(importer.engine.refusal('EnableKeyRotation', { KeyId })).toEqual({
      code: 'UnsupportedOperationException',
      message: `${KeyId} origin is EXTERNAL which is not valid for this operation.`,
    });
  });

  test('25 times and no more', () => {
    const importer = new Importer();
    const KeyId = importer.key.Arn;
    importer.import(octets(0));
    for (let number = 1; number <= 25; number++) importer.rotateTo(octets(number));
    importer.import(octets(26), isNew);
    expect(importer.engine.refusal('RotateKeyOnDemand', { KeyId }).code).toBe('LimitExceededException');
    expect(importer.state).toBe('Enabled');
  });
});

describe('while it runs', () => {
  test('the new material can be deleted: the rotation ends without effect, and counts', () => {
    const { first, importer, KeyId, second } = rotating();
    const { engine } = importer;
    importer.delete(second);
    expect(engine.call('GetKeyRotationStatus', { KeyId })).not.toHaveProperty('OnDemandRotationStartDate');
    engine.wait(takesMs);
    expect(importer.describe()).toMatchObject({ KeyState: 'Enabled', CurrentKeyMaterialId: first });
    expect(importer.materials).toHaveLength(1);
    expect(engine.decrypt(engine.encrypt(KeyId))).toBe('secret');
    for (let number = 3; number < 27; number++) importer.rotateTo(octets(number));
    importer.import(octets(27), isNew);
    expect(engine.refusal('RotateKeyOnDemand', { KeyId }).code).toBe('LimitExceededException');
  });

  test('material that comes instead waits for a rotation of its own', () => {
    const { first, importer, second } = rotating();
    importer.delete(second);
    const third = importer.import(octets(3), isNew);
    importer.engine.wait(takesMs);
    expect(importer.describe().CurrentKeyMaterialId).toBe(first);
    expect(importer.materials.at(-1)).toMatchObject({ KeyMaterialId: third, KeyMaterialState: 'PENDING_ROTATION' });
  });

  test('the new material can expire, and the rotation ends without effect', () => {
    const importer = new Importer();
    const { engine, key } = importer;
    const first = importer.import(octets(1));
    importer.import(octets(2), { ...isNew, ValidTo: new Date(engine.now + takesMs - 1) });
    engine.call('RotateKeyOnDemand', { KeyId: key.Arn });
    engine.wait(takesMs);
    expect(importer.describe()).toMatchObject({ KeyState: 'Enabled', CurrentKeyMaterialId: first });
    expect(importer.materials).toHaveLength(1);
  });

  test('the new material can expire at its very end: it is current, and missing', () => {
    const importer = new Importer();
    const { engine, key } = importer;
    importer.import(octets(1));
    const second = importer.import(octets(2), { ...isNew, ValidTo: new Date(engine.now + takesMs) });
    engine.call('RotateKeyOnDemand', { KeyId: key.Arn });
    engine.wait(takesMs);
    expect(importer.describe()).toMatchObject({ KeyState: 'PendingImport', CurrentKeyMaterialId: second });
    importer.import(octets(2));
    expect(importer.state).toBe('Enabled');
  });

  test('the old material can be deleted: the key waits for it, and then has both', () => {
    const { first, importer, KeyId, second } = rotating();
    const { engine } = importer;
    const old = engine.encrypt(KeyId, 'old');
    importer.delete(first);
    engine.wait(takesMs);
    expect(importer.describe()).toMatchObject({ KeyState: 'PendingImport', CurrentKeyMaterialId: second });
    importer.import(octets(1), { KeyMaterialId: first });
    expect(importer.describe()).toMatchObject({ KeyState: 'Enabled', CurrentKeyMaterialId: second });
    expect(engine.decrypt(old)).toBe('old');
  });

  test('a new date for the new material holds after it', () => {
    const { importer, second } = rotating();
    const ValidTo = new Date(importer.engine.now + dayMs);
    importer.import(octets(2), { ValidTo, KeyMaterialDescription: 'second' });
    importer.engine.wait(takesMs);
    expect(importer.materials[1]).toMatchObject({
      KeyMaterialId: second,
      KeyMaterialState: 'CURRENT',
      KeyMaterialDescription: 'second',
      ValidTo,
    });
    expect(importer.describe().ValidTo).toEqual(ValidTo);
  });

  test('a snapshot goes on with it', () => {
    const { importer, KeyId, second } = rotating();
    const engine = new TestEngine({ snapshot: importer.engine.snapshot() });
    engine.wait(takesMs);
    expect(engine.call('DescribeKey', { KeyId }).KeyMetadata?.CurrentKeyMaterialId).toBe(second);
  });
});

describe('ListKeyRotations of an imported key', () => {
  test('shows of each material where it is, whether it is here and until when', () => {
    const importer = new Importer();
    const { engine } = importer;
    const { Arn: KeyId } = importer.key;
    const first = importer.import(octets(1), { KeyMaterialDescription: 'first' });
    const start = engine.now;
    const second = importer.rotateTo(octets(2), { ValidTo: new Date(start + dayMs) });
    const third = importer.import(octets(3), { ...isNew, KeyMaterialDescription: 'third' });
    const rotation = { RotationDate: new Date(start + takesMs), RotationType: 'ON_DEMAND' };
    const rows = [
      {
        KeyId,
        KeyMaterialId: first,
        KeyMaterialState: 'NON_CURRENT',
        KeyMaterialDescription: 'first',
        ImportState: 'IMPORTED',
        ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
      },
      {
        KeyId,
        KeyMaterialId: second,
        KeyMaterialState: 'CURRENT',
        ...rotation,
        ImportState: 'IMPORTED',
        ExpirationModel: 'KEY_MATERIAL_EXPIRES',
        ValidTo: new Date(start + dayMs),
      },
      {
        KeyId,
        KeyMaterialId: third,
        KeyMaterialState: 'PENDING_ROTATION',
        KeyMaterialDescription: 'third',
        ImportState: 'IMPORTED',
        ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
      },
    ];
    expect(importer.materials).toStrictEqual(rows);
    expect(engine.call('ListKeyRotations', { KeyId }).Rotations).toStrictEqual([rows[1]]);
    engine.wait(dayMs);
    const expired = { KeyId, KeyMaterialId: second, KeyMaterialState: 'CURRENT', ...rotation };
    expect(importer.materials[1]).toStrictEqual({ ...expired, ImportState: 'PENDING_IMPORT' });
  });

  test('of a key that never had material shows nothing', () => {
    expect(new Importer().materials).toEqual([]);
  });

  test('its pages hold what awaits its rotation last', () => {
    const importer = new Importer();
    const ids = [importer.import(octets(1)), importer.rotateTo(octets(2)), importer.import(octets(3), isNew)];
    const input = { KeyId: importer.key.Arn, IncludeKeyMaterial: 'ALL_KEY_MATERIAL', Limit: 2 } as const;
    const one = importer.engine.call('ListKeyRotations', input);
    const two = importer.engine.call('ListKeyRotations', { ...input, Marker: one.NextMarker });
    const seen = [...(one.Rotations ?? []), ...(two.Rotations ?? [])].map(({ KeyMaterialId }) => KeyMaterialId);
    expect(seen).toEqual(ids);
    expect([one.Truncated, two.Truncated]).toEqual([true, false]);
  });
});
