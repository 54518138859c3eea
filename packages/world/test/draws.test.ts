// Numbers from bytes: pinned for a seed, and distributed as they say.

import { expect, test } from 'vitest';
import { between, chance, exponential, pick, uniform, wholeBetween } from '../src/draws.ts';
import type { RandomStream } from '../src/random-streams.ts';
import { simulatedWorld } from '../src/world.ts';

const stream = (label = 'draws'): RandomStream => simulatedWorld({ seed: 'draws' }).cursor(label).take();
const times = 20_000;

function mean(draw: () => number): number {
  let sum = 0;
  for (let at = 0; at < times; at++) sum += draw();
  return sum / times;
}

test('uniform numbers are in [0, 1), and 1/2 in the mean', () => {
  const bytes = stream();
  const numbers = Array.from({ length: times }, () => uniform(bytes));
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(mean(() => uniform(bytes))).toBeCloseTo(0.5, 1);
  expect(new Set(numbers).size).toBe(times);
});

test('the largest and the smallest number', () => {
  const of = (byte: number): RandomStream =>
    ({ draw: (length: number) => new Uint8Array(length).fill(byte) }) as unknown as RandomStream;
  expect(uniform(of(0))).toBe(0);
  expect(uniform(of(255))).toBe(1 - 2 ** -53);
});

test('a chance comes true as often as it says; what is certain draws nothing', () => {
  const bytes = stream();
  expect(mean(() => Number(chance(bytes, 0.3)))).toBeCloseTo(0.3, 1);
  const nothing = {
    draw: () => expect.fail('drew'),
  } as unknown as RandomStream;
  expect([chance(nothing, 0), chance(nothing, 1)]).toEqual([false, true]);
});

// Of an exponential distribution with mean 100: mean 100, deviation 100, and e^-1 of it above the mean.
test('exponential numbers have the mean, the deviation and the tail of their distribution', () => {
  const bytes = stream();
  const numbers = Array.from({ length: times }, () => exponential(bytes, 100));
  const average = numbers.reduce((a, b) => a + b) / times;
  const deviation = Math.sqrt(numbers.reduce((sum, number) => sum + (number - average) ** 2, 0) / times);
  expect(average).toBeGreaterThan(97);
  expect(average).toBeLessThan(103);
  expect(deviation).toBeGreaterThan(95);
  expect(deviation).toBeLessThan(105);
  const above = numbers.filter((number) => number > 100).length / times;
  expect(above).toBeGreaterThan(0.355);
  expect(above).toBeLessThan(0.38);
  expect(exponential(bytes, 0)).toBe(0);
});

test('whole numbers have both ends, and every item is picked', () => {
  const bytes = stream();
  const wholes = new Set(Array.from({ length: 1_000 }, () => wholeBetween(bytes, -1, 2)));
  expect([...wholes].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
  expect(new Set(Array.from({ length: 1_000 }, () => pick(bytes, ['a', 'b', 'c']))).size).toBe(3);
  const inside = Array.from({ length: 1_000 }, () => between(bytes, 5, 7));
  expect(inside.every((number) => number >= 5 && number < 7)).toBe(true);
});
