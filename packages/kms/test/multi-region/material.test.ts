// Related keys share an entry of the vault: material that one Region lost is not used there, and stays for the others.

import { beforeAll, describe, expect, test } from 'vitest';
import { dayMs, utf8 } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { east, RelatedKeys, settledMs, west } from './world.ts';

beforeAll(() => librariesLoaded());

function imported(): { keys: RelatedKeys; id: string; blob: Uint8Array } {
  const keys = new RelatedKeys({ Origin: 'EXTERNAL' });
  const id = keys.import(east, '1') ?? '';
  keys.replicate(west);
  keys.import(west, '1');
  return { keys, id, blob: keys.encrypt(west) };
}

describe('imported material', () => {
  test('deleted in one Region is gone there, and stays in the other', () => {
    const { blob, id, keys } = imported();
    for (const [lost, left] of [
      [west, east],
      [east, west],
    ] as const) {
      keys.call(lost, 'DeleteImportedKeyMaterial');
      expect(keys.states(lost, left)).toEqual(['PendingImport', 'Enabled']);
      expect(keys.refusal(lost, 'Decrypt', { CiphertextBlob: blob }).message).toBe(
        `${keys.arn(lost)} is pending import.`,
      );
      expect(keys.decrypt(left, blob).KeyId).toBe(keys.arn(left));
      keys.import(lost, '1');
      keys.decrypt(lost, blob);
    }
    keys.call(west, 'DeleteImportedKeyMaterial');
    expect(keys.engine.kms.vault.has(id)).toBe(true);
    keys.call(east, 'DeleteImportedKeyMaterial');
    expect(keys.engine.kms.vault.has(id)).toBe(false);
    expect(keys.import(west, '1')).toBe(id);
    expect(keys.states(east, west)).toEqual(['PendingImport', 'Enabled']);
    keys.decrypt(west, blob);
  });

  test('expires Region by Region', () => {
    const { blob, keys } = imported();
    const ValidTo = new Date(keys.engine.now + dayMs);
    keys.import(west, '1', { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo });
    expect(keys.describe(west).ValidTo).toEqual(ValidTo);
    expect(keys.describe(east).ValidTo).toBeUndefined();
    keys.wait(dayMs);
    expect(keys.states(east, west)).toEqual(['Enabled', 'PendingImport']);
    keys.decrypt(east, blob);
  });

  test('that expires while the role changes hands is not used, and the role arrives', () => {
    const { keys } = imported();
    const ValidTo = new Date(keys.engine.now + 200);
    keys.import(west, '1', { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo });
    keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west });
    keys.wait(200);
    expect(keys.state(west)).toBe('Updating');
    expect(keys.refusal(west, 'Encrypt', { Plaintext: utf8('x') }).message).toBe(
      `${keys.arn(west)} is pending import.`,
    );
    keys.decrypt(east, keys.encrypt(east));
    keys.settle();
    expect(keys.states(east, west)).toEqual(['Enabled', 'PendingImport']);
    expect(keys.describe(west).MultiRegionConfiguration?.MultiRegionKeyType).toBe('PRIMARY');
  });

  test('stays while one of the keys has it, and may come again while one of them knows it', () => {
    const { blob, id, keys } = imported();
    keys.call(east, 'DeleteImportedKeyMaterial');
    keys.call(west, 'ScheduleKeyDeletion', { PendingWindowInDays: 7 });
    keys.wait(7 * dayMs + settledMs);
    expect(keys.engine.kms.vault.has(id)).toBe(false);
    keys.import(east, '1');
    keys.decrypt(east, blob);
    keys.call(east, 'ScheduleKeyDeletion', { PendingWindowInDays: 7 });
    keys.wait(7 * dayMs + settledMs);
    expect(keys.engine.kms.vault.find(blob)).toBe('foreign');
  });

  test('of a MAC key is not used in a Region that lost it', () => {
    const keys = new RelatedKeys({ Origin: 'EXTERNAL', KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    keys.import(east, '1');
    keys.replicate(west);
    const ask = { Message: utf8('m'), MacAlgorithm: 'HMAC_SHA_256' } as const;
    const { Mac } = keys.call(east, 'GenerateMac', ask);
    expect(keys.refusal(west, 'GenerateMac', ask).message).toBe(`${keys.arn(west)} is pending import.`);
    keys.import(west, '1');
    expect(keys.call(west, 'GenerateMac', ask).Mac).toEqual(Mac);
    keys.call(east, 'DeleteImportedKeyMaterial', {});
    expect(keys.states(east, west)).toEqual(['PendingImport', 'Enabled']);
  });
});

test('material that KMS made stays until the last related key is deleted', () => {
  const keys = new RelatedKeys().replicate(west);
  const blob = keys.encrypt(east);
  keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west });
  keys.settle();
  for (const region of [east, west]) {
    keys.decrypt(region, blob);
    keys.call(region, 'ScheduleKeyDeletion', { PendingWindowInDays: 7 });
    keys.wait(7 * dayMs + settledMs);
    expect(keys.record(region)).toBeUndefined();
  }
  expect(keys.engine.kms.vault.find(blob)).toBe('foreign');
});
