// T16: ten times what a server can do, and ten times what a quota lets through. It goes on doing what it can, and is itself again at once.

import { type TrialFigure, trial } from '../src/trial.ts';
import { type Asks, loadClient, type Stopped } from './wire/load.ts';
import { type Program, percentile, program, type ServerReady } from './wire/program.ts';
import { slowClients } from './wire/slow.ts';
import { exchange } from './wire/socket.ts';

const sustainable = 12;
const tenfold = 10 * sustainable;
const leastGoodput = 0.9;
const mostRecovery = 2000;
const quota = 'Cryptographic operations (symmetric) request rate';

trial('T16', 'ten times too much', async (context) => {
  await using server = await program<ServerReady>('./server.mjs', {
    seed: 'overload',
    clock: 'running',
    quotas: 'off',
  });
  const {
    blob,
    keys: [KeyId],
    port,
  } = server.ready;
  const asks: Asks = [
    ['Encrypt', { KeyId, Plaintext: 'c2VjcmV0' }],
    ['Decrypt', { CiphertextBlob: blob }],
    ['GenerateDataKey', { KeyId, KeySpec: 'AES_256' }],
  ];
  await using client = await loadClient(server.ready, asks);
  const milliseconds = context.size(1_000, 15_000);
  const rounds = context.size(6, 16);
  await measure(server, client, sustainable, milliseconds);
  const slow = slowClients(port, 200, 200);
  const peaks: Measured[] = [];
  const overloads: Measured[] = [];
  const recoveries: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // In turn, so that what else the machine does is the same for both.
    peaks.push(await measure(server, client, sustainable, milliseconds));
    overloads.push(await measure(server, client, tenfold, milliseconds));
    recoveries.push(await recovery(port));
    context.progress(round, rounds + 1);
  }
  // A tenth of what it can do: whoever asks as fast as it answers asks for ten times the quota.
  const rate = Math.max(
    10,
    Math.floor(
      percentile(
        peaks.map(({ perSecond }) => perSecond),
        0.5,
      ) / 10,
    ),
  );
  await server.ask('quotas', { mode: 'enforce', set: { [quota]: rate } });
  const refused = await measure(server, client, sustainable, 3 * milliseconds);
  recoveries.push(await recovery(port));
  await slow.ended;
  if (server.ended() !== undefined) throw new Error(server.ended());
  const wrong = [...peaks, ...overloads, refused].flatMap(({ samples }) => samples);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return [goodput(peaks, overloads), throttling(refused, rate, peaks), recovered(recoveries)];
});

interface Measured extends Stopped {
  readonly seconds: number;
  readonly perSecond: number;
  /** Good answers for a second of the server's own CPU time, whatever else the machine does. */
  readonly perCpuSecond: number;
}

async function measure(
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

function goodput(peaks: readonly Measured[], overloads: readonly Measured[]): TrialFigure {
  // Each overload with the peak before it: what else the machine does changes from one minute to the next.
  const middle = (of: (one: Measured) => number): number =>
    percentile(
      overloads.map((one, at) => of(one) / of(peaks[at] ?? one)),
      0.5,
    );
  const byCpu = middle((one) => one.perCpuSecond);
  const byClock = middle((one) => one.perSecond);
  const perSecond = percentile(
    peaks.map((one) => one.perSecond),
    0.5,
  );
  return {
    count: overloads.reduce((sum, { good }) => sum + good, 0),
    of: `answers at ten times the load, or goodput under ${leastGoodput} of peak`,
    failures:
      overloads.reduce((sum, { broken, other }) => sum + broken + other, 0) +
      Number(!(Math.max(byCpu, byClock) >= leastGoodput)),
    note: `goodput ${byCpu.toFixed(2)} of peak by CPU time, ${byClock.toFixed(2)} by the clock, ${Math.round(perSecond)} a second`,
  };
}

function throttling(
  { good, other, perSecond, seconds, throttled, took }: Measured,
  rate: number,
  peaks: readonly Measured[],
): TrialFigure {
  // A bucket that was full lets a second's worth through beside the rate.
  const isExact = good >= leastGoodput * rate * seconds && good <= rate * (seconds + 2);
  const slowest = percentile(took.throttled, 0.99);
  const usual = percentile(
    peaks.map(({ took: { good: times } }) => percentile(times, 0.99)),
    0.5,
  );
  const isQuick = slowest <= 50 || slowest <= 2 * usual;
  return {
    count: throttled,
    of: 'refusals of what was over the quota slow or wrong, or the quota not used',
    failures: other + Number(!isExact) + Number(!isQuick) + Number(throttled < good),
    note: `quota ${rate} a second, ${perSecond.toFixed(0)} served, refused in ${slowest.toFixed(1)} ms at p99`,
  };
}

function recovered(times: readonly number[]): TrialFigure {
  return {
    count: times.length,
    of: `ends of an overload not got over within ${mostRecovery / 1000} s`,
    failures: times.filter((time) => time > mostRecovery).length,
    note: `${Math.round(Math.max(...times))} ms at most`,
  };
}

/** How long until somebody new is answered. */
async function recovery(port: number): Promise<number> {
  const began = performance.now();
  const bytes = Buffer.from('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n');
  for (;;) {
    const { answers } = await exchange(port, bytes, { answers: 1, limit: 3 * mostRecovery });
    if (answers[0]?.status === 200 || performance.now() - began > 3 * mostRecovery) return performance.now() - began;
  }
}
