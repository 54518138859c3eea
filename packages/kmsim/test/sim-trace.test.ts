// A trace with inputs: the run is played again anywhere, line by line, and what is no such trace is refused with what to do.

import { KMS } from '@aws-sdk/client-kms';
import { Visit } from '@kmsim/kms';
import { describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim, KmsimError, type KmsimOptions, replayTrace } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const app = 'arn:aws:iam::111122223333:role/App';
const canary = 'canary of a secret access key';
const allow = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } };
const options: KmsimOptions = {
  seed: 'replay',
  start: '2027-03-01T00:00:00Z',
  trace: 'inputs',
  account: '111122223333',
  region: 'eu-west-1',
  accessKeys: [{ accessKeyId: 'AKIACANARY', secretAccessKey: canary }],
  identities: [{ arn: app, policies: { z: allow, a: allow }, tags: { team: 'blue' } }],
  organization: { id: 'o-one', accounts: ['111122223333'] },
  endpoints: [{ id: 'vpce-1', vpc: 'vpc-1' }],
  consistency: 'eventual',
  grantDelay: '1 minute',
  faults: { draw: { durationMs: 600_000, regions: ['eu-west-1', 'us-east-1'] } },
};

/** Everything that can go into a simulation. Nothing of it may end it. */
async function work(sim: Kmsim): Promise<void> {
  const quiet = async <Answer>(call: Promise<Answer>): Promise<Answer | undefined> => call.catch(() => undefined);
  const kms = sim.as();
  const client = new KMS({ ...sim.clientConfig(), maxAttempts: 1 });
  // Libraries may have to be loaded: then calls stand in a line, and the clock moves meanwhile.
  const waiting = [
    quiet(kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })),
    quiet(kms.generateDataKeyPair({ KeyId: 'alias/aws/s3', KeyPairSpec: 'ECC_NIST_P384' })),
    quiet(kms.createKey({ Description: 'behind them' })),
  ];
  sim.clock.advance('1 second');
  const more = quiet(kms.listKeys({}));
  await Promise.all([...waiting, more]);
  for (let round = 0; round < 12; round++) {
    const created = await quiet(client.createKey({ MultiRegion: round % 2 === 0, Description: `round ${round}` }));
    const KeyId = created?.KeyMetadata?.KeyId ?? 'none';
    await quiet(kms.createAlias({ AliasName: `alias/${round}`, TargetKeyId: KeyId }));
    await quiet(kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 }));
    await quiet(kms.rotateKeyOnDemand({ KeyId }));
    await quiet(kms.replicateKey({ KeyId, ReplicaRegion: 'us-east-1' }));
    await quiet(kms.tagResource({ KeyId, Tags: [{ TagKey: 'team', TagValue: 'blue' }] }));
    await quiet(kms.encrypt({ KeyId, Plaintext: new Uint8Array([1, 2]), EncryptionContext: { z: '1', a: '2' } }));
    await quiet(client.generateDataKey({ KeyId, KeySpec: 'AES_256' }));
    const narrow = { policies: { session: allow }, tags: { a: 'b' }, name: 'one' };
    await quiet(sim.as(app, { session: narrow, endpoint: 'vpce-1' }).describeKey({ KeyId: `alias/${round}` }));
    await quiet(sim.as(app, { via: 's3', region: 'us-east-1' }).decrypt({ CiphertextBlob: new Uint8Array(9) }));
    // None of these can be read.
    const broken: unknown[] = [
      {},
      { KeyId: 7 },
      { KeyId: new Date(0), x: [undefined, -0, 7n] },
      [],
      { Plaintext: new Map([['a', Number.NaN]]) },
    ];
    for (const input of [...broken, { KeyId: () => {} }])
      await quiet(kms.encrypt(input as Parameters<typeof kms.encrypt>[0]));
    sim.clock.advance('20 seconds');
  }
  sim.identities.put({ arn: app, policies: {} });
  sim.organization.put({ id: 'o-one', accounts: [] });
  sim.kms.resend();
  sim.faults.set({
    services: [{ raise: 'SlowAnswer', delayMs: 5_000, probability: 0.5 }],
    network: { minDelayMs: 40 },
  });
  for (let round = 0; round < 10; round++) await quiet(kms.listAliases({}));
  const own = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: app }, Action: 'kms:DescribeKey', Resource: '*' },
  });
  const locked = await kms.createKey({ Policy: own, BypassPolicyLockoutSafetyCheck: true });
  sim.support.restoreKeyPolicy(locked.KeyMetadata?.KeyId ?? '');
  await quiet(kms.scheduleKeyDeletion({ KeyId: locked.KeyMetadata?.KeyId ?? '', PendingWindowInDays: 7 }));
  sim.clock.advance('100 days');
}

test('is played again to the same bytes, whatever went in', async () => {
  const sim = createKmsim(options);
  await work(sim);
  const replayed = await replayTrace(sim.trace.text());
  expect(replayed.difference).toBeUndefined();
  expect(replayed).toMatchObject({ lines: sim.trace.length, sha256: sim.trace.sha256() });
  expect(replayed.requests).toBeGreaterThan(100);
  const kinds = new Set(sim.trace.lines().map((line) => (JSON.parse(line) as { kind: string }).kind));
  expect([...kinds].sort()).toEqual(
    ['answer', 'clock', 'effect', 'fault', 'message', 'plan', 'record', 'request', 'resend', 'run', 'support'].sort(),
  );
});

test('holds plaintexts and policies, and no credentials; without inputs it has none of them', async () => {
  const plaintext = Buffer.from('canary of a plaintext');
  const run = async (trace: 'inputs' | true): Promise<{ text: string; secrets: readonly string[] }> => {
    const sim = createKmsim({ ...options, faults: {}, trace });
    const { KeyMetadata } = await sim.as().createKey();
    const input = { KeyId: KeyMetadata?.KeyId ?? '', Plaintext: plaintext };
    await sim.as().encrypt(input);
    const { sts } = sim.kms;
    const assumed = sts.assumeRole(sim.caller(), {
      RoleArn: app,
      RoleSessionName: 'me',
      Policy: JSON.stringify(allow),
    });
    if (!assumed.ok) throw new Error(assumed.message);
    const { AccessKeyId, SecretAccessKey, SessionToken } = assumed.output.Credentials;
    const temporary = sts.credential(AccessKeyId);
    if (temporary === undefined) throw new Error('no credential');
    const { principal, session } = temporary;
    sim.kms.dispatch(new Visit('Encrypt', input, 'direct', { principal, session, region: sim.region }));
    return { text: sim.trace.text(), secrets: [canary, SecretAccessKey, SessionToken] };
  };
  const [inputs, digests] = [await run('inputs'), await run(true)];
  expect(inputs.text).toContain(plaintext.toString('base64'));
  expect(inputs.text).toContain('"session":{');
  for (const { secrets, text } of [inputs, digests]) for (const secret of secrets) expect(text).not.toContain(secret);
  expect(digests.text).not.toContain(plaintext.toString('base64'));
  expect(digests.text).not.toMatch(/"(?:given|caller|origin|record)"/);
  expect((await replayTrace(inputs.text)).difference).toBeUndefined();
});

test('goes on through forks and back to marks, and begins at a snapshot', async () => {
  const sim = createKmsim({ ...options, faults: {} });
  await work(sim);
  const mark = sim.mark();
  const fork = sim.fork();
  await work(sim);
  sim.rewind(mark);
  await sim.as().createKey();
  await fork.as().listKeys();
  const later = createKmsim({ snapshot: sim.snapshot(), trace: 'inputs' });
  await later.as().createKey();
  later.clock.advance('1 day');
  for (const one of [sim, fork, later]) {
    const { difference, sha256 } = await replayTrace(one.trace.text());
    expect([difference, sha256]).toEqual([undefined, one.trace.sha256()]);
  }
});

test('shows the first line that differs', async () => {
  const sim = createKmsim({ seed: 1, trace: 'inputs' });
  await sim.as().createKey({ Description: 'one' });
  await sim.as().listKeys();
  const text = sim.trace.text().replace('"Description":"one"', '"Description":"two"');
  const { difference } = await replayTrace(text);
  const line = sim.trace.lines().findIndex((each) => each.includes('"Description"')) + 1;
  expect(difference).toMatchObject({ line, recorded: text.split('\n')[line - 1] });
});

test('cut behind any line it is a shorter run, is refused, or shows that something is missing', async () => {
  const sim = createKmsim({
    seed: 3,
    trace: 'inputs',
    faults: { services: [{ raise: 'AnswerLost', operations: ['ListKeys'] }] },
  });
  const { KeyMetadata } = await sim.as().createKey();
  await sim.as().scheduleKeyDeletion({ KeyId: KeyMetadata?.KeyId ?? '', PendingWindowInDays: 7 });
  await sim
    .as()
    .listKeys()
    .catch(() => {});
  sim.clock.advance('8 days');
  const lines = sim.trace.lines();
  const outcomes = new Set<string>();
  for (let count = 1; count < lines.length; count++) {
    const cut = lines.slice(0, count).map((line) => `${line}\n`);
    const played = await replayTrace(cut.join('')).catch((error: KmsimError) => error);
    if (played instanceof KmsimError) {
      expect(played.problem).toBe(`The trace is cut short at line ${count}.`);
      outcomes.add('refused');
    } else if (played.difference === undefined) outcomes.add('shorter');
    else {
      expect(played.difference).toEqual({ line: count + 1, recorded: undefined, replayed: lines[count] });
      outcomes.add('missing');
    }
  }
  expect([...outcomes].sort()).toEqual(['missing', 'refused', 'shorter']);
});

describe('what cannot be played again', () => {
  const sim = createKmsim({ seed: 1, trace: 'inputs' });
  const errorOf = async (text: unknown): Promise<{ code: string; problem: string; hint: string }> => {
    const error: unknown = await replayTrace(text as string).catch((raised: unknown) => raised);
    expect(error).toMatchObject({ name: 'KmsimError', code: 'InvalidTrace' });
    return error as { code: string; problem: string; hint: string };
  };

  test('a trace that is cut in the middle of a line, misses one, or ends with a request', async () => {
    await sim.as().createKey();
    await sim.as().listKeys();
    const text = sim.trace.text();
    const lines = sim.trace.lines();
    expect((await errorOf(text.slice(0, -1))).problem).toContain(`cut short at line ${lines.length}`);
    expect((await errorOf(text.slice(0, -20))).problem).toContain(`cut short at line ${lines.length}`);
    expect((await errorOf(`${lines.slice(0, -1).join('\n')}\n`)).problem).toContain('cut short');
    expect((await errorOf([lines[0], ...lines.slice(2), ''].join('\n'))).problem).toContain('cut short at line 2');
    expect((await errorOf(text.slice(0, 100))).hint).toContain("trace: 'inputs'");
  });

  test('one of another version, one without inputs, a line of somebody else, and what is no trace', async () => {
    const text = sim.trace.text();
    expect((await errorOf(text.replace('kmsim trace 1', 'kmsim trace 2'))).problem).toContain('another version');
    const digests = createKmsim({ seed: 1, trace: true });
    expect((await errorOf(digests.trace.text())).problem).toContain('what went in');
    const lines = sim.trace.lines();
    const swap = (at: number, line: string): string =>
      [...lines.slice(0, at), line, ...lines.slice(at + 1), ''].join('\n');
    for (const line of ['nonsense', '{}', 'null', `{"at":"2026-01-01T00:00:00.000Z","kind":"request","n":2}`])
      expect((await errorOf(swap(1, line))).problem).toContain('Line 2');
    const first = lines[0] ?? '';
    expect((await errorOf(swap(0, first.replace('"seed"', '"sede"')))).problem).toContain('Line 1');
    expect((await errorOf(swap(0, first.replace('"streams":{}', '"streams":7')))).problem).toContain('Line 1');
    for (const none of ['', '{}', 'kmsim', '[]', undefined, 7])
      expect((await errorOf(none)).problem).toContain('no trace');
  });

  test('a simulation without a seed is told so before it begins', () => {
    expect(kmsimErrorOf(() => createKmsim({ trace: 'inputs' }))).toMatchObject({
      code: 'InvalidOption',
      problem: expect.stringContaining('needs a seed'),
    });
  });
});
