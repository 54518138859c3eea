// T17: quotas are exact. A token bucket lets a request pass exactly when no window that ends with it would hold more than burst and rate allow;
// that sentence, looked through window by window, is the other side of the comparison.

import fc from 'fast-check';
import { createKmsim, type Kmsim } from 'kmsim';
import { granted, newBucket, take } from '../../packages/quota/src/index.ts';
import { bursts, gaps } from '../../packages/quota/test/arrivals.ts';
import { assertProperty, eachSeed } from '../src/properties.ts';
import { type TrialContext, type TrialFigure, trial } from '../src/trial.ts';

const noon = Date.UTC(2026, 0, 1, 12);
const rates = fc.oneof(
  fc.constantFrom(0.1, 0.25, 0.5, 1, 5, 15, 50, 333.3),
  fc.double({ min: 0.01, max: 60, noNaN: true }),
);
const arrivals = fc.array(fc.record({ gap: gaps, cost: fc.constantFrom(1, 1, 1, 2) }), { minLength: 2, maxLength: 60 });

interface Passed {
  readonly at: number;
  readonly cost: number;
}

// Instants that differ by a billionth of a request are the same one.
const rounding = 1e-6;

/** How much more than it may the fullest window would hold that ends now. */
function excess(passed: readonly Passed[], { at, cost }: Passed, rate: number, burst: number): number {
  let sum = cost;
  let most = sum - burst;
  for (const { at: from, cost: more } of passed.toReversed()) {
    sum += more;
    most = Math.max(most, sum - burst - (rate * (at - from)) / 1000);
  }
  return most;
}

interface Counts {
  asked: number;
  passed: number;
  refused: number;
}

function buckets(context: TrialContext, runs: number, counts: Counts): Promise<number> {
  const property = fc.property(rates, bursts, arrivals, (rate, burst, sequence) => {
    const bucket = newBucket(rate, noon, burst);
    const passed: Passed[] = [];
    let clock = noon;
    let at = noon;
    for (const { cost, gap } of sequence) {
      clock += gap;
      at = Math.max(at, clock);
      const isIn = take(bucket, clock, cost) === granted;
      const over = excess(passed, { at, cost }, rate, burst);
      counts.asked += 1;
      counts[isIn ? 'passed' : 'refused'] += 1;
      if (isIn && over > rounding) throw new Error(`passed, and a window holds ${over} too much`);
      if (!isIn && over < -rounding) throw new Error(`refused, and every window has room for ${-over} more`);
      if (isIn) passed.push({ at, cost });
    }
  });
  return assertProperty(context, property, { runs, name: 'windows' });
}

/** Asked without end, as by a caller who never gives up. */
function longRun(): TrialFigure {
  const spans = [
    [0.1, 50_000_000, 1_000],
    [0.25, 20_000_000, 250],
    [0.3, 5_000_000, 1],
    [5, 1_000_000, 1],
    [15, 400_000, 1],
    [333.3, 20_000, 1],
    [1_000, 20_000, 0.25],
    [10_000, 2_000, 0.02],
  ] as const;
  const deviations = spans.map(([rate, span, step]) => {
    const bucket = newBucket(rate, noon);
    let admitted = 0;
    for (let at = 0; at < span; at += step) if (take(bucket, noon + at) === granted) admitted += 1;
    const expected = (rate * span) / 1000;
    // The burst comes once, on top; and one request may be on its way.
    return Math.max(0, Math.abs(admitted - bucket.burst - expected) - 1) / expected;
  });
  return {
    count: spans.length,
    of: 'rates admit more than 0.1 % beside themselves in the long run',
    failures: deviations.filter((deviation) => deviation > 0.001).length,
    note: `${(100 * Math.max(...deviations)).toFixed(3)} % at worst`,
  };
}

const quota = 'DescribeKey request rate';
const accounts = ['000000000000', '111122223333'] as const;
const roles = accounts.map((account) => `arn:aws:iam::${account}:role/App`);

async function sharedKey(rate: number): Promise<{ readonly sim: Kmsim; readonly KeyId: string }> {
  const sim = createKmsim({ seed: 'quota windows', quotas: { mode: 'enforce', set: { [quota]: rate } } });
  const everything = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } as const;
  for (const arn of roles) sim.identities.put({ arn, policies: { everything } });
  const AWS = accounts.map((account) => `arn:aws:iam::${account}:root`);
  const Policy = JSON.stringify({ Statement: { Effect: 'Allow', Principal: { AWS }, Action: 'kms:*', Resource: '*' } });
  const { KeyMetadata } = await sim.as().createKey({ Policy });
  return { sim, KeyId: KeyMetadata?.Arn ?? '' };
}

const calls = fc.array(
  fc.record({
    by: fc.nat(roles.length - 1),
    gap: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: 600 }) },
      { weight: 1, arbitrary: fc.constantFrom(10_000, 86_400_000) },
    ),
  }),
  { minLength: 2, maxLength: 40 },
);

/** Two accounts use one key through the whole engine: each pays for its own calls, exactly. */
function callerPays(context: TrialContext, runs: number, counts: Counts): Promise<number> {
  const property = fc.asyncProperty(fc.constantFrom(0.25, 0.5, 1, 2, 5, 7.5), calls, async (rate, sequence) => {
    const { KeyId, sim } = await sharedKey(rate);
    const passed: readonly Passed[][] = roles.map(() => []);
    for (const { by, gap } of sequence) {
      sim.clock.advance(gap);
      const at = sim.clock.now().getTime();
      const own = passed[by] ?? [];
      const isIn = await passes(sim, roles[by] ?? '', KeyId);
      const over = excess(own, { at, cost: 1 }, rate, Math.max(1, rate));
      counts.asked += 1;
      counts[isIn ? 'passed' : 'refused'] += 1;
      if (isIn ? over > rounding : over < -rounding)
        throw new Error(`${isIn ? 'passed' : 'refused'} with ${over} over`);
      if (isIn) own.push({ at, cost: 1 });
    }
    sim.close();
  });
  return assertProperty(context, property, { runs, name: 'caller-pays' });
}

async function passes(sim: Kmsim, role: string, KeyId: string): Promise<boolean> {
  try {
    await sim.as(role).describeKey({ KeyId });
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'ThrottlingException') return false;
    throw error;
  }
}

trial('T17', 'quotas, window by window', async (context) => {
  const counts: Counts = { asked: 0, passed: 0, refused: 0 };
  const engine: Counts = { asked: 0, passed: 0, refused: 0 };
  const sequences = await buckets(context, context.size(5_000, 1_000_000), counts);
  const through = await callerPays(context, context.size(300, 50_000), engine);
  const told = ({ asked, passed, refused }: Counts): string =>
    `${asked.toLocaleString('en-US')} requests, ${passed.toLocaleString('en-US')} passed, ${refused.toLocaleString('en-US')} refused`;
  const lone = await eachSeed(context, { runs: context.size(200, 20_000), name: 'lone' }, loneCaller);
  return [
    ...(sequences === 0
      ? []
      : [
          {
            count: sequences,
            of: 'arrival sequences decided otherwise than window by window',
            failures: 0,
            note: told(counts),
          },
        ]),
    ...(through === 0
      ? []
      : [
          {
            count: through,
            of: 'sequences of two accounts through the engine decided otherwise',
            failures: 0,
            note: told(engine),
          },
        ]),
    ...(lone === 0 ? [] : [{ count: lone, of: 'lone callers below their rate refused', failures: 0 }]),
    longRun(),
  ];
});

/** A rate from the seed; the caller keeps to it, or is slower. */
function loneCaller(seed: number): void {
  const rate = 0.01 + (seed % 6_007) / 100;
  const bucket = newBucket(rate, noon);
  let clock = noon;
  for (let at = 0; at < 300; at++) {
    if (take(bucket, clock) !== granted) throw new Error(`the ${at + 1}-th of ${rate} a second is refused`);
    clock += Math.ceil(1000 / rate) + ((seed * 31 + at * at) % 7);
  }
}
