// An RSA key pair from given bytes: a client that makes key material for import makes the same in every run.

import { checkPrimeSync } from 'node:crypto';

export interface RsaKey {
  readonly n: bigint;
  readonly e: bigint;
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
}

/** Bytes that differ from label to label and stay the same from run to run. */
export type Draw = (label: string, length: number) => Uint8Array;

/** As FIPS 186-5 appendix A.1.3 asks: primes of half the length that are far apart, and a large private exponent. */
export function rsaKey(bits: number, e: bigint, draw: Draw): RsaKey {
  for (let attempt = 0; ; attempt += 1) {
    const p = prime(bits / 2, e, (step) => draw(`p${attempt}.${step}`, bits / 16));
    const q = prime(bits / 2, e, (step) => draw(`q${attempt}.${step}`, bits / 16));
    const apart = p > q ? p - q : q - p;
    if (apart >> BigInt(bits / 2 - 100) === 0n) continue;
    const d = inverse(e, ((p - 1n) * (q - 1n)) / gcd(p - 1n, q - 1n));
    if (d >> BigInt(bits / 2) !== 0n) return { n: p * q, e, d, p, q };
  }
}

// FIPS 186-5 appendix B.3, table B.1: rounds of Miller-Rabin for primes of this length; random numbers, so fewer would do.
const checks = 8;

// Both top bits are set, so that the product of two has its full length. After 2048 odd numbers it starts elsewhere.
function prime(bits: number, e: bigint, draw: (step: number) => Uint8Array): bigint {
  for (let step = 0; ; step += 1) {
    const start = toNumber(draw(step)) | (3n << BigInt(bits - 2)) | 1n;
    for (let candidate = start; candidate < start + 4096n && candidate >> BigInt(bits) === 0n; candidate += 2n) {
      if (smallPrimes.some((small) => candidate % small === 0n) || gcd(candidate - 1n, e) !== 1n) continue;
      if (checkPrimeSync(candidate, { checks })) return candidate;
    }
  }
}

const smallPrimes: readonly bigint[] = Array.from({ length: 1000 }, (_, at) => 2 * at + 3)
  .filter((odd) => !Array.from({ length: 21 }, (_, at) => 2 * at + 3).some((d) => d < odd && odd % d === 0))
  .map(BigInt);

export function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
}

export function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

/** a * inverse(a, modulus) = 1 modulo modulus. */
export function inverse(a: bigint, modulus: bigint): bigint {
  let [old, rest, oldFactor, factor] = [a % modulus, modulus, 1n, 0n];
  while (rest !== 0n) {
    const times = old / rest;
    [old, rest] = [rest, old - times * rest];
    [oldFactor, factor] = [factor, oldFactor - times * factor];
  }
  return ((oldFactor % modulus) + modulus) % modulus;
}
