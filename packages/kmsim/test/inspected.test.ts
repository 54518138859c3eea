// What console.log shows.

import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createKmsim } from '../src/index.ts';

test('a clock shows where it stands, and whether it runs', () => {
  const { clock } = createKmsim({ seed: 1 });
  clock.advance('1 day');
  expect(inspect(clock)).toBe('SimClock { now: 2026-01-02T00:00:00.000Z, running: false }');
  expect(inspect(createKmsim().clock)).toContain('running: true');
  expect(Object.keys(clock)).toEqual([]);
});

test('an explanation shows its reasons', async () => {
  const sim = createKmsim({ seed: 1 });
  const explanation = sim.explain({ operation: 'ListKeys' });
  expect(inspect(explanation)).toBe(String(explanation));
  expect(inspect({ explanation })).toContain('Allow: allowed');
});
