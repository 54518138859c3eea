// Regions whose clocks are wrong: what a Region says and does goes by its own clock, and what passes between Regions by nobody's.

import { expect, test } from 'vitest';
import { dayMs } from './engine.ts';
import { east, inRegion, RelatedKeys, west } from './multi-region/world.ts';

const hourMs = 3_600_000;
const ahead = { network: { clocks: [{ region: west, skewMs: hourMs }] } };

function at(keys: RelatedKeys, date: Date | undefined): number {
  return (date?.getTime() ?? Number.NaN) - keys.engine.now;
}

function relatedKeys(): RelatedKeys {
  return new RelatedKeys();
}

test('a Region tells its own time', () => {
  const keys = relatedKeys().replicate(west);
  keys.engine.kms.setFaults(ahead);
  keys.engine.wait(1_000);
  const [here, there] = [east, west].map((region) => keys.engine.call('CreateKey', {}, inRegion(region)));
  expect(at(keys, here?.KeyMetadata?.CreationDate)).toBe(0);
  expect(at(keys, there?.KeyMetadata?.CreationDate)).toBe(hourMs);
});

test('a replica is dated by the clock of its own Region', () => {
  const keys = relatedKeys();
  keys.engine.kms.setFaults(ahead);
  const { ReplicaKeyMetadata } = keys.call(east, 'ReplicateKey', { ReplicaRegion: west });
  expect(at(keys, ReplicaKeyMetadata?.CreationDate)).toBe(hourMs);
});

test('a key is deleted when the clock of its Region says so', () => {
  const keys = relatedKeys().replicate(west);
  keys.engine.kms.setFaults(ahead);
  const { DeletionDate } = keys.call(west, 'ScheduleKeyDeletion', { PendingWindowInDays: 7 });
  expect(at(keys, DeletionDate)).toBe(7 * dayMs + hourMs);
  keys.wait(7 * dayMs - 1);
  expect(keys.describe(west).KeyState).toBe('PendingDeletion');
  keys.wait(1);
  expect(keys.record(west)).toBeUndefined();
});

test('a clock that is put right does not go back, and what was due is due when it shows that', () => {
  const keys = relatedKeys().replicate(west);
  keys.engine.kms.setFaults(ahead);
  keys.call(west, 'ScheduleKeyDeletion', { PendingWindowInDays: 7 });
  keys.engine.kms.setFaults({});
  const made = keys.engine.call('CreateKey', {}, inRegion(west));
  expect(at(keys, made.KeyMetadata?.CreationDate)).toBe(hourMs);
  keys.wait(7 * dayMs);
  expect(keys.describe(west).KeyState).toBe('PendingDeletion');
  keys.wait(hourMs - 1);
  expect(keys.describe(west).KeyState).toBe('PendingDeletion');
  keys.wait(1);
  expect(keys.record(west)).toBeUndefined();
});

test('a clock that jumps ahead makes due what it passes', () => {
  const keys = relatedKeys().replicate(west);
  keys.call(west, 'ScheduleKeyDeletion', { PendingWindowInDays: 7 });
  keys.wait(7 * dayMs - hourMs);
  keys.engine.kms.setFaults(ahead);
  keys.wait(0);
  expect(keys.record(west)).toBeUndefined();
});

test('messages take as long as without: a clock behind loses nothing', () => {
  const keys = relatedKeys();
  const network = { ...ahead.network, clocks: [{ region: east, skewMs: -hourMs, driftFraction: -0.1 }] };
  keys.engine.kms.setFaults({ network });
  keys.replicate(west);
  expect(keys.describe(west).KeyState).toBe('Enabled');
  keys.call(east, 'RotateKeyOnDemand');
  keys.wait(2 * hourMs);
  expect(keys.record(west)?.currentMaterial).toBe(keys.record(east)?.currentMaterial);
  expect(keys.record(west)?.materials.length).toBe(2);
});

test('a rotation ends under a new primary whose clock is behind that of the old one', () => {
  const keys = relatedKeys().replicate(west);
  keys.engine.kms.setFaults({ network: { clocks: [{ region: east, skewMs: 10 * hourMs }] } });
  keys.call(east, 'RotateKeyOnDemand');
  keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west });
  keys.settle();
  const [here, there] = [keys.record(east), keys.record(west)];
  expect(there?.rotating).toBeUndefined();
  expect(there?.materials.length).toBe(2);
  expect(here?.currentMaterial).toBe(there?.currentMaterial);
});

test('rotation keeps to the clock of the primary, through a snapshot, too', () => {
  const keys = relatedKeys();
  keys.engine.kms.setFaults({ network: { clocks: [{ region: east, driftFraction: 0.5 }] } });
  keys.call(east, 'EnableKeyRotation', { RotationPeriodInDays: 90 });
  keys.wait(59 * dayMs);
  expect(keys.record(east)?.materials.length).toBe(1);
  const again = keys.restored();
  for (const one of [keys, again]) {
    one.wait(dayMs);
    expect(one.record(east)?.materials.length).toBe(2);
    one.wait(60 * dayMs);
    expect(one.record(east)?.materials.length).toBe(3);
  }
});
