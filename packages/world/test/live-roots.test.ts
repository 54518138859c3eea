// The secrets of live worlds.

import { expect, test } from 'vitest';
import { bringLiveRoot, liveRoot, newInstance } from '../src/live-roots.ts';
import { machineEntropy } from '../src/machine-entropy.ts';
import { liveWorld } from '../src/world.ts';

const keyOf = (world: ReturnType<typeof liveWorld>): string => Buffer.from(world.key('test')).toString('hex');

test('each live world has one of its own, which goes on with its position', () => {
  const [one, two] = [liveWorld(), liveWorld()];
  expect(keyOf(one)).not.toBe(keyOf(two));
  expect(keyOf(liveWorld({ position: one.position() }))).toBe(keyOf(one));
});

test('one that was brought along is that of the world from then on, and of no other', () => {
  const elsewhere = machineEntropy(32);
  const position = { instance: 'e1f0a3c2-0000-4000-8000-000000000000', now: 0, streams: {} };
  const here = keyOf(liveWorld({ position }));
  const brought = keyOf(liveWorld({ position, root: elsewhere }));
  expect(brought).not.toBe(here);
  // Opened once is not taken over.
  expect(keyOf(liveWorld({ position }))).toBe(here);
  expect(bringLiveRoot(position.instance, elsewhere)).toBe(true);
  elsewhere.fill(0);
  expect(keyOf(liveWorld({ position }))).toBe(brought);
  expect(liveRoot(position.instance)).not.toEqual(liveRoot('another'));
});

test('none takes the place of one that a world has', () => {
  const world = liveWorld();
  const { instance = '' } = world.position();
  const before = keyOf(world);
  expect(bringLiveRoot(instance, machineEntropy(32))).toBe(false);
  expect(keyOf(liveWorld({ position: world.position() }))).toBe(before);
  // What a snapshot of this process brings along to another one may come back.
  expect(bringLiveRoot(instance, liveRoot(instance))).toBe(true);
  expect(bringLiveRoot(instance, liveRoot(instance).subarray(1))).toBe(false);

  const foreign = 'e1f0a3c2-0000-4000-8000-000000000001';
  const first = machineEntropy(32);
  expect(bringLiveRoot(foreign, first)).toBe(true);
  expect(bringLiveRoot(foreign, machineEntropy(32))).toBe(false);
  expect(liveRoot(foreign)).toEqual(first);
});

test('an instance has the form of a UUID of version 4, and no two are the same', () => {
  const names = Array.from({ length: 50 }, newInstance);
  for (const name of names) expect(name).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(new Set(names.map((name) => name.slice(0, 18))).size).toBe(50);
  expect(new Set(names.map((name) => name.slice(18))).size).toBe(50);
});
