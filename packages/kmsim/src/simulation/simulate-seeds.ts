// `kmsim simulate`: seed after seed until one fails.

import { writeFileSync } from 'node:fs';
import { machineNow } from '@kmsim/world';
import { added, closingLine, closingText, type Failure, noTotals, progressLine, seedLine } from './report.ts';
import { shorten } from './shorten.ts';
import { type Outcome, type SimulationOptions, simulateSchedule, simulateSeed } from './simulate.ts';

export interface SimulateFlags {
  readonly seeds: readonly string[];
  /** How many Regions. */
  readonly regions: number;
  readonly operations: number;
  readonly json: boolean;
  /** A file for the trace of the last seed: of the one that fails. */
  readonly trace?: string | undefined;
}

export interface SimulateIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
}

/** Of one partition. */
export const simulatedRegions: readonly string[] = [
  'us-east-1',
  'us-west-2',
  'eu-west-1',
  'ap-northeast-1',
  'sa-east-1',
];

/** Runs at most to shorten a schedule. */
const mostRuns = 400;

/** The exit code: 0 where every invariant held, else 1. */
export async function simulateSeeds(
  flags: SimulateFlags,
  { stderr, stdout }: SimulateIo,
  plant?: SimulationOptions['plant'],
): Promise<0 | 1> {
  const { json, operations, seeds, trace } = flags;
  const regions = simulatedRegions.slice(0, flags.regions);
  const options: SimulationOptions = { regions, operations, plant, keepLines: trace !== undefined };
  const began = machineNow();
  let totals = noTotals;
  let failure: Failure | undefined;
  for (const seed of seeds) {
    const outcome = await simulateSeed(seed, options);
    totals = added(totals, outcome);
    if (json) stdout.write(`${seedLine(outcome)}\n`);
    // The line is written over.
    if (stderr.isTTY === true) stderr.write(`\r\u001b[K${progressLine(totals, seeds.length)}`);
    const isLast = outcome.violation !== undefined || seed === seeds.at(-1);
    if (trace !== undefined && isLast) writeFileSync(trace, outcome.trace.text(), { mode: 0o600 });
    if (outcome.violation === undefined) continue;
    failure = await failureOf(outcome, flags, options);
    break;
  }
  if (stderr.isTTY === true) stderr.write('\r\u001b[K');
  const elapsedMs = machineNow() - began;
  if (json) stdout.write(`${closingLine(totals, failure, elapsedMs)}\n`);
  else stdout.write(`${closingText(totals, failure, elapsedMs).join('\n')}\n`);
  return failure === undefined ? 0 : 1;
}

async function failureOf(
  { schedule, seed, violation }: Outcome,
  { operations, regions }: SimulateFlags,
  options: SimulationOptions,
): Promise<Failure | undefined> {
  if (violation === undefined) return undefined;
  const fails = async (shorter: typeof schedule) =>
    (await simulateSchedule(seed, shorter, { ...options, keepLines: false })).violation;
  return {
    seed,
    violation,
    reproduce: `kmsim simulate --seed ${seed} --regions ${regions} --operations ${operations}`,
    commands: schedule.commands.length,
    shortened: await shorten(schedule, violation, { most: mostRuns, fails }),
  };
}
