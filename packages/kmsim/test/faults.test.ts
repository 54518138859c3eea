// Faults as a test meets them: through every door, looked at afterwards, refused when they cannot be.

import { KMS } from '@aws-sdk/client-kms';
import { describe, expect, test, vi } from 'vitest';
import { createKmsim, type FaultPlan, KmsError, type KmsimOptions, serve } from '../src/index.ts';
import { failureOf } from './doors/doors.ts';
import { doors } from './doors/every-door.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

describe.each(doors)('through the door $name', (door) => {
  // The texts are in packages/kms/src/faults/service-fault-table.ts, with their sources.
  test.each([
    [
      'ThrottlingException',
      'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
    ],
    ['KMSInternalException', 'An internal exception occurred. The request can be retried.'],
    [
      'DependencyTimeoutException',
      'The system timed out while trying to fulfill the request. You can retry the request.',
    ],
    ['KeyUnavailableException', 'The specified KMS key was not available. You can retry the request.'],
  ])('%s is what a client gets, after its retries', async (raise, message) => {
    const faults = { services: [{ raise, operations: ['GenerateDataKey' as const] }] };
    await using house = await door.open();
    const { KeyMetadata } = await house.client().createKey({ Description: 'x' });
    house.sim.faults.set(faults);
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      const failing = failureOf(
        house.client().generateDataKey({ KeyId: KeyMetadata?.KeyId ?? '', KeySpec: 'AES_256' }),
      );
      const moving = (async () => {
        for (let retry = 0; retry < 50; retry++) await vi.advanceTimersByTimeAsync(1_000);
      })();
      expect(await failing).toMatchObject({
        name: raise,
        message,
        status: raise === 'ThrottlingException' ? 400 : 500,
      });
      await moving;
    } finally {
      vi.useRealTimers();
    }
    expect(house.sim.faults.counts[raise]).toBeGreaterThan(0);
    expect((await house.client().listKeys({})).Keys).toHaveLength(1);
  });
});

/** A client of the SDK that does not try again. */
const oneTry = (config: object): KMS => new KMS({ ...config, maxAttempts: 1 });

describe('a connection that ends', () => {
  const faults: FaultPlan = {
    services: [
      { raise: 'AnswerLost', operations: ['CreateAlias'] },
      { raise: 'HalfAnswer', operations: ['ListAliases'] },
    ],
  };

  test('is an error of the connection to the SDK, in process and over HTTP; what was asked for is done', async () => {
    const sim = createKmsim({ seed: 1, faults });
    const { KeyMetadata } = await sim.as().createKey();
    const TargetKeyId = KeyMetadata?.KeyId ?? '';
    const direct = oneTry(sim.clientConfig());
    await using server = await serve(sim);
    const remote = oneTry({
      endpoint: server.url,
      region: sim.region,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    for (const [client, AliasName] of [
      [direct, 'alias/a'],
      [remote, 'alias/b'],
    ] as const) {
      await expect(client.createAlias({ AliasName, TargetKeyId })).rejects.toMatchObject({ code: 'ECONNRESET' });
      await expect(client.listAliases({})).rejects.toMatchObject({ code: 'ECONNRESET' });
      await expect(client.describeKey({ KeyId: AliasName })).resolves.toMatchObject({
        KeyMetadata: { KeyId: TargetKeyId },
      });
      client.destroy();
    }
    expect(sim.faults.counts).toEqual({ AnswerLost: 2, HalfAnswer: 2 });
  });

  test('is a KmsimError to the typed methods, without the answer', async () => {
    const sim = createKmsim({ seed: 1, faults });
    const { KeyMetadata } = await sim.as().createKey();
    const lost = sim.as().createAlias({ AliasName: 'alias/a', TargetKeyId: KeyMetadata?.KeyId ?? '' });
    const error = await lost.catch((raised: unknown) => raised);
    expect(error).toMatchObject({ name: 'KmsimError', code: 'ConnectionLost' });
    expect(error).not.toHaveProperty('cause');
    expect((await sim.as().describeKey({ KeyId: 'alias/a' })).KeyMetadata?.KeyId).toBe(KeyMetadata?.KeyId);
  });

  test('the SDK tries again, and a lost answer to CreateKey makes a second key', async () => {
    const sim = createKmsim({
      seed: 1,
      faults: { services: [{ raise: 'AnswerLost', operations: ['CreateKey'], count: 1 }] },
    });
    const client = new KMS(sim.clientConfig());
    await client.createKey({});
    expect((await client.listKeys({})).Keys).toHaveLength(2);
  });
});

test('a Region that pauses is a connection that ends, and the client turns to another Region', async () => {
  const sim = createKmsim({ seed: 1 });
  const [home, abroad] = ['us-east-1', 'eu-west-1'].map((region) => {
    return new KMS({ ...sim.clientConfig({ region }), maxAttempts: 1 });
  });
  const { KeyMetadata } = (await home?.createKey({ MultiRegion: true })) ?? {};
  const KeyId = KeyMetadata?.KeyId ?? '';
  await home?.replicateKey({ KeyId, ReplicaRegion: 'eu-west-1' });
  const { CiphertextBlob } = (await home?.encrypt({ KeyId, Plaintext: new Uint8Array([4, 7]) })) ?? {};
  sim.clock.advance('1 minute');
  sim.faults.set({ network: { pauses: [{ region: 'us-east-1', fromMs: 0, untilMs: 3_600_000 }] } });
  await expect(home?.decrypt({ CiphertextBlob })).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect((await abroad?.decrypt({ CiphertextBlob }))?.Plaintext).toEqual(new Uint8Array([4, 7]));
  expect(
    kmsimErrorOf(() => sim.faults.set({ network: { pauses: [{ region: 'us-east-1', fromMs: 9, untilMs: 1 }] } })).code,
  ).toBe('InvalidFaultPlan');
  sim.clock.advance('1 hour');
  expect((await home?.decrypt({ CiphertextBlob }))?.Plaintext).toEqual(new Uint8Array([4, 7]));
});

test.each([
  'arn:aws:iam::000000000000:user/administrator',
  'arn:aws:iam::000000000000:root',
  'arn:aws:sts::000000000000:assumed-role/App/run-1',
  's3.amazonaws.com',
])('%s is one whom a fault can strike', (principal) => {
  const services = [{ raise: 'ThrottlingException', principals: [principal] }];
  expect(createKmsim({ seed: 1, faults: { services } }).faults.plan).toEqual({ services });
});

test('a slow answer moves the clock of a seeded simulation, and nobody waits', async () => {
  const sim = createKmsim({ seed: 1, faults: { services: [{ raise: 'SlowAnswer', delayMs: 3_600_000 }] } });
  await new KMS(sim.clientConfig()).listKeys({});
  await sim.as().listKeys();
  expect(sim.clock.now()).toEqual(new Date('2026-01-01T02:00:00Z'));
});

test('slow answers move no clock beyond its end, and a simulation that is there can be saved, forked and taken back', async () => {
  const end = '9999-12-31T23:59:59.999Z';
  const sim = createKmsim({ seed: 1, start: '9999-12-31T23:59:59Z' });
  const mark = sim.mark();
  sim.faults.set({ services: [{ raise: 'SlowAnswer', delayMs: 3_600_000 }] });
  const kms = sim.as();
  for (const { KeyMetadata } of [await kms.createKey(), await kms.createKey()])
    expect(KeyMetadata?.CreationDate?.getTime()).toBeLessThanOrEqual(Date.parse(end));
  expect(sim.clock.now().toISOString()).toBe(end);
  for (const next of [createKmsim({ snapshot: sim.snapshot() }), sim.fork()])
    expect(next.clock.now().toISOString()).toBe(end);
  sim.rewind(mark);
  expect(sim.clock.now()).toEqual(mark.at);
});

test('without a seed a slow answer is waited for', async () => {
  const sim = createKmsim({
    faults: { services: [{ raise: 'SlowAnswer', delayMs: 30_000, operations: ['ListKeys'] }] },
  });
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    let answered = 0;
    const answers = [sim.as().listKeys(), new KMS(sim.clientConfig()).listKeys({})];
    for (const answer of answers)
      void answer.then(() => {
        answered += 1;
      });
    await vi.advanceTimersByTimeAsync(29_000);
    expect(answered).toBe(0);
    await vi.advanceTimersByTimeAsync(1_001);
    await Promise.all(answers);
    expect(answered).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});

describe('sim.faults', () => {
  test('begins with nothing, takes a plan, and gives it up', async () => {
    const sim = createKmsim({ seed: 1 });
    expect([sim.faults.plan, sim.faults.happened, sim.faults.counts]).toEqual([{}, [], {}]);
    const plan: FaultPlan = { services: [{ raise: 'KMSInternalException', operations: ['CreateKey'] }] };
    sim.faults.set(plan);
    expect(sim.faults.plan).toEqual(plan);
    // What is done to what it shows changes nothing.
    (sim.faults.plan.services as unknown[]).length = 0;
    await expect(sim.as().createKey()).rejects.toBeInstanceOf(KmsError);
    expect(sim.faults.happened).toMatchObject([{ fault: 'KMSInternalException', operation: 'CreateKey' }]);
    sim.faults.set({});
    await sim.as().createKey();
    expect(sim.faults.counts).toEqual({ KMSInternalException: 1 });
  });

  test('a plan that is drawn is the seed’s, possible, and can be given again', () => {
    const drawn = (seed: number, draw: object = {}): FaultPlan => createKmsim({ seed, faults: { draw } }).faults.plan;
    expect(drawn(5)).toEqual(drawn(5));
    expect(drawn(5)).not.toEqual(drawn(6));
    for (let seed = 0; seed < 50; seed++) {
      const plan = drawn(seed, { durationMs: 10_000, regions: ['us-east-1', 'eu-west-1', 'eu-west-2'] });
      expect(createKmsim({ seed, faults: plan }).faults.plan).toEqual(plan);
    }
    const { network } = createKmsim({ seed: 3, region: 'cn-north-1', faults: { draw: {} } }).faults.plan;
    expect(JSON.stringify(network)).not.toContain('us-east-1');
  });

  test('a snapshot goes on with the plan and its counts', async () => {
    const sim = createKmsim({
      seed: 1,
      faults: { services: [{ raise: 'KMSInternalException', count: 2, operations: ['ListKeys'] }] },
    });
    await expect(sim.as().listKeys()).rejects.toThrow();
    const again = createKmsim({ snapshot: JSON.parse(JSON.stringify(sim.snapshot())) });
    await expect(again.as().listKeys()).rejects.toThrow();
    await again.as().listKeys();
    const other = createKmsim({ snapshot: sim.snapshot(), faults: {} });
    await other.as().listKeys();
  });
});

describe('a plan that cannot be', () => {
  test.each([
    [{ network: { minDelayMs: -1 } }, 'network.minDelayMs: Give a number of milliseconds'],
    [{ network: { lossProbability: 1.01 } }, 'network.lossProbability'],
    [
      { services: [{ raise: 'KMSInternalException', operations: ['Encrpyt'] }] },
      'services[0].operations[0]: Name an operation',
    ],
    [
      { services: [{ raise: 'KMSInternalException', regions: ['eu-wset-1'] }] },
      'services[0].regions[0]: Name a Region',
    ],
    [{ services: [{ raise: 'KeyUnavailableException', operations: ['ListKeys'] }] }, 'ListKeys never answers with'],
    [
      { services: [{ raise: 'ThrottlingException', principals: ['administrator'] }] },
      'services[0].principals[0]: Give the ARN of a principal',
    ],
    [
      { network: { partitions: [{ fromMs: 0, untilMs: 1, isolate: ['eu-west-1'] }] } },
      'network.partitions[0].isolate: Give one Region, not a list of them.',
    ],
    [{ services: [{ raise: 'Oops' }, { raise: 'Ouch' }] }, '(and 1 more: services[1].raise'],
    [[], 'plan: Give a plain object'],
    [null, 'plan: Give a plain object'],
    ['chaos', 'plan: Give a plain object'],
    [{ draw: { regions: ['mars-east-1'] } }, 'Name a Region'],
    [{ draw: { regions: ['us-east-1', 'us-east-1'] } }, 'a Region is there twice'],
  ])('%j', (faults, problem) => {
    const error = kmsimErrorOf(() => createKmsim({ seed: 1, faults } as unknown as KmsimOptions));
    expect([error.code, error.problem]).toEqual(['InvalidFaultPlan', expect.stringContaining(problem)]);
  });

  test.each([[{ draw: { days: 1 } }], [{ draw: 7 }], [{ draw: {}, network: {} }], [{ draw: { durationMs: -1 } }]])(
    '%j is no way to ask for one',
    (faults) => {
      expect(kmsimErrorOf(() => createKmsim({ faults } as unknown as KmsimOptions)).code).toBe('InvalidOption');
    },
  );

  test('changes nothing of the one that is at work', () => {
    const sim = createKmsim({ seed: 1, faults: { network: { minDelayMs: 1 } } });
    const before = JSON.stringify(sim.snapshot());
    expect(kmsimErrorOf(() => sim.faults.set({ network: { minDelayMs: -1 } })).code).toBe('InvalidFaultPlan');
    expect(JSON.stringify(sim.snapshot())).toBe(before);
  });

  test('in a snapshot is no snapshot', () => {
    const snapshot = createKmsim({ seed: 1, faults: { network: { minDelayMs: 1 } } }).snapshot();
    const text = JSON.stringify(snapshot);
    for (const [from, to] of [
      ['"minDelayMs":1', '"minDelayMs":-1'],
      ['"minDelayMs":1', '"minDelayMs":2'],
      ['"number":1', '"number":"1"'],
    ] as const) {
      expect(text).toContain(from);
      const error = kmsimErrorOf(() => createKmsim({ snapshot: JSON.parse(text.replace(from, to)) }));
      expect(error.code).toBe('InvalidSnapshot');
    }
  });
});
