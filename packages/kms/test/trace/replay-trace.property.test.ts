// Whatever goes into a simulation, and in whatever order: its trace plays again to the same lines, records and events, also on the other backend;
// and each call has one event.

import { fc, test } from '@fast-check/vitest';
import { chooseBackend } from '@kmsim/hsm-core';
import { drawFaultPlan, type FaultPlan, simulatedWorld, Trace } from '@kmsim/world';
import { expect } from 'vitest';
import type { CloudTrailRecord } from '../../src/audit/record.ts';
import { Trail } from '../../src/audit/trail.ts';
import { isOutcome } from '../../src/faults/strike.ts';
import { createKms, type Kms } from '../../src/kms.ts';
import { Visit } from '../../src/operation.ts';
import { isOperationName } from '../../src/operation-names.ts';
import { takeSnapshot } from '../../src/state/snapshot.ts';
import { replayTrace } from '../../src/trace/replay-trace.ts';
import { abroad, admin, administratorOf, everything, home, ours, policyText, stranger, theirs } from '../engine.ts';

const minute = 60_000;
const alias = fc.constantFrom('alias/x', 'alias/y', 'alias/aws/s3');
const bytes = fc.uint8Array({ maxLength: 40 });
const key = fc.nat(5);
const made: readonly (readonly [string, object])[] = [
  ['CreateKey', {}],
  ['CreateKey', { MultiRegion: true, Tags: [{ TagKey: 'a', TagValue: 'b' }] }],
  ['CreateKey', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }],
  ['CreateKey', { Policy: policyText({ ...everything, Principal: '*' }) }],
  ['GenerateRandom', { NumberOfBytes: 16 }],
  ['ListKeys', {}],
];
const onKey: readonly (readonly [string, object])[] = [
  ['ReplicateKey', { ReplicaRegion: abroad }],
  ['UpdatePrimaryRegion', { PrimaryRegion: abroad }],
  ['EnableKeyRotation', { RotationPeriodInDays: 90 }],
  ['RotateKeyOnDemand', {}],
  ['ScheduleKeyDeletion', { PendingWindowInDays: 7 }],
  ['CancelKeyDeletion', {}],
  ['PutKeyPolicy', { Policy: policyText({ ...everything, Principal: { AWS: administratorOf(ours) } }) }],
  ['TagResource', { Tags: [{ TagKey: 'b', TagValue: 'c' }] }],
  ['CreateGrant', { GranteePrincipal: administratorOf(theirs), Operations: ['Encrypt', 'DescribeKey'], Name: 'n' }],
  ['ListGrants', {}],
  ['DescribeKey', {}],
  ['GenerateDataKey', { KeySpec: 'AES_128', EncryptionContext: { b: '1', a: '2' } }],
  ['GetKeyLastUsage', {}],
];

const step = fc.oneof(
  fc.record({ do: fc.constant('make' as const), which: fc.nat(made.length - 1) }),
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('use' as const), which: fc.nat(onKey.length - 1), key, far: fc.boolean() }),
  },
  fc.record({ do: fc.constant('encrypt' as const), key, Plaintext: bytes }),
  fc.record({ do: fc.constant('alias' as const), key, alias }),
  fc.record({ do: fc.constant('nonsense' as const), input: fc.anything({ withDate: true, withMap: true }) }),
  fc.record({
    do: fc.constantFrom('wait' as const, 'drift' as const),
    ms: fc.constantFrom(1, 1_000, minute, 100 * 1_440 * minute),
  }),
  fc.record({ do: fc.constant('plan' as const), seed: fc.nat(1_000) }),
  fc.record({ do: fc.constant('put' as const), may: fc.boolean() }),
  fc.record({ do: fc.constant('resend' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const faults = ['AnswerLost', 'ConnectionReset', 'KMSInternalException', 'ThrottlingException'];

function drawn(seed: number): FaultPlan {
  const stream = simulatedWorld({ seed }).cursor('plan').take();
  return drawFaultPlan(stream, { regions: [home, abroad], faults, slow: [] });
}

interface Outcome {
  readonly text: string;
  readonly kms: Kms;
  /** Calls that the service has seen: the others ended with their connection. */
  readonly seen: number;
}

function run(steps: readonly Step[], backend: NonNullable<ReturnType<typeof chooseBackend>>): Outcome {
  const trace = new Trace({ keepLines: true, inputs: true });
  const world = simulatedWorld({ seed: 'any' });
  const kms = createKms({ world, backend, trace, consistency: 'eventual', trail: new Trail({ world }) });
  let calls = 0;
  const ids: string[] = [];
  const call = (operation: string, input: unknown, form: 'wire' | 'direct' = 'direct', by = admin): void => {
    if (!isOperationName(operation)) throw new Error(operation);
    calls += 1;
    try {
      const answer = kms.dispatch(new Visit(operation, input, form, by)) as { KeyMetadata?: { KeyId: string } };
      if (operation === 'CreateKey' && answer.KeyMetadata) ids.push(answer.KeyMetadata.KeyId);
    } catch (error) {
      if (!isOutcome(error)) throw error;
    }
  };
  const named = (at: number): string => ids[at % Math.max(ids.length, 1)] ?? 'none';
  const attach = (may: boolean): void => {
    const policies = may ? [{ name: 'p', text: policyText(everything) }] : [];
    for (const account of [ours, theirs]) kms.identities.put({ arn: administratorOf(account), policies });
  };
  attach(true);
  for (const one of steps) {
    if (one.do === 'make') call(...(made[one.which] as [string, object]));
    else if (one.do === 'use') {
      const [operation, input] = onKey[one.which] as [string, object];
      const by = one.far ? { ...admin, region: abroad } : admin;
      call(operation, { KeyId: named(one.key), ...input }, 'wire', by);
    } else if (one.do === 'encrypt')
      call('Encrypt', { KeyId: named(one.key), Plaintext: one.Plaintext }, 'direct', stranger);
    else if (one.do === 'alias') call('CreateAlias', { AliasName: one.alias, TargetKeyId: named(one.key) });
    else if (one.do === 'nonsense') for (const form of ['wire', 'direct'] as const) call('Encrypt', one.input, form);
    // Behind the engine's back: what is due happens with the next call.
    else if (one.do === 'drift') kms.world.clock.moveTo(kms.world.clock.now() + one.ms);
    else if (one.do === 'wait') kms.moveClock(kms.world.clock.now() + one.ms);
    else if (one.do === 'plan') kms.setFaults(drawn(one.seed));
    else if (one.do === 'put') attach(one.may);
    else kms.resend();
  }
  const { ConnectionReset = 0, RegionPaused = 0 } = kms.faultLog.counts();
  return { text: trace.text(), kms, seen: calls - ConnectionReset - RegionPaused };
}

function eventsOf({ trail }: Kms): readonly CloudTrailRecord[] {
  return trail?.records() ?? [];
}

/** What somebody called, by request: records for other accounts and Regions are of the same one. */
function called(events: readonly CloudTrailRecord[]): number {
  const calls = events.filter(({ userIdentity }) => userIdentity.invokedBy !== 'AWS Internal');
  return new Set(calls.map(({ requestID }) => requestID)).size;
}

test.prop([fc.array(step, { maxLength: 40 })], { numRuns: 60 })(
  'the same lines, events and records; one event a call',
  async (steps) => {
    const [native, portable] = [chooseBackend(undefined), chooseBackend('portable')];
    if (native === undefined || portable === undefined) throw new Error('no backend');
    const { kms, seen, text } = run(steps, native);
    const events = eventsOf(kms);
    expect(called(events)).toBe(seen);
    expect(new Set(events.map(({ eventID }) => eventID)).size).toBe(events.length);
    // I29.
    let replayed: Kms | undefined;
    const outcome = await replayTrace(text, portable, {
      keep: 100_000,
      finished: (again) => {
        replayed = again;
      },
    });
    expect(outcome).toMatchObject({ difference: undefined });
    if (replayed === undefined) throw new Error('nothing was played');
    expect(eventsOf(replayed)).toEqual(events);
    const { state, vault } = takeSnapshot(replayed);
    expect({ state, vault }).toEqual({ state: takeSnapshot(kms).state, vault: takeSnapshot(kms).vault });
  },
);
