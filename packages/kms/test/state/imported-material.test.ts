// Several materials of one key: which may come, what the key says of them, and when it can be used.
// https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html

import { beforeAll, describe, expect, test } from 'vitest';
import { dayMs, TestEngine } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { type Given, Importer, octets } from '../operations/import-suite.ts';

beforeAll(() => librariesLoaded());

const incorrect = 'IncorrectKeyMaterialException';
const isNew = { ImportType: 'NEW_KEY_MATERIAL' } as const;
const isKnown = { ImportType: 'EXISTING_KEY_MATERIAL' } as const;
const other = {
  code: incorrect,
  message: 'The key material is not the key material that was previously imported into the KMS key.',
};

describe('a first import', () => {
  test.each<[string, Given]>([
    ['no type', {}],
    ['NEW_KEY_MATERIAL', isNew],
  ])('with %s', (_what, given) => {
    const importer = new Importer();
    const id = importer.import(octets(1), given);
    expect(importer.describe().CurrentKeyMaterialId).toBe(id);
  });

  test('is no EXISTING_KEY_MATERIAL, and material that is named must be known', () => {
    const importer = new Importer();
    expect(importer.refusal(octets(1), isKnown)).toEqual(other);
    const KeyMaterialId = new Importer().import(octets(1));
    expect(importer.refusal(octets(1), { KeyMaterialId })).toEqual(other);
    expect(importer.refusal(octets(1), { ...isNew, KeyMaterialId })).toEqual({
      code: 'ValidationException',
      message: 'KeyMaterialId is not valid with ImportType NEW_KEY_MATERIAL.',
    });
    expect(importer.import(octets(1))).toBe(KeyMaterialId);
  });
});

describe('an import into a key that has material', () => {
  test.each<[string, Given]>([
    ['no type', {}],
    ['EXISTING_KEY_MATERIAL', isKnown],
  ])('with %s is of the same material, before and after it was deleted', (_what, given) => {
    const importer = new Importer();
    const id = importer.import(octets(1));
    expect(importer.refusal(octets(2), given)).toEqual(other);
    expect(importer.import(octets(1), given)).toBe(id);
    importer.delete();
    expect(importer.refusal(octets(2), given)).toEqual(other);
    expect(importer.import(octets(1), given)).toBe(id);
    expect(importer.materials).toHaveLength(1);
  });

  test('that is named must be that one', () => {
    const importer = new Importer();
    const [first, second] = [importer.import(octets(1)), importer.rotateTo(octets(2))];
    expect(importer.refusal(octets(2), { KeyMaterialId: first })).toEqual(other);
    expect(importer.refusal(octets(3), { KeyMaterialId: first })).toEqual(other);
    expect(importer.refusal(octets(1), { KeyMaterialId: 'a'.repeat(64) })).toEqual(other);
    expect(importer.import(octets(1), { KeyMaterialId: first })).toBe(first);
    expect(importer.import(octets(2), { ...isKnown, KeyMaterialId: second })).toBe(second);
  });

  test('of material it has is not new, whether it is current, old or gone', () => {
    const importer = new Importer();
    const [first] = [importer.import(octets(1)), importer.rotateTo(octets(2))];
    const known = { code: incorrect, message: 'The key material is already associated with the KMS key.' };
    for (const number of [1, 2]) expect(importer.refusal(octets(number), isNew)).toEqual(known);
    importer.delete(first);
    expect(importer.refusal(octets(1), isNew)).toEqual(known);
  });

  test('changes the expiry, and keeps the description unless there is a new one', () => {
    const importer = new Importer();
    const ValidTo = new Date(importer.engine.now + dayMs);
    importer.import(octets(1), { KeyMaterialDescription: 'from the safe', ValidTo });
    const shown = () => importer.materials[0];
    expect(shown()).toMatchObject({
      KeyMaterialDescription: 'from the safe',
      ExpirationModel: 'KEY_MATERIAL_EXPIRES',
      ValidTo,
    });
    importer.import(octets(1));
    expect(shown()).toMatchObject({
      KeyMaterialDescription: 'from the safe',
      ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
    });
    expect(shown()).not.toHaveProperty('ValidTo');
    importer.delete();
    importer.import(octets(1), { KeyMaterialDescription: 'from the vault' });
    expect(shown()).toMatchObject({ KeyMaterialDescription: 'from the vault' });
  });
});

describe('material that awaits its rotation', () => {
  test('is there and not used', () => {
    const importer = new Importer();
    const { engine } = importer;
    const [first, second] = [importer.import(octets(1)), importer.import(octets(2), isNew)];
    expect(importer.describe()).toMatchObject({ KeyState: 'Enabled', CurrentKeyMaterialId: first });
    const CiphertextBlob = engine.encrypt(importer.key.Arn);
    expect(engine.call('Decrypt', { CiphertextBlob }).KeyMaterialId).toBe(first);
    expect(importer.materials.map(({ KeyMaterialId, KeyMaterialState }) => [KeyMaterialId, KeyMaterialState])).toEqual([
      [first, 'CURRENT'],
      [second, 'PENDING_ROTATION'],
    ]);
  });

  // Recording import-while-material-pending.
  test('is only one', () => {
    const importer = new Importer();
    importer.import(octets(1));
    const pending = importer.import(octets(2), isNew);
    const third = new Importer().import(octets(3));
    expect(importer.refusal(octets(3), isNew)).toEqual({
      code: 'KMSInvalidStateException',
      message: `New key material (id: ${third}) cannot be imported into KMS key ${importer.key.Arn}, because another key material (id: ${pending}) is pending rotation.`,
    });
  });

  test.each([isNew, isKnown, {}])('comes again with other words: %j', (given) => {
    const importer = new Importer();
    importer.import(octets(1));
    const id = importer.import(octets(2), isNew);
    const ValidTo = new Date(importer.engine.now + dayMs);
    expect(importer.import(octets(2), { ...given, ValidTo, KeyMaterialDescription: 'next' })).toBe(id);
    expect(importer.materials[1]).toMatchObject({
      KeyMaterialId: id,
      KeyMaterialState: 'PENDING_ROTATION',
      KeyMaterialDescription: 'next',
      ValidTo,
    });
  });

  test('does not count for the expiry of the key', () => {
    const importer = new Importer();
    importer.import(octets(1));
    importer.import(octets(2), { ...isNew, ValidTo: new Date(importer.engine.now + dayMs) });
    expect(importer.describe().ExpirationModel).toBe('KEY_MATERIAL_DOES_NOT_EXPIRE');
  });

  test('may come while the key waits for other material, which it does not replace', () => {
    const importer = new Importer();
    importer.import(octets(1));
    importer.delete();
    importer.import(octets(2), isNew);
    expect(importer.state).toBe('PendingImport');
    importer.import(octets(1));
    expect(importer.state).toBe('Enabled');
  });
});

describe('a key with several materials', () => {
  test('is usable when all of them are there, in whatever order they come', () => {
    const importer = new Importer();
    const { engine } = importer;
    const ids = [importer.import(octets(1)), importer.rotateTo(octets(2)), importer.rotateTo(octets(3))];
    for (const id of ids) importer.delete(id);
    for (const number of [3, 1]) {
      importer.import(octets(number));
      expect(importer.state).toBe('PendingImport');
      expect(engine.refusal('Encrypt', { KeyId: importer.key.Arn, Plaintext: octets(1) }).code).toBe(
        'KMSInvalidStateException',
      );
    }
    importer.import(octets(2));
    expect(importer.describe()).toMatchObject({ KeyState: 'Enabled', CurrentKeyMaterialId: ids[2] });
  });

  test('opens what each of them encrypted', () => {
    const importer = new Importer();
    const { engine, key } = importer;
    importer.import(octets(1));
    const blobs = [engine.encrypt(key.Arn, 'text 1')];
    for (const number of [2, 3]) {
      importer.rotateTo(octets(number));
      blobs.push(engine.encrypt(key.Arn, `text ${number}`));
    }
    const ids = importer.materials.map(({ KeyMaterialId }) => KeyMaterialId);
    for (const [at, CiphertextBlob] of blobs.entries()) {
      expect(engine.decrypt(CiphertextBlob)).toBe(`text ${at + 1}`);
      expect(engine.call('Decrypt', { CiphertextBlob }).KeyMaterialId).toBe(ids[at]);
    }
  });

  test('says the earliest end of those it has been used with', () => {
    const importer = new Importer();
    const day = (number: number): Given => ({ ValidTo: new Date(importer.engine.now + number * dayMs) });
    importer.import(octets(1), day(5));
    const { ValidTo } = importer.describe();
    importer.rotateTo(octets(2), day(9));
    expect(importer.describe().ValidTo).toEqual(ValidTo);
    importer.import(octets(1), day(20));
    expect(importer.describe().ValidTo).toEqual(importer.materials[1]?.ValidTo);
    importer.import(octets(2));
    expect(importer.describe().ValidTo).toEqual(importer.materials[0]?.ValidTo);
    importer.import(octets(1));
    expect(importer.describe()).toMatchObject({ ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' });
    expect(importer.describe()).not.toHaveProperty('ValidTo');
  });

  test('is described without an end while any of them is missing', () => {
    const importer = new Importer();
    const first = importer.import(octets(1));
    importer.rotateTo(octets(2), { ValidTo: new Date(importer.engine.now + dayMs) });
    importer.delete(first);
    expect(importer.describe()).not.toHaveProperty('ExpirationModel');
    expect(importer.describe()).not.toHaveProperty('ValidTo');
  });
});

describe('a key without material', () => {
  test.each(['EnableKey', 'DisableKey', 'RotateKeyOnDemand'] as const)('%s is refused', (operation) => {
    const importer = new Importer();
    importer.import(octets(1));
    importer.delete();
    expect(importer.engine.refusal(operation, { KeyId: importer.key.Arn })).toEqual({
      code: 'KMSInvalidStateException',
      message: `${importer.key.Arn} is pending import.`,
    });
  });

  test('is pending import when its deletion is cancelled, and enabled with its material', () => {
    const engine = new TestEngine();
    const [never, had] = [new Importer(engine), new Importer(engine)];
    had.import(octets(1));
    had.delete();
    for (const importer of [never, had]) {
      const KeyId = importer.key.Arn;
      engine.call('ScheduleKeyDeletion', { KeyId });
      expect(importer.state).toBe('PendingDeletion');
      engine.call('CancelKeyDeletion', { KeyId });
      expect(importer.state).toBe('PendingImport');
      expect(engine.refusal('EnableKey', { KeyId }).code).toBe('KMSInvalidStateException');
      importer.import(octets(1));
      expect(importer.state).toBe('Enabled');
    }
  });

  test('with its material, a cancelled deletion leaves it disabled', () => {
    const importer = new Importer();
    importer.import(octets(1));
    const KeyId = importer.key.Arn;
    importer.engine.call('ScheduleKeyDeletion', { KeyId });
    importer.engine.call('CancelKeyDeletion', { KeyId });
    expect(importer.state).toBe('Disabled');
    importer.engine.call('EnableKey', { KeyId });
    expect(importer.engine.decrypt(importer.engine.encrypt(KeyId))).toBe('secret');
  });

  test('is deleted with all that it had', () => {
    const empty = new TestEngine().everything().replace('"nextOrdinal":1', '"nextOrdinal":2');
    const importer = new Importer();
    const { engine, key } = importer;
    const first = importer.import(octets(1));
    importer.rotateTo(octets(2));
    importer.import(octets(3), isNew);
    engine.call('RotateKeyOnDemand', { KeyId: key.Arn });
    importer.delete(first);
    engine.call('ScheduleKeyDeletion', { KeyId: key.Arn, PendingWindowInDays: 7 });
    engine.wait(7 * dayMs);
    engine.kms.advance();
    expect(engine.everything()).toBe(empty);
  });
});
