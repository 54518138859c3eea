// A world with a plan: it begins, it is replaced, it goes on from a position, it lets time pass.

import { expect, test, vi } from 'vitest';
import type { FaultPlan } from '../../src/faults/fault-plan.ts';
import { liveWorld, longestWait, simulatedWorld } from '../../src/world.ts';

const plan: FaultPlan = { network: { minDelayMs: 5 }, services: [{ raise: 'X' }] };

test.each([
  ['simulated', (faults?: FaultPlan) => simulatedWorld({ seed: 1, ...(faults && { faults }) })],
  ['live', (faults?: FaultPlan) => liveWorld(faults && { faults })],
] as const)('a %s world has the plan that it is given, then another, then none', (_, made) => {
  expect([made().faults, made({}).faults, made().position().faults]).toEqual([undefined, undefined, undefined]);
  const world = made(plan);
  expect(world.faults).toMatchObject({ plan, network: {}, services: {} });
  world.setFaults({ services: [{ raise: 'Y' }] });
  expect([world.faults?.network, world.faults?.plan]).toEqual([undefined, { services: [{ raise: 'Y' }] }]);
  world.setFaults({});
  expect(world.faults).toBeUndefined();
  expect(world.position().faults).toMatchObject({ plan: {}, number: 3 });
});

test('what becomes of the plan outside changes nothing', () => {
  const services = [{ raise: 'X' }];
  const world = simulatedWorld({ seed: 1, faults: { services } });
  services.push({ raise: 'Y' });
  expect(world.faults?.plan.services).toHaveLength(1);
});

test('a position has the plan and the instant it counts from; another plan takes its place', () => {
  const world = simulatedWorld({ seed: 1, start: 1_000, faults: plan });
  world.clock.moveTo(9_000);
  const position = JSON.parse(JSON.stringify(world.position()));
  expect(simulatedWorld({ seed: 0, position }).faults?.position).toEqual({ plan, start: 1_000, number: 1 });
  const other = simulatedWorld({ seed: 0, position, faults: { services: [{ raise: 'Y' }] } });
  expect(other.faults?.position).toMatchObject({ start: 9_000, number: 2 });
});

test('a simulated world spends time by moving its clock', () => {
  const world = simulatedWorld({ seed: 1, start: 1_000 });
  expect(world.spend(500)).toBeUndefined();
  expect(world.clock.now()).toBe(1_500);
});

test.each([false, true])('no time is spent beyond the end of the clock: running %j', (running) => {
  const end = Date.parse('9999-12-31T23:59:59.999Z');
  const world = simulatedWorld({ seed: 1, start: end - 3_600_000, running });
  world.spend(7_200_000);
  const now = world.clock.now();
  expect(now).toBeGreaterThanOrEqual(end);
  // A running clock goes on with the machine's.
  expect(now).toBeLessThan(end + 3_600_000);
  world.spend(7_200_000);
  expect(world.clock.now() - now).toBeLessThan(3_600_000);
});

test('in a live world somebody waits, and not for ever', async () => {
  vi.useFakeTimers();
  try {
    const waited: string[] = [];
    const waiting = [
      liveWorld()
        .spend(500)
        ?.then(() => waited.push('short')),
      liveWorld()
        .spend(10 * longestWait)
        ?.then(() => waited.push('long')),
    ];
    await vi.advanceTimersByTimeAsync(499);
    expect(waited).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(waited).toEqual(['short']);
    await vi.advanceTimersByTimeAsync(longestWait);
    await Promise.all(waiting);
    expect(waited).toEqual(['short', 'long']);
  } finally {
    vi.useRealTimers();
  }
});
