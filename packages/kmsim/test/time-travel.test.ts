// Forks and marks: a second simulation from here, and back to there.

import { KMS } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim, type KmsimOptions } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const accessKeys = [{ accessKeyId: 'AKIAME', secretAccessKey: 'mine' }];
const options: KmsimOptions = {
  seed: 'travel',
  trace: true,
  accessKeys,
  faults: { services: [{ raise: 'KMSInternalException', operations: ['ListKeys'], probability: 0.5 }] },
};

/** Calls that draw bytes, meet faults and move the clock; what came of them. */
async function live(sim: Kmsim): Promise<string> {
  const { KeyMetadata } = await sim.as().createKey();
  const KeyId = KeyMetadata?.KeyId ?? '';
  const outcomes: unknown[] = [KeyId];
  for (let call = 0; call < 8; call++)
    outcomes.push(
      await sim
        .as()
        .listKeys({})
        .catch((error: Error) => error.name),
    );
  await sim.as().enableKeyRotation({ KeyId });
  sim.clock.advance('400 days');
  outcomes.push(await sim.as().generateDataKey({ KeyId, KeySpec: 'AES_256' }), sim.snapshot());
  return JSON.stringify(outcomes);
}

describe('a fork', () => {
  test('goes on as the first would have, with the trace and the faults so far, and neither knows of the other', async () => {
    const sim = createKmsim(options);
    await live(sim);
    const fork = sim.fork();
    expect(fork.trace.text()).toBe(sim.trace.text());
    expect(fork.faults.happened).toEqual(sim.faults.happened);
    expect(fork.faults.happened.length).toBeGreaterThan(0);
    expect(fork.accessKeys.get('AKIAME')).toBeDefined();
    const before = JSON.stringify(sim.snapshot());
    const there = await live(fork);
    expect(JSON.stringify(sim.snapshot())).toBe(before);
    expect(await live(sim)).toBe(there);
    expect(fork.trace.sha256()).toBe(sim.trace.sha256());
    fork.close();
    expect(sim.closed).toBe(false);
  });

  test('of a simulation without a seed has its keys', async () => {
    const sim = createKmsim();
    const { KeyMetadata } = await sim.as().createKey();
    const blob = await sim.as().encrypt({ KeyId: KeyMetadata?.KeyId ?? '', Plaintext: new Uint8Array([7]) });
    expect((await sim.fork().as().decrypt({ CiphertextBlob: blob.CiphertextBlob })).Plaintext).toEqual(
      new Uint8Array([7]),
    );
  });
});

describe('a mark', () => {
  test('leads back as often as you like: records, clock, bytes, faults and trace are those of then', async () => {
    const sim = createKmsim(options);
    const client = new KMS(sim.clientConfig());
    await live(sim);
    const mark = sim.mark();
    const [text, counts, now] = [sim.trace.text(), sim.faults.counts, sim.clock.now()];
    expect(mark.at).toEqual(now);
    const runs: string[] = [];
    for (let run = 0; run < 3; run++) {
      runs.push(await live(sim));
      sim.rewind(mark);
      expect([sim.trace.text(), sim.faults.counts, sim.clock.now()]).toEqual([text, counts, now]);
    }
    expect(new Set(runs).size).toBe(1);
    // A client that was made before talks to the simulation as it is now.
    sim.faults.set({});
    const { KeyMetadata } = await client.createKey({});
    expect((await sim.as().describeKey({ KeyId: KeyMetadata?.KeyId ?? '' })).KeyMetadata?.KeyId).toBe(
      KeyMetadata?.KeyId,
    );
    sim.identities.put({ arn: 'arn:aws:iam::000000000000:user/late' });
    sim.clock.advance('1 day');
    sim.rewind(mark);
    expect(sim.identities.has('arn:aws:iam::000000000000:user/late')).toBe(false);
  });

  test('of another simulation is refused, and so is what is none', () => {
    const sim = createKmsim({ seed: 1 });
    const strange = [createKmsim({ seed: 1 }).mark(), {}, null, undefined, 7, sim.clock.now()];
    for (const mark of strange)
      expect(kmsimErrorOf(() => sim.rewind(mark as ReturnType<Kmsim['mark']>)).code).toBe('InvalidMark');
  });

  test('a closed simulation neither forks nor goes back', () => {
    const sim = createKmsim({ seed: 1 });
    const mark = sim.mark();
    sim.close();
    for (const attempt of [() => sim.fork(), () => sim.mark(), () => sim.rewind(mark)])
      expect(kmsimErrorOf(attempt).code).toBe('Closed');
  });
});
