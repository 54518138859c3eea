// sim.metrics(), sim.alarms(), sim.cost() and sim.review() of a run: from the events of the trail itself.

import { expect, test } from 'vitest';
import { alarms, createKmsim } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const role = 'arn:aws:iam::000000000000:role/App';
const secret = 'geheim und lang';

async function run() {
  const sim = createKmsim({ seed: 'analysis' });
  const kms = sim.as();
  const { KeyMetadata: key } = await kms.createKey({ Tags: [{ TagKey: 'team', TagValue: 'orders' }] });
  const { KeyMetadata: rsa } = await kms.createKey({ KeySpec: 'RSA_4096', KeyUsage: 'SIGN_VERIFY' });
  const [KeyId, rsaId] = [key?.KeyId ?? '', rsa?.KeyId ?? ''];
  await kms.getPublicKey({ KeyId: rsaId });
  await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
  const EncryptionContext = { password: secret };
  const { CiphertextBlob = new Uint8Array() } = await kms.encrypt({
    KeyId,
    Plaintext: Buffer.from('4711'),
    EncryptionContext,
  });
  for (let tries = 0; tries < 6; tries++)
    await expect(sim.as(role).decrypt({ CiphertextBlob })).rejects.toMatchObject({ code: 'AccessDeniedException' });
  await kms.decrypt({ CiphertextBlob, EncryptionContext });
  sim.clock.advanceTo('2026-04-11');
  await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  await expect(kms.decrypt({ CiphertextBlob, EncryptionContext })).rejects.toMatchObject({
    code: 'KMSInvalidStateException',
  });
  sim.clock.advanceTo('2026-05-01');
  return { sim, keyArn: key?.Arn ?? '', rsaArn: rsa?.Arn ?? '' };
}

test('the cost of a run', async () => {
  const { sim } = await run();
  const cost = sim.cost();
  expect(cost.notes).toEqual([]);
  // Four months of the RSA key; of the other one 3 months and 10 days, 10 days of which with rotated material.
  const keys = 4 + 3 + 10 / 30 + 10 / 30;
  const [first] = cost.months;
  expect(first?.lines.map(({ item, quantity }) => [item, quantity])).toEqual([
    ['key', 2],
    ['standard', 11],
    ['asymmetric', 1],
  ]);
  expect(cost.total).toBeCloseTo(keys + 0.15 / 10_000, 10);
  expect(cost.byTag('team').find(({ value }) => value === 'orders')?.amount).toBeCloseTo(keys - 4, 10);
});

test('the alarms of a run', async () => {
  const { keyArn, sim } = await run();
  expect(sim.alarms().map(({ alarm, of }) => [alarm, of])).toEqual([
    ['repeated denials', role],
    ['key deletion scheduled', keyArn],
    ['use of a key pending deletion', keyArn],
  ]);
  expect(sim.alarms([alarms.when({ operation: 'DeleteKey' })])).toHaveLength(1);
});

test('the metrics of a run', async () => {
  const { keyArn, sim } = await run();
  const [denied] = sim.metrics({ name: 'Errors', dimensions: { ErrorCode: 'AccessDenied' } });
  expect(denied?.Values).toEqual([6]);
  const used = sim.metrics({ name: 'SuccessfulRequest', dimensions: { KeyArn: keyArn } });
  expect(used.map(({ Dimensions }) => Dimensions[1]?.Value)).toEqual(['Decrypt', 'Encrypt']);
});

test('the review of a run', async () => {
  const { keyArn, rsaArn, sim } = await run();
  const review = sim.review();
  expect(review.of(keyArn).map(({ rule }) => rule)).toEqual([
    'secret-in-encryption-context',
    'deleted-without-disabling',
    'decrypt-without-key-id',
    'short-waiting-period',
    'key-named-by-id',
  ]);
  expect(review.of(rsaArn).map(({ rule }) => rule)).toEqual(['unused-key', 'key-without-alias']);
  expect(`${review}${JSON.stringify(review)}`).not.toContain(secret);
  // What the administrator of the simulation does is nobody's mistake.
  expect(review.of('administrator-used-key')).toEqual([]);
});

test('a fork knows what went before', async () => {
  const { sim } = await run();
  expect(`${sim.fork().cost()}`).toBe(`${sim.cost()}`);
});

test.each([
  [{ keep: 2 }, 'events are not kept any more, and not'],
  [{ keep: 0 }, 'events are not kept any more, and not'],
])('what the trail does not have is said: %j', async (trail, words) => {
  const sim = createKmsim({ seed: 'forgetful', trail });
  for (let calls = 0; calls < 5; calls++) await sim.as().createKey();
  const count = `${5 - trail.keep} `;
  const [cost, metrics, review] = [sim.cost(), sim.metrics(), sim.review()];
  expect(cost.notes).toEqual([`${count}${words} counted`]);
  expect(metrics.notes).toEqual([`${count}${words} measured`]);
  expect(review.notes).toEqual([`${count}${words} reviewed`]);
  expect(`${review}`.split('\n').at(-1)).toBe(`note: ${count}${words} reviewed`);
  expect(`${cost}`).toContain(`note: ${count}${words} counted`);
  // A list as any other.
  expect(Object.keys(metrics)).toEqual([...metrics.keys()].map(String));
});

test('a trail that has everything needs no notes; one event is one', async () => {
  const sim = createKmsim({ seed: 'forgetful', trail: { keep: 1 } });
  await sim.as().createKey();
  expect([sim.metrics().notes, sim.review().notes]).toEqual([[], []]);
  await sim.as().createKey();
  expect(sim.review().notes).toEqual(['1 event is not kept any more, and not reviewed']);
});

test('without a trail there are no metrics and no alarms, and a review says so', async () => {
  const sim = createKmsim({ seed: 'analysis', trail: 'off' });
  await sim.as().createKey();
  for (const ask of [() => sim.alarms(), () => sim.metrics()]) expect(kmsimErrorOf(ask).code).toBe('NoTrail');
  const review = sim.review();
  expect(review.notes).toEqual(['there is no trail: requests are not reviewed']);
  expect(`${review}`).toContain(review.notes[0]);
  expect(review.findings.map(({ rule }) => rule)).toContain('key-without-alias');
  expect(createKmsim().review().notes).toEqual([]);
});

test('a deletion that was called off is less grave', async () => {
  const sim = createKmsim({ seed: 'analysis' });
  const KeyId = (await sim.as().createKey()).KeyMetadata?.KeyId ?? '';
  await sim.as().encrypt({ KeyId, Plaintext: new Uint8Array(4) });
  await sim.as().scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  expect(sim.review().of('short-waiting-period')).toHaveLength(1);
  expect(sim.review().of('deleted-in-use')).toMatchObject([{ severity: 'high' }]);
  sim.clock.advance('1 day');
  await sim.as().cancelKeyDeletion({ KeyId });
  expect(sim.review().of('short-waiting-period')).toEqual([]);
  expect(sim.review().of('deleted-in-use')).toMatchObject([
    {
      severity: 'low',
      title: 'The deletion of a key in use was called off',
      evidence: [{ text: expect.stringContaining('was called off at 2026-01-02T00:00:00Z') }],
    },
  ]);
  expect(sim.review({ severity: 'high' }).of('deleted-in-use')).toEqual([]);
  await sim.as().scheduleKeyDeletion({ KeyId });
  expect(sim.review().of('deleted-in-use')).toMatchObject([{ severity: 'high', count: 2 }]);
});

test('alarms print, and are a list all the same', async () => {
  const { keyArn, sim } = await run();
  const found = sim.alarms();
  const lines = `${found}`.split('\n');
  expect(lines).toHaveLength(found.length);
  expect(lines[1]).toBe(`2026-04-11T00:00:00.000Z key deletion scheduled: 1 event: ScheduleKeyDeletion, of ${keyArn}`);
  expect(found.map((one) => `${one}`)).toEqual(lines);
  expect([Array.isArray(found), Object.keys(found)]).toEqual([true, ['0', '1', '2']]);
  expect(`${sim.alarms([])}`).toBe('nothing found');
});
