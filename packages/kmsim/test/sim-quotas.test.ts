// Quotas as a person sets them, meets them, and keeps them over snapshots, forks and marks.

import { KMS } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim, type KmsimOptions, replayTrace } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const rate = 'ListKeys request rate';
const account = '000000000000';

/** How many of so many calls at once are let pass. */
async function passed(sim: Kmsim, count: number, region?: string): Promise<number> {
  const kms = sim.as(undefined, region === undefined ? {} : { region });
  const outcomes = await Promise.allSettled(Array.from({ length: count }, () => kms.listKeys()));
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'ThrottlingException' });
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
}

const enforcing = (limit: number): KmsimOptions => ({
  seed: 'quotas',
  quotas: { mode: 'enforce', set: { [rate]: limit } },
});

describe('the mode', () => {
  test('is meter when nothing is said: everything passes, and the report knows', async () => {
    const sim = createKmsim({ seed: 'quotas' });
    expect(sim.quotas.mode).toBe('meter');
    sim.quotas.set(rate, 2);
    expect(await passed(sim, 5)).toBe(5);
    expect(sim.quotas.report().exceeded).toMatchObject([
      { quota: rate, account, region: 'us-east-1', calls: 5, throttled: 3, peak: 5, limit: 2 },
    ]);
  });

  test('can be said in one word', async () => {
    const sim = createKmsim({ seed: 'quotas', quotas: 'enforce' });
    for (let n = 0; n < 5; n++) await sim.as().createKey();
    await expect(sim.as().createKey()).rejects.toMatchObject({ code: 'ThrottlingException' });
  });

  test('off counts nobody', async () => {
    const sim = createKmsim({ seed: 'quotas', quotas: { mode: 'off', set: { [rate]: 1 } } });
    expect(await passed(sim, 5)).toBe(5);
    expect(sim.quotas.usage).toEqual([]);
  });

  test('may change at any time', async () => {
    const sim = createKmsim(enforcing(2));
    expect(await passed(sim, 5)).toBe(2);
    sim.quotas.mode = 'meter';
    expect(await passed(sim, 5)).toBe(5);
    sim.quotas.mode = 'enforce';
    expect(await passed(sim, 5)).toBe(0);
    sim.clock.advance('1 second');
    expect(await passed(sim, 5)).toBe(2);
  });
});

describe('set', () => {
  test('holds everywhere, or where it says', async () => {
    const sim = createKmsim(enforcing(3));
    sim.quotas.set(rate, 1, { region: 'eu-west-1' });
    sim.quotas.set(rate, 2, { account, region: 'eu-west-2' });
    sim.quotas.set(rate, 9, { account: '444455556666' });
    expect(await passed(sim, 5)).toBe(3);
    expect(await passed(sim, 5, 'eu-west-1')).toBe(1);
    expect(await passed(sim, 5, 'eu-west-2')).toBe(2);
  });

  test('takes the place of what was set before', async () => {
    const sim = createKmsim(enforcing(3));
    sim.quotas.set(rate, 1);
    sim.quotas.set(rate, 4);
    expect(sim.kms.throttler.settings.limits).toEqual([{ quota: rate, limit: 4 }]);
    expect(await passed(sim, 5)).toBe(4);
  });

  test('knows quotas of things, and those by their former names', async () => {
    const sim = createKmsim({ seed: 'quotas', quotas: 'enforce' });
    sim.quotas.set('AWS KMS keys', 2);
    sim.quotas.set('Cryptographic operations (ECC) request rate', 7);
    for (let n = 0; n < 2; n++) await sim.as().createKey();
    await expect(sim.as().createKey()).rejects.toMatchObject({ code: 'LimitExceededException' });
    expect(sim.kms.throttler.settings.limits[1]?.quota).toBe('Cryptographic operations (ECC and SM2) request rate');
  });

  test('knows each of its names', () => {
    const sim = createKmsim({ seed: 'quotas' });
    for (const name of sim.quotas.names) sim.quotas.set(name, 7);
    expect(sim.kms.throttler.settings.limits).toHaveLength(sim.quotas.names.length);
  });
});

describe('what cannot be', () => {
  const hint = 'sim.quotas.names has them all; docs/quotas.md tells what they are.';

  test('an unknown quota names the nearest', () => {
    const sim = createKmsim({ seed: 'quotas' });
    expect(kmsimErrorOf(() => sim.quotas.set('ListKey request rate', 1))).toMatchObject({
      code: 'UnknownQuota',
      problem: `There is no quota "ListKey request rate". Did you mean "${rate}"?`,
      hint,
    });
    expect(kmsimErrorOf(() => sim.quotas.set('speed', 1))).toMatchObject({
      problem: 'There is no quota "speed".',
      hint,
    });
    for (const name of ['On-demand rotation', 'constructor', 5, undefined, { secret: 'hunter2' }])
      expect(kmsimErrorOf(() => sim.quotas.set(name as string, 1)).code).toBe('UnknownQuota');
  });

  const shared = (...kinds: readonly string[]): string =>
    kinds.map((kind) => `"Cryptographic operations (${kind}) request rate"`).join(' or ');

  test.each([
    ['Encrypt request rate', `Encrypt counts on ${shared('symmetric', 'RSA', 'ECC and SM2')}.`],
    ['ReEncrypt', `ReEncrypt counts on ${shared('symmetric', 'RSA', 'ECC and SM2')}.`],
    ['GenerateDataKey request rate', `GenerateDataKey counts on ${shared('symmetric')}.`],
    ['GenerateRandom request rate', `GenerateRandom counts on ${shared('symmetric')}.`],
    ['VerifyMac request rate', `VerifyMac counts on ${shared('symmetric')}.`],
    ['Sign requests', `Sign counts on ${shared('RSA', 'ECC and SM2', 'ML-DSA')}.`],
    ['Decapsulate request rate', `Decapsulate counts on ${shared('ML-KEM')}.`],
    ['GenerateDataKeyPairWithoutPlaintext request rate', '"GenerateDataKeyPair (RSA_2048) request rate"'],
  ])('%s: where the operation counts', (name, counts) => {
    const sim = createKmsim({ seed: 'quotas' });
    const { hint: told, problem } = kmsimErrorOf(() => sim.quotas.set(name, 1));
    expect(problem).toContain(`There is no quota "${name}". `);
    expect([problem, told]).toEqual([expect.stringContaining(counts), hint]);
  });

  test.each([
    [rate, 0, '0 is not above zero; it takes a number of requests a second above zero.'],
    [rate, -1, '-1 is not above zero; it takes a number of requests a second above zero.'],
    [rate, Number.NaN, 'NaN is not a number; it takes a number of requests a second above zero.'],
    [rate, Number.POSITIVE_INFINITY, 'Infinity is without bounds; it takes a number of requests a second above zero.'],
    [rate, '10', '"10" is not a number; it takes a number of requests a second above zero.'],
    ['AWS KMS keys', 2.5, '2.5 is not whole; it takes a whole number above zero.'],
  ])('%s: %s', async (name, limit, problem) => {
    const sim = createKmsim(enforcing(3));
    const expected = { code: 'InvalidQuota', problem: `${name}: ${problem}` };
    expect(kmsimErrorOf(() => sim.quotas.set(name, limit as number))).toMatchObject(expected);
    expect(kmsimErrorOf(() => createKmsim({ quotas: { set: { [name]: limit as number } } }))).toMatchObject(expected);
    expect(await passed(sim, 5)).toBe(3);
  });

  test.each([
    [{ quotas: 'on' }, 'InvalidQuota'],
    [{ quotas: 5 }, 'InvalidQuota'],
    [{ quotas: null }, 'InvalidOption'],
    [{ quotas: ['enforce'] }, 'InvalidOption'],
    [{ quotas: { mode: 'on' } }, 'InvalidOption'],
    [{ quotas: { moed: 'off' } }, 'InvalidOption'],
    [{ quotas: { set: [rate] } }, 'InvalidOption'],
    [{ quotas: { set: { nothing: 1 } } }, 'UnknownQuota'],
  ])('%j', (options, code) => {
    expect(kmsimErrorOf(() => createKmsim(options as unknown as KmsimOptions)).code).toBe(code);
  });

  test('a mode, an account and a Region that are none', () => {
    const sim = createKmsim({ seed: 'quotas' });
    const none = (): void => {
      sim.quotas.mode = 'on' as 'off';
    };
    expect(kmsimErrorOf(none)).toMatchObject({
      code: 'InvalidQuota',
      problem: `The mode is 'enforce' or 'meter' or 'off', not "on".`,
      hint: "Write it as sim.quotas.mode = 'enforce'.",
    });
    for (const where of [{ account: '1' }, { region: 'Ohio' }, { acount: account }])
      expect(kmsimErrorOf(() => sim.quotas.set(rate, 1, where)).code).toBe('InvalidOption');
    expect(sim.quotas.mode).toBe('meter');
  });
});

describe('over time', () => {
  test('a snapshot, a fork and a mark bring mode, limits and buckets as they were', async () => {
    const sim = createKmsim(enforcing(3));
    expect(await passed(sim, 2)).toBe(2);
    const mark = sim.mark();
    const saved = JSON.parse(JSON.stringify(sim.snapshot())) as ReturnType<Kmsim['snapshot']>;
    for (const again of [createKmsim({ snapshot: saved }), sim.fork()]) {
      expect(again.quotas.mode).toBe('enforce');
      expect(again.quotas.usage).toEqual(sim.quotas.usage);
      expect(await passed(again, 5)).toBe(1);
    }
    expect(await passed(sim, 5)).toBe(1);
    sim.quotas.mode = 'off';
    sim.quotas.set(rate, 50);
    sim.rewind(mark);
    expect(sim.quotas.mode).toBe('enforce');
    expect(await passed(sim, 5)).toBe(1);
  });

  test('a simulation whose quotas are off stays so in a fork', async () => {
    const sim = createKmsim({ seed: 'quotas', quotas: 'off' });
    const fork = sim.fork();
    await fork.as().listKeys();
    expect([fork.quotas.mode, fork.quotas.usage]).toEqual(['off', []]);
  });

  test('what is said beside a snapshot counts', async () => {
    const { ...saved } = createKmsim(enforcing(3)).snapshot();
    const metered = createKmsim({ snapshot: saved, quotas: 'meter' });
    expect(await passed(metered, 5)).toBe(5);
    expect(metered.quotas.report().exceeded).toMatchObject([{ limit: 3, throttled: 2 }]);
    const wider = createKmsim({ snapshot: saved, quotas: { set: { [rate]: 4 } } });
    expect(await passed(wider, 9)).toBe(4);
  });

  test('a trace with inputs plays again with the same refusals', async () => {
    const sim = createKmsim({ ...enforcing(2), trace: 'inputs' });
    await passed(sim, 3);
    sim.clock.advance('500 ms');
    sim.quotas.set(rate, 4);
    await passed(sim, 3);
    sim.quotas.mode = 'meter';
    await passed(sim, 9);
    const { difference, sha256 } = await replayTrace(sim.trace.text());
    expect([difference, sha256]).toEqual([undefined, sim.trace.sha256()]);
    expect(sim.trace.text()).toContain('ThrottlingException');
  });
});

test('an SDK client sees the error of the real service', async () => {
  const sim = createKmsim(enforcing(1));
  const kms = new KMS({ ...sim.clientConfig(), maxAttempts: 1 });
  await kms.listKeys();
  await expect(kms.listKeys()).rejects.toMatchObject({
    name: 'ThrottlingException',
    message: 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
    $metadata: { httpStatusCode: 400 },
  });
});
