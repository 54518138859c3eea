// The law of request quotas through the corridor: whoever calls, for whose key, with whatever jumps of the clock, no window lets more pass
// than burst and rate; and a run that goes on from a snapshot, or is played again from its trace, refuses the same requests.

import { fc, test } from '@fast-check/vitest';
import { chooseBackend } from '@kmsim/hsm-core';
import { simulatedWorld, Trace } from '@kmsim/world';
import { expect } from 'vitest';
import { KmsError } from '../src/api/errors.ts';
import { createKms, type Kms } from '../src/kms.ts';
import { Visit } from '../src/operation.ts';
import { restoreSnapshot, takeSnapshot } from '../src/state/snapshot.ts';
import { replayTrace } from '../src/trace/replay-trace.ts';
import { admin, caller, delegatingTo, everything, ours, policyText, stranger, theirs } from './engine.ts';

const backend = chooseBackend() ?? expect.fail('no backend');
const quota = 'DescribeKey request rate';
const wide = { quota: 'CreateKey request rate', limit: 1e6 };
const callers = [admin, stranger, caller(`arn:aws:iam::${theirs}:role/App`)] as const;

const rates = fc.oneof(fc.constantFrom(0.25, 0.5, 1, 5), fc.double({ min: 0.05, max: 20, noNaN: true }));
const arrivals = fc.array(
  fc.record({
    by: fc.nat(callers.length - 1),
    ms: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: 500 }) },
      { weight: 1, arbitrary: fc.constantFrom(10_000, 365 * 86_400_000) },
    ),
  }),
  { minLength: 1, maxLength: 40 },
);
type Arrival = typeof arrivals extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

interface Run {
  readonly kms: Kms;
  readonly KeyId: string;
}

function begin(rate: number, trace?: Trace): Run {
  const kms = createKms({ world: simulatedWorld({ seed: 'quotas' }), backend, ...(trace && { trace }) });
  for (const { principal } of callers)
    kms.identities.put({ arn: principal.arn, policies: [{ name: 'all', text: policyText(everything) }] });
  kms.setQuotas({ mode: 'enforce', limits: [wide, { quota, limit: rate }] });
  const created = kms.dispatch(new Visit('CreateKey', { Policy: delegatingTo(ours, theirs) }, 'direct', admin));
  return { kms, KeyId: (created as { KeyMetadata: { Arn: string } }).KeyMetadata.Arn };
}

/** Whether it was let pass. */
function describeKey({ kms, KeyId }: Run, by: number): boolean {
  try {
    kms.dispatch(new Visit('DescribeKey', { KeyId }, 'direct', callers[by] ?? admin));
    return true;
  } catch (error) {
    if (error instanceof KmsError && error.code === 'ThrottlingException') return false;
    throw error;
  }
}

function play(run: Run, sequence: readonly Arrival[]): readonly boolean[] {
  return sequence.map(({ by, ms }) => {
    run.kms.moveClock(run.kms.world.clock.now() + ms);
    return describeKey(run, by);
  });
}

test.prop([rates, arrivals], { numRuns: 300 })(
  'no window lets an account pass more often than burst and rate',
  (rate, sequence) => {
    const run = begin(rate);
    const passed = new Map<string, number[]>();
    for (const one of sequence) {
      const [isIn] = play(run, [one]);
      const account = callers[one.by]?.principal.account ?? '';
      if (isIn) passed.set(account, [...(passed.get(account) ?? []), run.kms.world.clock.now()]);
    }
    for (const instants of passed.values())
      for (const [from, first] of instants.entries())
        for (let to = from; to < instants.length; to++) {
          const allowed = Math.max(1, rate) + (rate * ((instants[to] ?? 0) - first)) / 1000;
          expect(to - from + 1).toBeLessThanOrEqual(allowed + 1e-6);
        }
  },
);

test.prop([rates, arrivals, arrivals], { numRuns: 50 })(
  'a snapshot between two requests changes nothing, through JSON and in another engine',
  (rate, before, after) => {
    const straight = begin(rate);
    play(straight, before);
    const snapshot = JSON.parse(JSON.stringify(takeSnapshot(straight.kms))) as ReturnType<typeof takeSnapshot>;
    const kms = createKms({ world: simulatedWorld({ seed: '', position: snapshot.world }), backend });
    expect(restoreSnapshot(kms, snapshot)).toBeUndefined();
    expect(play({ kms, KeyId: straight.KeyId }, after)).toEqual(play(straight, after));
    expect(takeSnapshot(kms)).toEqual(takeSnapshot(straight.kms));
  },
);

test.prop([rates, arrivals], { numRuns: 25 })('a trace plays again with the same refusals', async (rate, sequence) => {
  const trace = new Trace({ keepLines: true, inputs: true });
  const run = begin(rate, trace);
  play(run, sequence);
  run.kms.setQuotas({ mode: 'meter', limits: [] });
  play(run, sequence);
  run.kms.setQuotas({ mode: 'enforce', limits: [{ quota, limit: rate / 2 }] });
  play(run, sequence);
  expect(await replayTrace(trace.text(), backend)).toMatchObject({ sha256: trace.sha256(), difference: undefined });
});
