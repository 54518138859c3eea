// What is kept between two signatures must not outlive what it was made of.

import { expect, test } from 'vitest';
import { judged, knowing, verification } from './judgement.ts';
import { exampleKey, signedAt, signedRequest } from './signed-request.ts';

const { accessKeyId } = exampleKey;
const day = 86_400_000;
const right = 'verified';
const wrong = /^InvalidSignatureException: The request signature/;

test('a secret that is rotated signs no more, and one that comes back does', async () => {
  const [before, after] = [await signedRequest(), await signedRequest({ secretAccessKey: 'rotated' })];
  const old = knowing({ [accessKeyId]: exampleKey });
  const rotated = knowing({ [accessKeyId]: { secretAccessKey: 'rotated' } });
  expect(await judged(before, old)).toBe(right);
  expect(await judged(before, rotated)).toMatch(wrong);
  expect(await judged(after, rotated)).toBe(right);
  expect(await judged(after, old)).toMatch(wrong);
  expect(await judged(before, old)).toBe(right);
});

test('an access key that was deleted and made again by the same id is known by its new secret', async () => {
  const first = await signedRequest({ accessKeyId: 'AKIAAGAIN', secretAccessKey: 'first' });
  const second = await signedRequest({ accessKeyId: 'AKIAAGAIN', secretAccessKey: 'second' });
  expect(await judged(first, knowing({ AKIAAGAIN: { secretAccessKey: 'first' } }))).toBe(right);
  expect(await judged(first, knowing({}))).toMatch(/^UnrecognizedClientException/);
  expect(await judged(first, knowing({ AKIAAGAIN: { secretAccessKey: 'second' } }))).toMatch(wrong);
  expect(await judged(second, knowing({ AKIAAGAIN: { secretAccessKey: 'second' } }))).toBe(right);
});

test('two access keys with one secret, and one access key in two Regions', async () => {
  const shared = { secretAccessKey: 'shared' };
  const both = knowing({ AKIAONE: shared, AKIATWO: shared });
  for (const id of ['AKIAONE', 'AKIATWO', 'AKIAONE'])
    for (const region of ['eu-west-1', 'us-east-1'])
      expect(await judged(await signedRequest({ accessKeyId: id, ...shared, region }), both)).toBe(right);
});

test('the next day has a key of its own', async () => {
  const secrets = { [accessKeyId]: exampleKey };
  for (const at of [signedAt, signedAt + day, signedAt]) {
    expect(await judged(await signedRequest({ at }), knowing(secrets, at))).toBe(right);
    const forged = await signedRequest({ at, secretAccessKey: 'other' });
    expect(await judged(forged, knowing(secrets, at))).toMatch(wrong);
  }
});

test('more secrets than are kept', async () => {
  const secrets = Object.fromEntries(
    Array.from({ length: 100 }, (_, n) => [`AKIA${n}`, { secretAccessKey: `secret ${n}` }]),
  );
  for (const round of [1, 2])
    for (const [id, { secretAccessKey }] of Object.entries(secrets)) {
      const request = await signedRequest({ accessKeyId: id, secretAccessKey });
      expect(await judged(request, knowing(secrets)), `${id}, round ${round}`).toBe(right);
    }
});

test('an unknown access key is refused again behind a known one', async () => {
  const [known, unknown] = [await signedRequest(), await signedRequest({ accessKeyId: 'AKIANOBODY' })];
  for (const request of [unknown, known, unknown, known])
    expect(await judged(request, verification)).toMatch(request === known ? /^verified$/ : /^UnrecognizedClient/);
});
