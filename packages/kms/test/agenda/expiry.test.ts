// Imported material expires at its instant, whatever else happens to the key.
// https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-import-key-material.html

import { beforeAll, describe, expect, test } from 'vitest';
import { dayMs, TestEngine } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { Importer, octets } from '../operations/import-suite.ts';

beforeAll(() => librariesLoaded());

const isNew = { ImportType: 'NEW_KEY_MATERIAL' } as const;

/** A key whose material expires after some days. */
function expiring(days: number, engine: TestEngine = new TestEngine()): Importer {
  const importer = new Importer(engine);
  importer.import(octets(1), { ValidTo: new Date(engine.now + days * dayMs) });
  return importer;
}

describe('expiry', () => {
  test('comes to the millisecond, and the key waits for its material', () => {
    const importer = expiring(1);
    const { engine, key } = importer;
    const { CurrentKeyMaterialId } = importer.describe();
    const CiphertextBlob = engine.encrypt(key.Arn);
    engine.wait(dayMs - 1);
    expect(engine.decrypt(CiphertextBlob)).toBe('secret');
    engine.wait(1);
    expect(importer.describe()).toMatchObject({ KeyState: 'PendingImport', Enabled: false, CurrentKeyMaterialId });
    expect(importer.describe()).not.toHaveProperty('ExpirationModel');
    expect(importer.describe()).not.toHaveProperty('ValidTo');
    for (const given of [{}, { KeyId: key.Arn }]) {
      expect(engine.refusal('Decrypt', { CiphertextBlob, ...given })).toEqual({
        code: 'KMSInvalidStateException',
        message: `${key.Arn} is pending import.`,
      });
    }
    importer.import(octets(1));
    expect(engine.decrypt(CiphertextBlob)).toBe('secret');
  });

  test('takes the secret out of the vault', () => {
    const importer = expiring(1);
    const id = importer.describe().CurrentKeyMaterialId ?? '';
    const { vault } = importer.engine.kms;
    expect(vault.has(id)).toBe(true);
    importer.engine.wait(dayMs);
    importer.engine.kms.advance();
    expect(vault.has(id)).toBe(false);
  });

  test('a later date replaces an earlier one, and an earlier one a later', () => {
    const engine = new TestEngine();
    const start = engine.now;
    const [later, sooner, never] = [expiring(2, engine), expiring(9, engine), expiring(2, engine)];
    later.import(octets(1), { ValidTo: new Date(start + 9 * dayMs) });
    sooner.import(octets(1), { ValidTo: new Date(start + 2 * dayMs) });
    never.import(octets(1));
    const states = () => [later.state, sooner.state, never.state];
    engine.wait(2 * dayMs);
    expect(states()).toEqual(['Enabled', 'PendingImport', 'Enabled']);
    engine.wait(7 * dayMs);
    expect(states()).toEqual(['PendingImport', 'PendingImport', 'Enabled']);
  });

  test('a date that was given, replaced and given again holds', () => {
    const importer = expiring(2);
    const { engine } = importer;
    const ValidTo = new Date(engine.now + 2 * dayMs);
    importer.import(octets(1));
    importer.import(octets(1), { ValidTo });
    importer.delete();
    importer.import(octets(1), { ValidTo });
    engine.wait(2 * dayMs);
    expect(importer.state).toBe('PendingImport');
  });

  test('material that was deleted before does not expire, nor what came again without a date', () => {
    const importer = expiring(2);
    importer.delete();
    importer.import(octets(1));
    importer.engine.wait(3 * dayMs);
    expect(importer.state).toBe('Enabled');
  });

  test('comes to several materials at one instant, or to each at its own', () => {
    const importer = new Importer();
    const { engine, key } = importer;
    const start = engine.now;
    const until = (days: number) => ({ ValidTo: new Date(start + days * dayMs) });
    const blobs: Uint8Array[] = [];
    importer.import(octets(1), until(5));
    blobs.push(engine.encrypt(key.Arn, 'text 1'));
    for (const [number, days] of [
      [2, 5],
      [3, 8],
    ] as const) {
      importer.rotateTo(octets(number), until(days));
      blobs.push(engine.encrypt(key.Arn, `text ${number}`));
    }
    const here = () => importer.materials.map(({ ImportState }) => ImportState === 'IMPORTED');
    engine.wait(5 * dayMs);
    expect(here()).toEqual([false, false, true]);
    engine.wait(3 * dayMs);
    expect(here()).toEqual([false, false, false]);
    for (const number of [2, 3, 1]) {
      expect(importer.state).toBe('PendingImport');
      importer.import(octets(number));
    }
    expect(blobs.map((blob) => engine.decrypt(blob))).toEqual(['text 1', 'text 2', 'text 3']);
  });

  test('of material that awaits its rotation leaves the key as it is, and no trace', () => {
    const importer = new Importer();
    const { engine } = importer;
    importer.import(octets(1));
    const before = engine.everything();
    importer.import(octets(2), { ...isNew, ValidTo: new Date(engine.now + dayMs) });
    engine.wait(dayMs);
    engine.kms.advance();
    expect(engine.everything()).toBe(before);
    expect(importer.state).toBe('Enabled');
  });

  test('while a deletion is pending the state stays; cancelled, the key waits for its material', () => {
    const importer = expiring(1);
    const { engine, key } = importer;
    engine.call('ScheduleKeyDeletion', { KeyId: key.Arn });
    engine.wait(dayMs);
    expect(importer.state).toBe('PendingDeletion');
    expect(importer.materials[0]?.ImportState).toBe('PENDING_IMPORT');
    engine.call('CancelKeyDeletion', { KeyId: key.Arn });
    expect(importer.state).toBe('PendingImport');
    importer.import(octets(1));
    expect(importer.state).toBe('Enabled');
  });

  test('at the instant of the deletion of its key there is nothing left', () => {
    const importer = expiring(7);
    const { engine, key } = importer;
    engine.call('ScheduleKeyDeletion', { KeyId: key.Arn, PendingWindowInDays: 7 });
    engine.wait(7 * dayMs);
    expect(engine.refusal('DescribeKey', { KeyId: key.Arn }).code).toBe('NotFoundException');
    expect(engine.kms.state.records().keys).toEqual([]);
  });

  test('comes to a disabled key too', () => {
    const importer = expiring(1);
    importer.engine.call('DisableKey', { KeyId: importer.key.Arn });
    importer.engine.wait(dayMs);
    expect(importer.state).toBe('PendingImport');
  });

  test('comes to key pairs and HMAC keys', () => {
    const engine = new TestEngine();
    const importer = new Importer(engine, { KeySpec: 'HMAC_512', KeyUsage: 'GENERATE_VERIFY_MAC' });
    importer.import(octets(1, 64), { ValidTo: new Date(engine.now + dayMs) });
    engine.wait(dayMs);
    expect(importer.state).toBe('PendingImport');
    expect(importer.refusal(octets(2, 64)).code).toBe('IncorrectKeyMaterialException');
    importer.import(octets(1, 64));
    expect(importer.state).toBe('Enabled');
  });
});

describe('a snapshot', () => {
  test('from before the expiry expires when it is restored and its time comes', () => {
    const importer = expiring(1);
    const CiphertextBlob = importer.engine.encrypt(importer.key.Arn);
    const engine = new TestEngine({ snapshot: JSON.parse(JSON.stringify(importer.engine.snapshot())) });
    expect(engine.decrypt(CiphertextBlob)).toBe('secret');
    engine.wait(dayMs);
    expect(engine.keyState(importer.key.Arn)).toBe('PendingImport');
    importer.engine.wait(dayMs);
    engine.call('ImportKeyMaterial', importer.request(octets(1), {}, importer.parameters()));
    expect(engine.decrypt(CiphertextBlob)).toBe('secret');
  });

  test('from after it still knows whose the ciphertexts are', () => {
    const importer = expiring(1);
    const CiphertextBlob = importer.engine.encrypt(importer.key.Arn);
    importer.engine.wait(dayMs);
    importer.engine.kms.advance();
    const snapshot = importer.engine.snapshot();
    const engine = new TestEngine({ snapshot: JSON.parse(JSON.stringify(snapshot)) });
    expect(JSON.stringify(engine.snapshot())).toBe(JSON.stringify(snapshot));
    expect(engine.refusal('Decrypt', { CiphertextBlob }).message).toBe(`${importer.key.Arn} is pending import.`);
    const again = importer.import(octets(1));
    const request = importer.request(octets(1), { KeyMaterialId: again });
    engine.call('ImportKeyMaterial', request);
    expect(engine.decrypt(CiphertextBlob)).toBe('secret');
  });
});
