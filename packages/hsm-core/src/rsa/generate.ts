// RSA key pairs from a seed: probable primes as in FIPS 186-5 section A.1.3, the random bits being the seed's.

import { bytesToNumberBE } from '@noble/curves/utils.js';
import type { RsaPrimitives } from '../backend/rsa.ts';
import type { RsaPrivateNumbers } from '../der/private-key.ts';
import { type Draw, seedStream } from '../seed-stream.ts';
import type { RsaParameters } from './parameters.ts';
import { passesMillerRabin } from './primality.ts';
import { candidatesFrom } from './sieve.ts';

/** Of every key that is made here. */
const publicExponent = 65537n;

type Power = Pick<RsaPrimitives, 'power'>;

/** The same numbers for the same seed, on whatever backend. */
export function generateNumbers(seed: Uint8Array, parameters: RsaParameters, primitives: Power): RsaPrivateNumbers {
  const draw = seedStream(seed, `kmsim RSA ${parameters.bits}`);
  for (;;) {
    const one = probablePrime(draw, parameters, primitives);
    const other = probablePrime(draw, parameters, primitives);
    const numbers = privateNumbers(one, other);
    if (areFarApart(one, other, parameters) && numbers.d >> BigInt(parameters.bits / 2) > 0n) return numbers;
  }
}

/** Section A.1.3, step 5.4: more than 2^(nlen/2 - 100) between the primes. */
export function areFarApart(p: bigint, q: bigint, { bits }: RsaParameters): boolean {
  const distance = p > q ? p - q : q - p;
  return distance > 1n << BigInt(Math.max(bits / 2 - 100, 0));
}

// Steps 4 and 5. Where the standard draws anew for each candidate, this looks on from the one drawn: a sieve then does most of the work.
function probablePrime(draw: Draw, { bits, millerRabinRounds }: RsaParameters, primitives: Power): bigint {
  const half = bits / 2;
  for (;;) {
    const start = bytesToNumberBE(draw(half / 8)) | 1n;
    // Step 4.4: at least the square root of 2, times 2^(nlen/2 - 1); two such make a product of nlen bits.
    if ((start * start) >> BigInt(bits - 1) === 0n) continue;
    for (const candidate of candidatesFrom(start)) {
      if (candidate >> BigInt(half) !== 0n) break;
      // Step 4.5: prime to e, which is prime.
      if (candidate % publicExponent === 1n) continue;
      if (!passesMillerRabin(candidate, 2n, primitives)) continue;
      const bases = Array.from({ length: millerRabinRounds }, () => bytesToNumberBE(draw(half / 8)));
      if (bases.every((base) => passesMillerRabin(candidate, (base % (candidate - 3n)) + 2n, primitives))) {
        return candidate;
      }
    }
  }
}

/**
 * Everything that follows from two primes and an exponent, in one way: the larger prime first. FIPS 186-5 section A.1.1: d is the inverse of
 * e modulo lcm(p - 1, q - 1).
 */
export function privateNumbers(one: bigint, other: bigint, e: bigint = publicExponent): RsaPrivateNumbers {
  const [p, q] = one > other ? [one, other] : [other, one];
  const phi = (p - 1n) * (q - 1n);
  const d = inverse(e, phi / greatestCommonDivisor(p - 1n, q - 1n));
  return { n: p * q, e, d, p, q, dP: d % (p - 1n), dQ: d % (q - 1n), qInv: inverse(q, p) };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

// The extended Euclidean algorithm; number and modulus have no common divisor.
function inverse(number: bigint, modulus: bigint): bigint {
  let [a, b] = [number % modulus, modulus];
  let [x, y] = [1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}
