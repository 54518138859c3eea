// Temporary credentials: their form, and that they do not pile up.

import { simulatedWorld } from '@kmsim/world';
import { expect, test } from 'vitest';
import { TemporaryCredentials } from '../../src/identity/temporary-credentials.ts';
import { caller, ours } from '../engine.ts';

const { principal } = caller(`arn:aws:sts::${ours}:assumed-role/App/s`);
const cursor = (seed: number) => simulatedWorld({ seed }).cursor('x');
const temporary = (expiresAt: number) => ({ principal, session: { policies: [] }, expiresAt });

test('they look like real ones, and follow from the random bytes alone', () => {
  const [one, two, other] = [1, 1, 2].map((seed) =>
    new TemporaryCredentials().make(cursor(seed).take(), temporary(1), 0),
  );
  expect(one?.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
  expect(one?.secretAccessKey).toMatch(/^[\w+/]{40}$/);
  expect(one?.sessionToken).toMatch(/^[\w+/]{256}$/);
  expect(two).toEqual(one);
  expect(other?.accessKeyId).not.toBe(one?.accessKeyId);
  expect(other?.secretAccessKey).not.toBe(one?.secretAccessKey);
});

test('each is found by its id', () => {
  const credentials = new TemporaryCredentials();
  const streams = cursor(1);
  const [one, two] = [5, 6].map((end) => credentials.make(streams.take(), temporary(end), 0));
  expect(credentials.get(one?.accessKeyId ?? '')).toBe(one);
  expect(credentials.get(two?.accessKeyId ?? '')).toBe(two);
  expect(credentials.get('ASIA')).toBeUndefined();
});

test('a copy has them all, and neither knows of what the other is given later', () => {
  const credentials = new TemporaryCredentials();
  const streams = cursor(1);
  const make = (to: TemporaryCredentials) => to.make(streams.take(), temporary(5), 0);
  const first = make(credentials);
  const copy = new TemporaryCredentials(credentials);
  expect(copy.get(first.accessKeyId)).toBe(first);
  const [one, two] = [make(credentials), make(copy)];
  expect([copy.get(one.accessKeyId), credentials.get(two.accessKeyId)]).toEqual([undefined, undefined]);
});

test('of very many, those that have expired go first, then the oldest', () => {
  const credentials = new TemporaryCredentials();
  const streams = cursor(1);
  const first = credentials.make(streams.take(), temporary(100), 0);
  const expired = credentials.make(streams.take(), temporary(10), 0);
  for (let made = 2; made < 10_000; made++) credentials.make(streams.take(), temporary(100), 0);
  credentials.make(streams.take(), temporary(100), 50);
  expect(credentials.get(expired.accessKeyId)).toBeUndefined();
  expect(credentials.get(first.accessKeyId)).toBe(first);
  credentials.make(streams.take(), temporary(100), 50);
  expect(credentials.get(first.accessKeyId)).toBeUndefined();
});
