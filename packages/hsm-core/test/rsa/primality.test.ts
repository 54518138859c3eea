// Which numbers are taken for primes, with the adversarial ones among them.

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isPrime, jacobi, passesLucas, passesMillerRabin } from '../../src/rsa/primality.ts';
import { provesVectors } from '../proof.ts';
import { absence, groupsOf, type Vector } from '../published-vectors.ts';
import { sampled, takesAll } from '../vector-sample.ts';
import { native, portable, rsaBackends } from './backends.ts';

/** Trial division. */
function isPrimeByTrial(number: number): boolean {
  if (number < 2) return false;
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return true;
}

describe.each(rsaBackends)('isPrime on $name', (backend) => {
  test('is right about every number below 5,000, and around 997 squared, where trial division ends', () => {
    const numbers = [...Array(5_000).keys(), ...Array.from({ length: 400 }, (_, at) => 997 * 997 - 200 + at)];
    const wrong = numbers.filter((number) => isPrime(BigInt(number), backend) !== isPrimeByTrial(number));
    expect(wrong).toEqual([]);
  });

  test.each([
    ['2^521 - 1, a Mersenne prime', 2n ** 521n - 1n, true],
    ['2^255 - 19', 2n ** 255n - 19n, true],
    ['a Mersenne number that is none, 2^523 - 1', 2n ** 523n - 1n, false],
    ['the square of a prime', (2n ** 255n - 19n) ** 2n, false],
    ['a product of two primes', (2n ** 255n - 19n) * (2n ** 521n - 1n), false],
    // Arnault, Rabin-Miller primality test: composite numbers which pass it (1995): to all prime bases below 307.
    ["Arnault's number of 397 digits", arnault(), false],
  ])('%s', (_name, number, prime) => {
    expect(isPrime(number, backend)).toBe(prime);
    expect(crypto.checkPrimeSync(number)).toBe(prime);
  });

  test('no number below 2 is prime', () => {
    expect([-7n, -2n, -1n, 0n, 1n].filter((number) => isPrime(number, backend))).toEqual([]);
  });
});

/** The product of a prime p and 313 (p - 1) + 1 and 353 (p - 1) + 1. */
function arnault(): bigint {
  const p = BigInt(
    `29674495668685510550154174642905332730771991799853043350995075531276838753171770199594238596428121188033664754218345562493168782883`,
  );
  return p * (313n * (p - 1n) + 1n) * (353n * (p - 1n) + 1n);
}

test("Arnault's number passes Miller-Rabin to the first bases, and Lucas sees through it", () => {
  const number = arnault();
  for (const base of [2n, 3n, 5n, 7n, 11n, 293n]) expect(passesMillerRabin(number, base, portable)).toBe(true);
  expect(passesLucas(number)).toBe(false);
});

test('Lucas has pseudoprimes of its own, which base 2 sees through', () => {
  // The first Lucas pseudoprimes with these parameters: OEIS A217120.
  for (const number of [323n, 377n, 1159n, 1829n, 3827n, 5459n]) {
    expect(passesLucas(number)).toBe(true);
    expect(passesMillerRabin(number, 2n, portable)).toBe(false);
  }
  // And base 2 has those of its own: OEIS A001262.
  for (const number of [2047n, 3277n, 4033n, 4681n, 8321n]) {
    expect(passesMillerRabin(number, 2n, portable)).toBe(true);
    expect(passesLucas(number)).toBe(false);
  }
});

test('the Jacobi symbol is the product of Legendre symbols', () => {
  const legendre = (a: number, p: number): number => {
    if (a % p === 0) return 0;
    return Array.from({ length: p }, (_, x) => (x * x) % p).includes(((a % p) + p) % p) ? 1 : -1;
  };
  for (const [n, factors] of [
    [15, [3, 5]],
    [21, [3, 7]],
    [105, [3, 5, 7]],
    [49, [7, 7]],
    [1009, [1009]],
  ] as const) {
    for (let a = -20; a < 40; a++) {
      const expected = factors.reduce((product, factor) => product * legendre(a, factor), 1);
      expect(jacobi(BigInt(a), BigInt(n)) + 0, `(${a}/${n})`).toBe(expected + 0);
    }
  }
});

interface PrimalityVector extends Vector {
  readonly value: string;
}

const file = 'primality_test';
const { absent, reason } = absence([file]);

// A number of 2,100 bits takes the portable backend a tenth of a second, so of the 88 that are that long it sees every eighth.
const samples = [
  { backend: native, share: 1, vectors: 317, sample: '317 of 317' },
  { backend: portable, share: 8, vectors: 240, sample: 'all 229 short ones and 11 of the 88 long ones' },
];

describe.skipIf(absent)(`Wycheproof${reason}`, () => {
  // Two's complement, in whole octets. Its "acceptable" ones are negatives of primes: no prime here.
  const value = (text: string): bigint => BigInt.asIntN(text.length * 4, BigInt(`0x${text}`));

  test.each(samples)(`${file} on $backend.name: $sample`, ({ backend, share, vectors }) => {
    const all = groupsOf<{ tests: PrimalityVector[] }>(file).flatMap(({ tests }) => tests);
    const isLong = (vector: PrimalityVector): boolean => vector.value.length > 400;
    const long = sampled(all.filter(isLong), share);
    const seen = [...all.filter((vector) => !isLong(vector)), ...long];
    const failed = seen.filter((vector) => isPrime(value(vector.value), backend) !== (vector.result === 'valid'));
    expect(failed.map(({ tcId, comment }) => `${tcId} ${comment}`)).toEqual([]);
    expect(all).toHaveLength(317);
    if (!takesAll) expect(seen).toHaveLength(vectors);
    provesVectors(['import of RSA keys'], { file, backend: backend.name, all, taken: seen });
  });
});
