// The sieve against division.

import { expect, test } from 'vitest';
import { candidatesFrom, smallPrimes, windowLength } from '../../src/rsa/sieve.ts';

test('the small primes are the 168 below 1,000', () => {
  expect(smallPrimes).toHaveLength(168);
  expect(smallPrimes.slice(0, 8)).toEqual([2, 3, 5, 7, 11, 13, 17, 19]);
  expect(smallPrimes.at(-1)).toBe(997);
});

function smallestFactor(number: number): number {
  for (let divisor = 3; divisor * divisor <= number; divisor += 2) if (number % divisor === 0) return divisor;
  return number;
}

test.each([65_537, 1_000_001, 30_000_001])('from %d it leaves what has no factor below 65,536, in order', (start) => {
  const odd = Array.from({ length: windowLength / 2 }, (_, at) => start + 2 * at);
  const expected = odd.filter((number) => smallestFactor(number) > 65_535).map(BigInt);
  expect([...candidatesFrom(BigInt(start))]).toEqual(expected);
});
