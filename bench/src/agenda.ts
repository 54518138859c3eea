// A year that passes: what the clock costs is what is due, not how many keys there are nor how many steps it takes.

import { createKmsim, type Kmsim } from 'kmsim';
import { cpuMilliseconds } from './cpu-time.ts';
import { seed } from './keys.ts';
import { thousands } from './report.ts';
import { figure } from './statistics.ts';
import type { Row, Suite } from './suite.ts';

interface Year {
  readonly keys: number;
  readonly rotating: number;
  readonly periodDays: number;
  /** In so many steps the clock is moved. */
  readonly steps: number;
}

export const agenda: Suite = {
  name: 'agenda',
  about: 'The clock is moved ahead by a year, among keys of which some rotate on their own.',
  nodeFlags: [],
  run: async ({ createCounts, rounds }) => {
    const most = Math.min(createCounts.at(-1) ?? 0, 100_000);
    const keys = most / 10;
    const years: readonly Year[] = [
      { keys, rotating: keys, periodDays: 365, steps: 1 },
      { keys, rotating: keys, periodDays: 365, steps: 365 },
      { keys, rotating: keys, periodDays: 90, steps: 1 },
      { keys, rotating: 100, periodDays: 365, steps: 1 },
      { keys: most, rotating: 100, periodDays: 365, steps: 1 },
      { keys: most, rotating: 0, periodDays: 365, steps: 365 },
    ];
    const rows: Row[] = [];
    for (const year of years) rows.push(await rowFor(year, Math.min(rounds, 5)));
    return [{ title: 'A year of automatic rotation', rows }];
  },
};

async function rowFor(year: Year, rounds: number): Promise<Row> {
  const { keys, periodDays, rotating, steps } = year;
  const sim = await crowd(year);
  const start = sim.mark();
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    sim.rewind(start);
    samples.push(await cpuMilliseconds(() => pass(sim, steps)));
  }
  const effects = rotating * Math.floor(365 / periodDays);
  const each = samples.map((milliseconds) => (milliseconds * 1e6) / effects);
  return {
    name: `${thousands(String(keys))} keys, ${thousands(String(rotating))} rotate every ${periodDays} days, in ${steps === 1 ? 'one step' : `${steps} steps`}`,
    figures: {
      'CPU for the year': figure(
        's',
        samples.map((milliseconds) => milliseconds / 1e3),
      ),
      ...(effects > 0 && { 'CPU a rotation': figure('ns', each) }),
    },
  };
}

async function crowd({ keys, periodDays, rotating }: Year): Promise<Kmsim> {
  const sim = createKmsim({ seed });
  const kms = sim.as();
  for (let n = 0; n < keys; n++) {
    const { KeyMetadata } = await kms.createKey({});
    if (n < rotating)
      await kms.enableKeyRotation({ KeyId: KeyMetadata?.KeyId ?? '', RotationPeriodInDays: periodDays });
  }
  return sim;
}

function pass(sim: Kmsim, steps: number): void {
  for (let step = 0; step < steps; step++) sim.clock.advance((365 * 86_400_000) / steps);
}
