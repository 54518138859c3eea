// The method: the alternatives take turns in one process, batch by batch, so that whatever else the machine does meets them all.

import { cpuMilliseconds } from './cpu-time.ts';
import { nth } from './keys.ts';
import { beginComparison, endRound } from './progress.ts';
import { figure, single } from './statistics.ts';
import type { Effort, Figure, Row } from './suite.ts';

/** One way to do the work. */
export interface Alternative {
  readonly name: string;
  /** Does it so many times. */
  readonly run: (times: number) => void | Promise<void>;
  /** Makes ready for doing it so many times, which is not measured. */
  readonly before?: (times: number) => void | Promise<void>;
  /** In one batch, where making ready takes long or what is made stays. */
  readonly most?: number;
}

/** What one alternative took: nanoseconds for one time, by round. */
export interface Timing {
  readonly name: string;
  readonly rounds: readonly number[];
}

/** For a suite of many alternatives: less time for each. */
export function briefer(effort: Effort): Effort {
  const { batchMs, rounds, warmUpMs } = effort;
  return { ...effort, rounds: Math.ceil(rounds / 2), batchMs: batchMs / 2, warmUpMs: warmUpMs / 2 };
}

/** Milliseconds that work takes. */
export type Clock = (work: () => unknown) => Promise<number>;

/** `clock`: milliseconds that work takes; of CPU time, where the work is done in this process. */
export async function interleave(
  alternatives: readonly Alternative[],
  effort: Effort,
  clock: Clock = cpuMilliseconds,
): Promise<readonly Timing[]> {
  beginComparison();
  const batches: { readonly alternative: Alternative; readonly times: number; readonly rounds: number[] }[] = [];
  for (const alternative of alternatives) {
    const once = await warmUp(alternative, effort.warmUpMs, clock);
    const { most = Number.POSITIVE_INFINITY } = alternative;
    const times = Math.min(most, Math.max(1, Math.round(effort.batchMs / once)));
    batches.push({ alternative, times, rounds: [] });
  }
  for (let round = 0; round < effort.rounds; round++) {
    // Whoever comes next pays for the garbage of the one before: everybody comes after everybody.
    for (let turn = 0; turn < batches.length; turn++) {
      const { alternative, rounds, times } = nth(batches, round + turn);
      await alternative.before?.(times);
      rounds.push((await clock(() => alternative.run(times))) * (1e6 / times));
    }
    endRound(round + 1, effort.rounds);
  }
  return batches.map(({ alternative: { name }, rounds }) => ({ name, rounds }));
}

/** Runs until the compiler is done with it; milliseconds for one time. By the same clock: on a busy machine that of the wall would end it early. */
async function warmUp({ before, most, run }: Alternative, budget: number, clock: Clock): Promise<number> {
  let spent = 0;
  for (let times = 1; ; times = Math.min(2 * times, most ?? Number.POSITIVE_INFINITY)) {
    let took = 0;
    spent += await clock(async () => {
      await before?.(times);
      took = await clock(() => run(times));
    });
    // What is too short for this clock is no time of zero.
    if (spent >= budget) return Math.max(took, 1e-3) / times;
  }
}

/** Rows of a table. With a floor, each round is compared with the floor's batch of the same round. `measure`: what the clock counted. */
export function rowsOf(timings: readonly Timing[], floor?: string, measure = 'CPU a call'): readonly Row[] {
  const under = timings.find(({ name }) => name === floor);
  return timings.map(({ name, rounds }) => ({
    name,
    figures: {
      [measure]: figure('ns', rounds),
      'calls a second': throughput(rounds),
      ...(under !== undefined && { 'times the floor': ratio(rounds, under.rounds) }),
    },
  }));
}

function throughput(rounds: readonly number[]): Figure {
  return single('per second', 1e9 / figure('ns', rounds).median);
}

/** Each round against the floor's of the same round. */
export function ratio(rounds: readonly number[], floor: readonly number[]): Figure {
  if (rounds === floor) return single('ratio', 1);
  return figure(
    'ratio',
    rounds.map((time, round) => time / (floor[round] ?? Number.NaN)),
  );
}
