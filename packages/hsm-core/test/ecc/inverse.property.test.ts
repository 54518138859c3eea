// The inverse, against its definition.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { curves } from '../../src/ecc/curves.ts';
import { inverse } from '../../src/ecc/inverse.ts';

const primes = [
  ...Object.values(curves).flatMap(({ p, n }) => [p, n]),
  2n,
  3n,
  65537n,
  (1n << 61n) - 1n,
  (1n << 127n) - 1n,
];

const pair = fc.constantFrom(...primes).chain((prime) => {
  const anywhere = fc.bigInt({ min: 1n, max: prime - 1n });
  // Small ones, large ones, and those that share their leading digits with the modulus.
  const small = fc.bigInt({ min: 1n, max: prime - 1n < 64n ? prime - 1n : 64n });
  const close = fc.nat(300).map((shift) => prime >> BigInt(shift % (prime.toString(2).length - 1)));
  const value = fc
    .oneof(
      anywhere,
      small,
      small.map((number) => prime - number),
      close,
    )
    .filter((v) => v > 0n && v < prime);
  return value.map((of) => ({ of, prime }));
});

test.prop([pair], { numRuns: 3_000 })('a number times its inverse is 1', ({ of, prime }) => {
  const found = inverse(of, prime);
  expect(found > 0n && found < prime).toBe(true);
  expect((found * of) % prime).toBe(1n);
});
