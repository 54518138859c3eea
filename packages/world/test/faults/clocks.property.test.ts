// Laws of the Regions' clocks: they never go back, and what they show is found again.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { ClockPlan } from '../../src/faults/fault-plan.ts';
import { simulatedWorld } from '../../src/world.ts';

const region = fc.constantFrom('a', 'b', 'c');
const clock: fc.Arbitrary<ClockPlan> = fc.record({
  region,
  skewMs: fc.integer({ min: -900_000, max: 900_000 }),
  driftFraction: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
});
const plans = fc.array(
  fc.record({
    clocks: fc.uniqueArray(clock, { selector: (one) => one.region, maxLength: 3 }),
    moves: fc.array(fc.integer({ min: 0, max: 2_000_000 }), { maxLength: 5 }),
  }),
  { maxLength: 5 },
);

test.prop([plans, fc.integer({ min: 0, max: 3_000_000 })])('whatever plan takes the place of another', (all, ahead) => {
  const world = simulatedWorld({ seed: 1, start: 1_000_000_000 });
  const last: Record<string, number> = {};
  const look = (): void => {
    for (const name of ['a', 'b', 'c']) {
      const now = world.clock.now();
      const reading = world.faults?.clocks?.read(name, now) ?? now;
      expect(reading).toBeGreaterThanOrEqual(last[name] ?? 0);
      last[name] = reading;
      const later = reading + ahead;
      const when = world.faults?.clocks?.when(name, later) ?? later;
      const shown = (instant: number) => world.faults?.clocks?.read(name, instant) ?? instant;
      expect(shown(when)).toBeGreaterThanOrEqual(later);
      if (when > now) expect(shown(when - 1)).toBeLessThan(later);
    }
  };
  for (const { clocks, moves } of all) {
    world.setFaults({ network: { clocks } });
    look();
    for (const move of moves) {
      world.clock.moveTo(world.clock.now() + move);
      look();
    }
  }
});
