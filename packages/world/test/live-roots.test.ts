// The secrets of live worlds.

import { expect, test } from 'vitest';
import { bringLiveRoot, liveRoot } from '../src/live-roots.ts';
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
  bringLiveRoot(position.instance, elsewhere);
  elsewhere.fill(0);
  expect(keyOf(liveWorld({ position }))).toBe(brought);
  expect(liveRoot(position.instance)).not.toEqual(liveRoot('another'));
});
