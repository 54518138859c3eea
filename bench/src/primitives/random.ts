// Random bytes: the seeded streams of a simulation, one for each request, against the machine's.

import { randomBytes } from 'node:crypto';
import { liveWorld, simulatedWorld } from '@kmsim/world';
import type { Work } from '../beside.ts';
import { seed } from '../keys.ts';

const lengths: readonly (readonly [length: number, shown: string])[] = [
  [28, '28 B'],
  [60, '60 B'],
  [1024, '1 KiB'],
];

export async function randomPrimitives(): Promise<readonly Work[]> {
  const seeded = simulatedWorld({ seed }).cursor('bench');
  const live = liveWorld().cursor('bench');
  return lengths.map(([length, shown]) => ({
    title: `Random bytes of a request, ${shown}`,
    raw: () => randomBytes(length),
    ways: {
      'seeded stream': () => seeded.take().draw(length),
      "stream of the machine's entropy": () => live.take().draw(length),
    },
  }));
}
