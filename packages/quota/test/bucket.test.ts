// Token buckets by example.

import { describe, expect, test } from 'vitest';
import { granted, newBucket, retryAfterMs, take, usedAt, usualBurst } from '../src/index.ts';

const noon = Date.UTC(2026, 0, 1, 12);
const year = 365 * 86_400_000;

describe('a bucket of ten a second', () => {
  test('lets ten pass at once and tells the eleventh how long to wait', () => {
    const bucket = newBucket(10, noon);
    for (let n = 0; n < 10; n++) expect(take(bucket, noon)).toBe(granted);
    expect(take(bucket, noon)).toBe(100);
    expect(take(bucket, noon + 99)).toBe(1);
    expect(take(bucket, noon + 100)).toBe(granted);
  });

  test('a clock that stands still refills nothing', () => {
    const bucket = newBucket(10, noon);
    let passed = 0;
    for (let n = 0; n < 10_000; n++) if (take(bucket, noon) === granted) passed += 1;
    expect(passed).toBe(10);
  });

  test('a clock that goes back refills nothing, and the bucket goes on from where it was', () => {
    const bucket = newBucket(10, noon);
    for (let n = 0; n < 10; n++) take(bucket, noon);
    expect(take(bucket, noon - year)).toBe(100);
    expect(take(bucket, noon)).toBe(100);
    expect(take(bucket, noon + 100)).toBe(granted);
  });

  test('a jump of a year refills once, to the burst', () => {
    const bucket = newBucket(10, noon);
    for (let n = 0; n < 10; n++) take(bucket, noon);
    for (let n = 0; n < 10; n++) expect(take(bucket, noon + year)).toBe(granted);
    expect(take(bucket, noon + year)).toBe(100);
  });

  test('who is refused has used up nothing', () => {
    const bucket = newBucket(10, noon);
    expect(take(bucket, noon, 8)).toBe(granted);
    expect(take(bucket, noon, 5)).toBe(300);
    expect(take(bucket, noon, 2)).toBe(granted);
  });

  test('what asks for more than the burst never passes', () => {
    const bucket = newBucket(10, noon);
    expect(take(bucket, noon, 11)).toBe(Number.POSITIVE_INFINITY);
    expect(take(bucket, noon, 10)).toBe(granted);
  });
});

test('who waits as long as told passes, also where a millisecond is missing by less than a clock shows', () => {
  const bucket = { ...newBucket(1, noon), used: 0.0010000015 };
  expect(take({ ...bucket }, noon + 1)).toBe(1);
  expect(take(bucket, noon)).toBe(2);
  expect(take(bucket, noon + 2)).toBe(granted);
});

test.each([
  [0.1, 10_000],
  [0.25, 4_000],
  [0.5, 2_000],
  [1, 1_000],
  [3, 334],
])('of %f a second the second one passes after %i ms', (rate, wait) => {
  const bucket = newBucket(rate, noon, 1);
  expect(take(bucket, noon)).toBe(granted);
  expect(take(bucket, noon)).toBe(wait);
  expect(take(bucket, noon + wait - 1)).toBe(1);
  expect(take(bucket, noon + wait)).toBe(granted);
});

test('without a burst of its own a bucket holds one second, and never less than one request', () => {
  expect([0.1, 1, 2.5, 100].map(usualBurst)).toEqual([1, 1, 2.5, 100]);
  expect(newBucket(5, noon)).toEqual({ perSecond: 5, burst: 5, used: 0, at: noon });
  expect(newBucket(5, noon, 20).burst).toBe(20);
});

test('asking changes nothing', () => {
  const bucket = newBucket(2, noon);
  take(bucket, noon, 2);
  const before = { ...bucket };
  expect(retryAfterMs(bucket, noon + 200)).toBe(300);
  expect(retryAfterMs(bucket, noon + 500)).toBe(granted);
  expect(usedAt(bucket, noon + 500)).toBe(1);
  expect(bucket).toEqual(before);
});

test('a bucket that went through JSON goes on as if it had not', () => {
  const bucket = newBucket(0.3, noon, 4);
  for (let n = 0; n < 3; n++) take(bucket, noon + n * 777);
  const again = JSON.parse(JSON.stringify(bucket)) as typeof bucket;
  for (let n = 3; n < 50; n++) expect(take(again, noon + n * 777)).toBe(take(bucket, noon + n * 777));
  expect(again).toEqual(bucket);
});
