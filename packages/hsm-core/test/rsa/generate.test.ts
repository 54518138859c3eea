// Key generation: the conditions of FIPS 186-5 section A.1, judged with node:crypto, and the same numbers everywhere.

import * as crypto from 'node:crypto';
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { RsaPrimitives } from '../../src/backend/rsa.ts';
import { areFarApart, generateNumbers } from '../../src/rsa/generate.ts';
import { rsaParameters } from '../../src/rsa.ts';
import { native, numbersOf, portable, seed, specs } from './backends.ts';

const bitLength = (number: bigint): number => number.toString(2).length;

describe.each(specs)('%s', (spec) => {
  const { bits } = rsaParameters[spec];

  test('has two primes of half the length, the larger first, whose product has the whole', () => {
    const { n, p, q } = numbersOf(spec);
    expect(crypto.checkPrimeSync(p)).toBe(true);
    expect(crypto.checkPrimeSync(q)).toBe(true);
    expect([n, p, q].map(bitLength)).toEqual([bits, bits / 2, bits / 2]);
    expect(p * q).toBe(n);
    expect(p > q).toBe(true);
    expect(areFarApart(p, q, rsaParameters[spec])).toBe(true);
    // At least the square root of 2, times 2^(bits/2 - 1).
    for (const prime of [p, q]) expect(prime * prime >= 1n << BigInt(bits - 1)).toBe(true);
  });

  test('has 65537 for public exponent, and a private one that fits and is not small', () => {
    const { e, d, p, q, dP, dQ, qInv } = numbersOf(spec);
    expect(e).toBe(65537n);
    expect([(e * d) % (p - 1n), (e * d) % (q - 1n)]).toEqual([1n, 1n]);
    expect([dP, dQ]).toEqual([d % (p - 1n), d % (q - 1n)]);
    expect((q * qInv) % p).toBe(1n);
    expect(bitLength(d)).toBeGreaterThan(bits / 2);
    // The least inverse: below lcm(p - 1, q - 1), not only below phi.
    expect(d < ((p - 1n) * (q - 1n)) / 2n).toBe(true);
  });

  test('is the same on the portable backend', () => {
    expect(generateNumbers(seed, rsaParameters[spec], portable)).toEqual(numbersOf(spec));
  });

  test('is another for a seed that differs in one bit', () => {
    const other = Uint8Array.from(seed, (octet, at) => (at === 0 ? octet ^ 1 : octet));
    // Enough to see another first prime, and far cheaper: any length of modulus is its own stream.
    const short = { ...rsaParameters[spec], bits: 512 };
    expect(generateNumbers(other, short, native).n).not.toBe(generateNumbers(seed, short, native).n);
  });
});

test('lengths do not share primes', () => {
  const all = specs.flatMap((spec) => [numbersOf(spec).p, numbersOf(spec).q]);
  expect(new Set(all).size).toBe(6);
});

test('both backends find the same short keys', () => {
  const parameters = { bits: 640, millerRabinRounds: 4 };
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (some) => {
      const [one, other] = [portable, native].map((backend) => generateNumbers(some, parameters, backend));
      expect(one).toEqual(other);
      expect(bitLength(one?.n ?? 0n)).toBe(640);
    }),
    { numRuns: 15 },
  );
});

describe('a pair is given up', () => {
  test('when the primes are near each other', () => {
    const p = 1n << 1023n;
    const limit = 1n << 924n;
    expect(areFarApart(p, p + limit, rsaParameters.RSA_2048)).toBe(false);
    expect(areFarApart(p + limit, p, rsaParameters.RSA_2048)).toBe(false);
    expect(areFarApart(p, p + limit + 1n, rsaParameters.RSA_2048)).toBe(true);
    expect(areFarApart(p, p, { bits: 128, millerRabinRounds: 4 })).toBe(false);
  });

  test('when a prime does not hold under the bases of the seed: base 2 alone does not decide', () => {
    // A backend that takes the first candidate for a prime under base 2, and no other base.
    let fooled = 0;
    const liar: Pick<RsaPrimitives, 'power'> = {
      power: (base, exponent, modulus) => {
        if (base !== 2n || fooled > 0) return native.power(base, exponent, modulus);
        fooled++;
        return 1n;
      },
    };
    const parameters = { bits: 512, millerRabinRounds: 4 };
    const { p, q } = generateNumbers(seed, parameters, liar);
    expect(fooled).toBe(1);
    expect([p, q].map((prime) => crypto.checkPrimeSync(prime))).toEqual([true, true]);
  });
});
