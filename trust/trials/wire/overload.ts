// A server asked for more than it can do: how it is measured, and what is demanded of it.

import type { TrialFigure } from '../../src/trial.ts';
import type { Stopped } from './load.ts';
import { type Program, percentile, type ServerReady } from './program.ts';
import { exchange } from './socket.ts';

const leastGoodput = 0.9;
export const mostRecovery = 2000;

export interface Measured extends Stopped {
  readonly seconds: number;
  readonly perSecond: number;
  /** Good answers for a second of the server's own CPU time, whatever else the machine does. */
  readonly perCpuSecond: number;
}

/** What is wrong of itself, and what may be the machine's doing. */
export interface Verdict {
  readonly count: number;
  readonly of: string;
  readonly wrong: number;
  readonly late: number;
  readonly note: string;
}

export async function measure(
  server: Program<ServerReady>,
  client: Program<object>,
  connections: number,
  milliseconds: number,
): Promise<Measured> {
  await client.ask('start', { connections });
  const [cpu, began] = [await server.ask<number>('cpu'), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const stopped = await client.ask<Stopped>('stop');
  const [used, seconds] = [(await server.ask<number>('cpu')) - cpu, (performance.now() - began) / 1000];
  return { ...stopped, seconds, perSecond: stopped.good / seconds, perCpuSecond: stopped.good / used };
}

const median = (values: readonly number[]): number => percentile(values, 0.5);

/** A tenth of what it can do: whoever asks as fast as it answers asks for ten times the quota. */
export function tenthOf(peaks: readonly Measured[]): number {
  return Math.max(10, Math.floor(median(peaks.map(({ perSecond }) => perSecond)) / 10));
}

export function goodput(peaks: readonly Measured[], overloads: readonly Measured[]): Verdict {
  // Each overload with the peak before it: what else the machine does changes from one minute to the next.
  const middle = (of: (one: Measured) => number): number =>
    median(overloads.map((one, at) => of(one) / of(peaks[at] ?? one)));
  const byCpu = middle((one) => one.perCpuSecond);
  const byClock = middle((one) => one.perSecond);
  const perSecond = median(peaks.map((one) => one.perSecond));
  return {
    count: overloads.reduce((sum, { good }) => sum + good, 0),
    of: `answers at ten times the load, or goodput under ${leastGoodput} of peak`,
    wrong: overloads.reduce((sum, { broken, other }) => sum + broken + other, 0),
    late: Number(!(Math.max(byCpu, byClock) >= leastGoodput)),
    note: `goodput ${byCpu.toFixed(2)} of peak by CPU time, ${byClock.toFixed(2)} by the clock, ${Math.round(perSecond)} a second`,
  };
}

export function throttling(
  { good, other, perSecond, seconds, throttled, took }: Measured,
  rate: number,
  peaks: readonly Measured[],
): Verdict {
  const slowest = percentile(took.throttled, 0.99);
  const usual = median(peaks.map(({ took: { good: times } }) => percentile(times, 0.99)));
  const isQuick = slowest <= 50 || slowest <= 2 * usual;
  // A bucket that was full lets a second's worth through beside the rate.
  const isOver = good > rate * (seconds + 2);
  return {
    count: Math.max(throttled, 1),
    of: 'refusals of what was over the quota slow or wrong, or the quota not used',
    wrong: other + Number(isOver),
    // A machine that was busy has not asked for ten times the quota.
    late: Number(!isQuick) + Number(good < leastGoodput * rate * seconds) + Number(throttled < good),
    note: `quota ${rate} a second, ${perSecond.toFixed(0)} served, refused in ${slowest.toFixed(1)} ms at p99`,
  };
}

export function recovered(times: readonly number[]): Verdict {
  return {
    count: times.length,
    of: `ends of an overload not got over within ${mostRecovery / 1000} s`,
    wrong: 0,
    late: times.filter((time) => !(time <= mostRecovery)).length,
    note: `${Math.round(Math.max(...times))} ms at most`,
  };
}

/** How long until somebody new is answered. */
export async function recovery(port: number): Promise<number> {
  const began = performance.now();
  const bytes = Buffer.from('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n');
  for (;;) {
    const { answers } = await exchange(port, bytes, { answers: 1, limit: 3 * mostRecovery });
    if (answers[0]?.status === 200 || performance.now() - began > 3 * mostRecovery) return performance.now() - began;
  }
}

/**
 * The figures of what was measured. Where something was late it is measured once more, for twice as long: a machine that was busy with something
 * else is not late again, a server is. What is wrong is wrong, however often it is measured.
 */
export async function settled(attempt: (patience: 1 | 2) => Promise<readonly Verdict[]>): Promise<TrialFigure[]> {
  const first = await attempt(1);
  const second = first.some(({ late }) => late > 0) ? await attempt(2) : undefined;
  return first.map((before, at) => {
    const { count, late, note, of, wrong } = second?.[at] ?? before;
    const twice = second === undefined ? {} : { note: `${note}; measured again, at first: ${before.note}` };
    const failures = late + (second === undefined ? wrong : wrong + before.wrong);
    return { count, of, failures, note, ...twice };
  });
}
