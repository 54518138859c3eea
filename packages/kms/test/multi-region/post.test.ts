// The post between Regions over networks that lose, repeat, delay and divide.

import { describe, expect, test } from 'vitest';
import type { Network } from '../../src/multi-region/network.ts';
import { durations } from '../../src/tables/durations.ts';
import { dayMs, TestEngine } from '../engine.ts';
import { east, ireland, RelatedKeys, settledMs, west } from './world.ts';

function over(network: Network): RelatedKeys {
  return new RelatedKeys({}, new TestEngine({ network }));
}

describe('a message that is lost', () => {
  test('is sent again until it arrives', () => {
    let lost = 3;
    const keys = over((_from, _to, at) => (lost-- > 0 ? [] : [at + 10]));
    keys.call(east, 'ReplicateKey', { ReplicaRegion: west });
    keys.wait(durations.firstRetryMs * (1 + 2 + 4) - 1);
    expect(keys.state(west)).toBe('Creating');
    keys.wait(1_000);
    expect(keys.state(west)).toBe('Enabled');
    expect(keys.engine.snapshot().state).toMatchObject({ deliveries: [], letters: [] });
  });

  test('costs an attempt every few minutes, however long the network is down', () => {
    let sent = 0;
    const keys = over(() => {
      sent += 1;
      return [];
    });
    keys.call(east, 'ReplicateKey', { ReplicaRegion: west });
    keys.wait(dayMs);
    expect(sent).toBeGreaterThan(dayMs / durations.longestRetryMs - 1);
    expect(sent).toBeLessThan(dayMs / durations.longestRetryMs + 10);
  });

  test('is sent at once when the network says that it works again', () => {
    let isDown = true;
    const keys = over((_from, _to, at) => (isDown ? [] : [at + 10]));
    keys.call(east, 'ReplicateKey', { ReplicaRegion: west });
    keys.wait(dayMs);
    isDown = false;
    keys.engine.kms.resend();
    keys.wait(20);
    expect(keys.state(west)).toBe('Enabled');
  });
});

test('a message that comes often, late and in disorder is taken once', () => {
  let turn = 0;
  // Every second one is overtaken by those behind it; all come three times.
  const keys = over((_from, _to, at) => [0, 1, 2].map((copy) => at + (turn++ % 2 === 0 ? 9_000 : 100) + 400 * copy));
  keys.replicate(west, ireland);
  for (let rotation = 0; rotation < 3; rotation++) {
    keys.call(east, 'RotateKeyOnDemand');
    keys.wait(60_000);
  }
  expect(keys.materials(east)).toHaveLength(4);
  for (const region of [west, ireland]) expect(keys.materials(region)).toEqual(keys.materials(east));
});

test('nothing arrives before it was sent', () => {
  const keys = over((_from, _to, at) => [at - 1_000]);
  const { now } = keys.engine;
  keys.call(east, 'ReplicateKey', { ReplicaRegion: west });
  expect(keys.engine.snapshot().state.deliveries.map(([, { dueAt }]) => dueAt)).toEqual([now]);
});

describe('a Region that is cut off', () => {
  const partition = () => {
    let cut: string | undefined;
    const network: Network = (from, to, at) => (from === cut || to === cut ? [] : [at + 100]);
    const keys = over(network).replicate(west, ireland);
    return { keys, cutOff: (region: string | undefined) => (cut = region) };
  };

  test('keeps serving its keys, and holds up the rotation', () => {
    const { cutOff, keys } = partition();
    cutOff(west);
    keys.call(east, 'RotateKeyOnDemand');
    keys.wait(dayMs);
    const blob = keys.encrypt(west);
    for (const region of [east, west, ireland]) {
      keys.decrypt(region, blob);
      expect(keys.materials(region)).toHaveLength(1);
    }
    expect(keys.refusal(east, 'RotateKeyOnDemand').code).toBe('ConflictException');
    cutOff(undefined);
    keys.engine.kms.resend();
    keys.settle();
    for (const region of [east, west, ireland]) expect(keys.materials(region)).toHaveLength(2);
  });

  test('as the old primary: the role is on its way until the network works', () => {
    const { cutOff, keys } = partition();
    cutOff(east);
    keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west });
    keys.wait(dayMs);
    expect(keys.states(east, west, ireland)).toEqual(['Updating', 'Updating', 'Enabled']);
    // Nobody has it meanwhile.
    for (const region of [east, west, ireland]) keys.refusal(region, 'ReplicateKey', { ReplicaRegion: 'eu-west-2' });
    keys.decrypt(east, keys.encrypt(west));
    cutOff(undefined);
    keys.engine.kms.resend();
    keys.settle();
    expect(keys.states(east, west, ireland)).toEqual(['Enabled', 'Enabled', 'Enabled']);
    keys.call(west, 'ReplicateKey', { ReplicaRegion: 'eu-west-2' });
  });

  test('loses its replica, which the primary learns later', () => {
    const { cutOff, keys } = partition();
    keys.call(west, 'ScheduleKeyDeletion', { PendingWindowInDays: 7 });
    cutOff(west);
    keys.wait(8 * dayMs);
    expect(keys.refusal(west, 'DescribeKey').code).toBe('NotFoundException');
    expect(keys.refusal(east, 'ReplicateKey', { ReplicaRegion: west }).code).toBe('AlreadyExistsException');
    keys.call(east, 'ScheduleKeyDeletion');
    cutOff(undefined);
    keys.engine.kms.resend();
    keys.settle();
    expect(keys.describe(east).MultiRegionConfiguration?.ReplicaKeys).toMatchObject([{ Region: ireland }]);
    expect(keys.engine.snapshot().state.letters).toEqual([]);
  });
});

test('a message takes its time, straight and once, when nobody says otherwise', () => {
  const { kms } = new TestEngine();
  expect(kms.network(east, west, 5)).toEqual([5 + durations.deliveryMs]);
  expect(durations.deliveryMs).toBeLessThan(settledMs / 3);
});
