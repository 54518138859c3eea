// A clock never goes back, whatever its machine does and however it is moved.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { type Clock, runningClock, virtualClock } from '../src/clock.ts';

const instant = fc.integer({ min: 0, max: 4_102_444_800_000 });
const step = fc.record({ kind: fc.constantFrom('machine', 'move', 'read'), to: instant });

test.prop([instant, fc.array(step, { maxLength: 40 })])(
  'answers never decrease, and a move is obeyed',
  (start, steps) => {
    let machine = start;
    const clocks: Clock[] = [virtualClock(start), runningClock(() => machine)];
    const last = clocks.map((clock) => clock.now());
    for (const { kind, to } of steps) {
      if (kind === 'machine') machine = to;
      clocks.forEach((clock, at) => {
        const before = clock.now();
        if (kind === 'move') clock.moveTo(to);
        const now = clock.now();
        expect(before).toBeGreaterThanOrEqual(last[at] ?? 0);
        if (kind === 'move') expect(now).toBe(Math.max(before, to));
        last[at] = now;
      });
    }
  },
);
