// A simulation that finds nothing proves nothing: bugs that are planted in an engine are found, each invariant finds one, and few commands show it.

import { afterAll, describe, expect, test } from 'vitest';
import { invariants } from '../../src/simulation/invariants/index.ts';
import { questions } from '../../src/simulation/invariants/questions.ts';
import type { Violation } from '../../src/simulation/run.ts';
import { shorten } from '../../src/simulation/shorten.ts';
import { type Outcome, type SimulationOptions, simulateSchedule, simulateSeed } from '../../src/simulation/simulate.ts';
import { plantedBugs } from './planted-bugs.ts';

const regions = ['us-east-1', 'us-west-2', 'eu-west-1'];
const seeds = 300;

async function firstFailure(
  options: () => SimulationOptions,
): Promise<(Outcome & { violation: Violation }) | undefined> {
  for (let seed = 1; seed <= seeds; seed++) {
    const outcome = await simulateSeed(String(seed), options());
    if (outcome.violation !== undefined) return { ...outcome, violation: outcome.violation };
  }
  return undefined;
}

const told = new Set<string>();

describe.each(Object.entries(plantedBugs))('%s', (_name, { plant, tells }) => {
  const options = (): SimulationOptions => ({ regions, operations: 200, plant: plant() });

  test(`is found within ${seeds} seeds, and in few commands`, { timeout: 120_000 }, async () => {
    const found = await firstFailure(options);
    expect(tells).toContain(found?.violation.invariant);
    if (found === undefined) return;
    const { schedule, seed, violation } = found;
    told.add(violation.invariant);
    const fails = async (one: typeof schedule) => (await simulateSchedule(seed, one, options())).violation;
    const short = await shorten(schedule, violation, { most: 150, fails });
    expect(short.commands.length).toBeLessThan(schedule.commands.length / 4);
    expect((await fails(short))?.invariant).toBe(violation.invariant);
  });
});

afterAll(() => {
  const all = [...invariants, ...questions].map(({ name }) => name);
  expect([...told].sort()).toEqual([...all, 'converges', 'nothing is lost'].sort());
});
