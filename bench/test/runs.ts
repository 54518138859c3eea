// Runs for tests to compare and to draw.

import { type Alternative, interleave, rowsOf } from '../src/interleave.ts';
import type { Run } from '../src/saved-run.ts';
import type { Effort, Figure, Table } from '../src/suite.ts';

const machine: Run['machine'] = {
  date: '2026-01-02',
  cpu: 'a processor',
  cores: 2,
  memoryGiB: 24,
  platform: 'linux x64',
  node: '20.20.2',
  v8: '11.3',
  openssl: '3.0',
};

export function runOf(tables: readonly Table[], over: Partial<Run['suites'][number]> = {}): Run {
  return { machine, version: '0.1.0', suites: [{ name: 'suite', about: 'What it is.', tables, ...over }] };
}

export function ns(median: number, p25: number = median, p75: number = median): Figure {
  return { unit: 'ns', median, p25, p75 };
}

export function oneTable(figures: Readonly<Record<string, Figure>>): readonly Table[] {
  return [{ title: 'table', rows: [{ name: 'row', figures }] }];
}

const briefest: Effort = {
  rounds: 8,
  batchMs: 0.2,
  warmUpMs: 0.5,
} as Effort;

/** A run of the real method by a clock that counts work, and not time: the same on every machine. */
export async function countedRun(unitsOf: Readonly<Record<string, number>>): Promise<Run> {
  let done = 0;
  const alternatives = Object.entries(unitsOf).map(
    ([name, units]): Alternative => ({
      name,
      run: (times) => {
        for (let n = 0; n < times; n++) done += units;
      },
    }),
  );
  const clock = async (work: () => unknown): Promise<number> => {
    const before = done;
    await work();
    return (done - before) / 1e6;
  };
  const [floor] = Object.keys(unitsOf);
  return runOf([{ title: 'Work', rows: rowsOf(await interleave(alternatives, briefest, clock), floor) }]);
}
