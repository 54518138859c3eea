// The laws of token buckets, by brute force over every window of random arrivals.

import { fc, test } from '@fast-check/vitest';
import { expect, test as plain } from 'vitest';
import { type Bucket, granted, newBucket, retryAfterMs, take } from '../src/index.ts';
import { bursts, gaps } from './arrivals.ts';

const noon = Date.UTC(2026, 0, 1, 12);

// Rates as quotas have them, and any other fraction.
const rates = fc.oneof(fc.constantFrom(0.1, 0.25, 0.5, 1, 5, 15, 50), fc.double({ min: 0.01, max: 60, noNaN: true }));
const payers = ['111122223333', '444455556666', '777788889999'] as const;
const arrivals = fc.array(
  fc.record({ gap: gaps, payer: fc.constantFrom(...payers), cost: fc.constantFrom(1, 1, 1, 2) }),
  { minLength: 2, maxLength: 60 },
);

interface Admitted {
  readonly at: number;
  readonly cost: number;
}

/** Lets them all in or not, each on its payer's bucket; what was admitted, by payer. Where the clock goes back, a payer's time stands still. */
function run(rate: number, burst: number, sequence: readonly { gap: number; payer: string; cost: number }[]) {
  const buckets = new Map<string, Bucket>(payers.map((payer) => [payer, newBucket(rate, noon, burst)]));
  const admitted = new Map<string, Admitted[]>(payers.map((payer) => [payer, []]));
  const latest = new Map<string, number>();
  let clock = noon;
  for (const { cost, gap, payer } of sequence) {
    clock += gap;
    const at = Math.max(latest.get(payer) ?? noon, clock);
    latest.set(payer, at);
    const bucket = buckets.get(payer) as Bucket;
    if (take(bucket, clock, cost) === granted) admitted.get(payer)?.push({ at, cost });
  }
  return admitted;
}

test.prop([rates, bursts, arrivals], { numRuns: 5_000 })(
  'no window admits more than the burst and what the rate gives in it',
  (rate, burst, sequence) => {
    for (const passed of run(rate, burst, sequence).values()) {
      for (let from = 0; from < passed.length; from++) {
        let sum = 0;
        for (let to = from; to < passed.length; to++) {
          const { at, cost } = passed[to] as Admitted;
          sum += cost;
          const allowed = burst + (rate * (at - (passed[from] as Admitted).at)) / 1000;
          if (sum > allowed + 1e-6) throw new Error(`${sum} from ${from} to ${to}, and ${allowed} are allowed`);
        }
      }
    }
  },
);

test.prop([rates, bursts, arrivals], { numRuns: 1_000 })(
  'a payer meets the same whoever else pays',
  (rate, burst, sequence) => {
    // A clock that goes back would stand elsewhere without the others.
    const ahead = sequence.map((one) => ({ ...one, gap: Math.max(0, one.gap) }));
    const together = run(rate, burst, ahead);
    for (const payer of payers) {
      let waited = 0;
      const alone: typeof ahead = [];
      for (const one of ahead) {
        waited += one.gap;
        if (one.payer !== payer) continue;
        alone.push({ ...one, gap: waited });
        waited = 0;
      }
      expect(run(rate, burst, alone).get(payer)).toEqual(together.get(payer));
    }
  },
);

test.prop([rates, bursts, fc.array(fc.double({ min: 0, max: 5_000, noNaN: true }), { maxLength: 200 })])(
  'a lone caller at or below its rate is never refused',
  (rate, burst, extra) => {
    const bucket = newBucket(rate, noon, burst);
    let clock = noon;
    for (const more of extra) {
      expect(take(bucket, clock)).toBe(granted);
      clock += Math.ceil(1000 / rate + more);
    }
  },
);

test.prop([rates, bursts, arrivals])(
  'who waits as long as told passes, and not a millisecond sooner',
  (rate, burst, sequence) => {
    const bucket = newBucket(rate, noon, burst);
    let clock = noon;
    for (const { gap } of sequence) {
      clock = Math.max(clock, clock + gap);
      const wait = take(bucket, clock);
      if (wait === granted) continue;
      expect(retryAfterMs(bucket, clock + wait - 1)).toBeGreaterThan(granted);
      clock += wait;
      expect(take(bucket, clock)).toBe(granted);
    }
  },
);

// Asked at every millisecond (a tenth of it where the rate is higher), as by a caller who never gives up.
plain.each([
  [0.1, 50_000_000, 1_000],
  [0.25, 20_000_000, 250],
  [5, 1_000_000, 1],
  [15, 400_000, 1],
  [333.3, 20_000, 1],
  [1_000, 20_000, 0.25],
  [10_000, 2_000, 0.02],
])('in the long run %f a second are admitted, within 0.1 %%', (rate, span, step) => {
  const burst = Math.max(1, rate);
  const bucket = newBucket(rate, noon, burst);
  let admitted = 0;
  for (let at = 0; at < span; at += step) if (take(bucket, noon + at) === granted) admitted += 1;
  const expected = (rate * span) / 1000;
  // The burst comes once, on top.
  expect(admitted - burst).toBeGreaterThan(expected * 0.999 - 1);
  expect(admitted - burst).toBeLessThan(expected * 1.001 + 1);
});
