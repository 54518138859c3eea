// What related keys tell each other: rotation, imported material, the end of replicas.

import { properties } from '@kmsim/multi-region';
import { beforeAll, describe, expect, test } from 'vitest';
import { dayMs, utf8 } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { east, inRegion, ireland, RelatedKeys, settledMs, west } from './world.ts';

beforeAll(() => librariesLoaded());

describe('what is shared', () => {
  test('the setting of automatic rotation', () => {
    const keys = new RelatedKeys().replicate(west);
    keys.call(east, 'EnableKeyRotation', { RotationPeriodInDays: 100 });
    keys.settle();
    const status = keys.call(east, 'GetKeyRotationStatus');
    expect(status).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 100 });
    expect(keys.call(west, 'GetKeyRotationStatus')).toEqual({ ...status, KeyId: keys.arn(west) });
    keys.call(east, 'DisableKeyRotation');
    keys.settle();
    expect(keys.call(west, 'GetKeyRotationStatus').KeyRotationEnabled).toBe(false);
  });

  test.each(['EnableKeyRotation', 'DisableKeyRotation', 'RotateKeyOnDemand'] as const)(
    '%s is for the primary only',
    (operation) => {
      const keys = new RelatedKeys().replicate(west);
      expect(keys.refusal(west, operation)).toEqual({
        code: 'UnsupportedOperationException',
        message: `${keys.arn(west)} is not a multi-region primary key.`,
      });
    },
  );

  test('the number of on-demand rotations counts on after a promotion', () => {
    const keys = new RelatedKeys().replicate(west);
    for (let turn = 0; turn < 24; turn++) {
      keys.call(east, 'RotateKeyOnDemand');
      keys.settle();
    }
    keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west });
    keys.settle();
    keys.call(west, 'RotateKeyOnDemand');
    keys.settle();
    expect(keys.refusal(west, 'RotateKeyOnDemand').code).toBe('LimitExceededException');
  });
});

describe('what is not', () => {
  test('policy, tags, aliases, description, enabled or not, deletion and last use', () => {
    const keys = new RelatedKeys().replicate(west);
    const before = keys.record(west);
    keys.call(east, 'UpdateKeyDescription', { Description: 'east' });
    keys.call(east, 'TagResource', { Tags: [{ TagKey: 'a', TagValue: '1' }] });
    keys.engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: keys.id }, inRegion(east));
    const { Policy = '' } = keys.call(east, 'GetKeyPolicy');
    keys.call(east, 'PutKeyPolicy', { Policy: `${Policy} ` });
    keys.encrypt(east);
    keys.call(east, 'DisableKey');
    keys.call(east, 'ScheduleKeyDeletion');
    keys.settle();
    expect(keys.record(west)).toEqual(before);
    expect(keys.engine.call('ListAliases', {}, inRegion(west)).Aliases).toEqual([]);
    expect(keys.call(west, 'GetKeyLastUsage').KeyLastUsage).toEqual({});
    expect(keys.state(west)).toBe('Enabled');
    keys.call(west, 'DisableKey');
    keys.settle();
    expect(keys.states(east, west)).toEqual(['PendingReplicaDeletion', 'Disabled']);
  });

  test('the table says of each property what the keys do', () => {
    const keys = new RelatedKeys();
    keys.wait(dayMs);
    keys.replicate(west);
    keys.call(east, 'EnableKeyRotation', { RotationPeriodInDays: 100 });
    keys.call(east, 'UpdateKeyDescription', { Description: 'east' });
    keys.call(west, 'TagResource', { Tags: [{ TagKey: 'a', TagValue: '1' }] });
    keys.call(west, 'PutKeyPolicy', { Policy: `${keys.call(west, 'GetKeyPolicy').Policy} ` });
    keys.call(west, 'DisableKey');
    keys.call(west, 'ScheduleKeyDeletion');
    keys.settle();
    const [primary, replica] = [keys.record(east), keys.record(west)];
    if (primary === undefined || replica === undefined) return expect.fail('no keys');
    const of = (key: typeof primary): Partial<Record<keyof typeof properties, unknown>> => ({
      keyId: key.id,
      keyMaterial: [key.materials, key.currentMaterial],
      keyMaterialOrigin: key.origin,
      keySpec: key.spec,
      keyUsage: key.usage,
      automaticRotation: key.rotation,
      primaryAndReplicas: [key.replicas?.primary, key.replicas?.replicas],
      keyPolicy: key.policy,
      tags: key.tags,
      description: key.description,
      enabled: key.enabled,
      creationDate: key.createdAt,
      deletion: key.deletion,
    });
    const [here, there] = [of(primary), of(replica)];
    for (const name of Object.keys(here) as (keyof typeof here)[]) {
      const isSame = JSON.stringify(here[name]) === JSON.stringify(there[name]);
      expect([name, isSame]).toEqual([name, properties[name] !== 'independent']);
    }
  });
});

describe('new material', () => {
  test('is used nowhere before every Region has it, then everywhere', () => {
    const keys = new RelatedKeys().replicate(west, ireland);
    const [first] = keys.materials(east)[0] ?? [];
    keys.call(east, 'RotateKeyOnDemand');
    const seen = new Set<string>();
    for (let step = 0; step < 50; step++) {
      const used = [east, west, ireland].map((region) => keys.describe(region).CurrentKeyMaterialId);
      const opened = [east, west, ireland].flatMap((region) => {
        const blob = keys.encrypt(region);
        return [east, west, ireland].map((there) => keys.decrypt(there, blob).KeyMaterialId);
      });
      expect(new Set(opened)).toEqual(new Set(used));
      seen.add(used.map((id) => (id === first ? 'old' : 'new')).join(' '));
      keys.wait(100);
    }
    expect([...seen]).toEqual(['old old old', 'new old old', 'new new new']);
    expect(keys.materials(west)).toEqual(keys.materials(east));
  });

  test('of an automatic rotation comes to all Regions too', () => {
    const keys = new RelatedKeys().replicate(west);
    keys.call(east, 'EnableKeyRotation', { RotationPeriodInDays: 90 });
    keys.wait(90 * dayMs);
    expect(keys.materials(east)).toHaveLength(1);
    expect(keys.call(east, 'GetKeyRotationStatus').OnDemandRotationStartDate).toBeUndefined();
    expect(keys.refusal(east, 'RotateKeyOnDemand').code).toBe('ConflictException');
    keys.settle();
    expect(keys.materials(east)).toHaveLength(2);
    expect(keys.materials(west)).toEqual(keys.materials(east));
    keys.wait(90 * dayMs + settledMs);
    expect(keys.materials(west)).toHaveLength(3);
    expect(keys.call(west, 'ListKeyRotations').Rotations).toMatchObject([
      { RotationType: 'AUTOMATIC', KeyMaterialState: 'NON_CURRENT' },
      { RotationType: 'AUTOMATIC', KeyMaterialState: 'CURRENT' },
    ]);
  });

  test('comes to a key that is enabled after its date', () => {
    const keys = new RelatedKeys().replicate(west);
    keys.call(east, 'EnableKeyRotation', { RotationPeriodInDays: 90 });
    keys.call(east, 'DisableKey');
    keys.wait(100 * dayMs);
    expect(keys.materials(east)).toHaveLength(1);
    keys.call(east, 'EnableKey');
    keys.settle();
    expect(keys.materials(west)).toHaveLength(2);
  });
});

describe('new imported material', () => {
  const NEW = { ImportType: 'NEW_KEY_MATERIAL' } as const;

  test('waits for every Region, then for its rotation', () => {
    const keys = new RelatedKeys({ Origin: 'EXTERNAL' });
    const one = keys.import(east, '1');
    keys.replicate(west);
    keys.import(west, '1');
    const old = keys.encrypt(west);
    const two = keys.import(east, '2', NEW);
    keys.settle();
    const waiting = [
      [one, 'CURRENT'],
      [two, 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION'],
    ];
    expect(keys.materials(east)).toEqual(waiting);
    expect(keys.materials(west)).toEqual(waiting);
    expect(keys.refusal(east, 'RotateKeyOnDemand')).toEqual({
      code: 'KMSInvalidStateException',
      message: `No available key material pending rotation for the key: ${keys.arn(east)}.`,
    });
    expect(keys.states(east, west)).toEqual(['Enabled', 'Enabled']);
    expect(keys.import(west, '2')).toBe(two);
    keys.settle();
    const ready = [
      [one, 'CURRENT'],
      [two, 'PENDING_ROTATION'],
    ];
    expect(keys.materials(east)).toEqual(ready);
    expect(keys.materials(west)).toEqual(ready);
    keys.call(east, 'RotateKeyOnDemand');
    keys.settle();
    const rotated = [
      [one, 'NON_CURRENT'],
      [two, 'CURRENT'],
    ];
    expect(keys.materials(east)).toEqual(rotated);
    expect(keys.materials(west)).toEqual(rotated);
    expect(keys.states(east, west)).toEqual(['Enabled', 'Enabled']);
    expect(keys.decrypt(east, keys.encrypt(west)).KeyMaterialId).toBe(two);
    expect(keys.decrypt(east, old).KeyMaterialId).toBe(one);
  });

  test('is not taken by a replica first, and other material is not taken at all', () => {
    const keys = new RelatedKeys({ Origin: 'EXTERNAL' });
    keys.import(east, '1');
    keys.replicate(west);
    keys.import(west, '1');
    const wrapped = keys.wrapped(west, '2');
    expect(keys.refusal(west, 'ImportKeyMaterial', { ...wrapped, ...NEW })).toEqual({
      code: 'UnsupportedOperationException',
      message: `${keys.arn(west)} is not a multi-region primary key.`,
    });
    expect(keys.refusal(west, 'ImportKeyMaterial', wrapped).code).toBe('IncorrectKeyMaterialException');
  });

  test('deleted at a replica is missing there, deleted at the primary is forgotten everywhere', () => {
    const keys = new RelatedKeys({ Origin: 'EXTERNAL' });
    keys.import(east, '1');
    keys.replicate(west);
    keys.import(west, '1');
    const two = keys.import(east, '2', NEW) ?? '';
    keys.settle();
    keys.import(west, '2');
    keys.settle();
    keys.call(west, 'DeleteImportedKeyMaterial', { KeyMaterialId: two });
    keys.settle();
    expect(keys.materials(east)[1]?.[1]).toBe('PENDING_MULTI_REGION_IMPORT_AND_ROTATION');
    expect(keys.states(east, west)).toEqual(['Enabled', 'Enabled']);
    keys.import(west, '2');
    keys.settle();
    expect(keys.materials(east)[1]?.[1]).toBe('PENDING_ROTATION');
    keys.call(east, 'DeleteImportedKeyMaterial', { KeyMaterialId: two });
    keys.settle();
    expect(keys.materials(east)).toHaveLength(1);
    expect(keys.materials(west)).toHaveLength(1);
    expect(keys.engine.kms.vault.has(two)).toBe(false);
  });
});

describe('a primary that is to be deleted', () => {
  test('waits for the end of its replicas, then for its window', () => {
    const keys = new RelatedKeys().replicate(west, ireland);
    expect(keys.call(east, 'ScheduleKeyDeletion', { PendingWindowInDays: 8 })).toEqual({
      KeyId: keys.arn(east),
      KeyState: 'PendingReplicaDeletion',
      PendingWindowInDays: 8,
    });
    const { DeletionDate, PendingDeletionWindowInDays } = keys.describe(east);
    expect([DeletionDate, PendingDeletionWindowInDays]).toEqual([undefined, 8]);
    expect(keys.refusal(east, 'Encrypt', { Plaintext: utf8('x') }).message).toBe(
      `${keys.arn(east)} is pending replica deletion.`,
    );
    keys.wait(400 * dayMs);
    expect(keys.states(east, west, ireland)).toEqual(['PendingReplicaDeletion', 'Enabled', 'Enabled']);
    const blob = keys.encrypt(west);
    keys.call(west, 'ScheduleKeyDeletion', { PendingWindowInDays: 7 });
    keys.call(ireland, 'ScheduleKeyDeletion', { PendingWindowInDays: 10 });
    keys.wait(7 * dayMs + settledMs);
    expect(keys.states(east, ireland)).toEqual(['PendingReplicaDeletion', 'PendingDeletion']);
    expect(keys.engine.kms.vault.find(blob)).toMatchObject({ keyId: keys.id });
    keys.wait(3 * dayMs);
    const begun = keys.describe(east);
    expect(begun).toMatchObject({ KeyState: 'PendingDeletion' });
    expect(begun.PendingDeletionWindowInDays).toBeUndefined();
    const ends = begun.DeletionDate?.getTime() ?? 0;
    expect(ends - keys.engine.now).toBeGreaterThan(8 * dayMs - 2 * settledMs);
    keys.wait(8 * dayMs + settledMs);
    expect(keys.record(east)).toBeUndefined();
    // The last related key takes the material with it.
    expect(keys.engine.kms.vault.find(blob)).toBe('foreign');
    expect(keys.engine.snapshot().state).toMatchObject({ deliveries: [], letters: [] });
  });

  test('can be called back at any time, and is disabled then', () => {
    const keys = new RelatedKeys().replicate(west);
    keys.call(east, 'ScheduleKeyDeletion');
    keys.wait(100 * dayMs);
    keys.call(east, 'CancelKeyDeletion');
    expect(keys.state(east)).toBe('Disabled');
    expect(keys.describe(east).PendingDeletionWindowInDays).toBeUndefined();
    keys.call(east, 'EnableKey');
    keys.decrypt(east, keys.encrypt(west));
  });

  test('a replica is deleted without its primary', () => {
    const keys = new RelatedKeys().replicate(west);
    keys.call(west, 'ScheduleKeyDeletion', { PendingWindowInDays: 7 });
    expect(keys.states(east, west)).toEqual(['Enabled', 'PendingDeletion']);
    keys.wait(7 * dayMs + settledMs);
    expect(keys.record(west)).toBeUndefined();
    expect(keys.state(east)).toBe('Enabled');
  });
});
