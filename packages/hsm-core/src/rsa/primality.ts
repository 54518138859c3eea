// Tests of primality: Miller-Rabin and Lucas (FIPS 186-5 section B.3), over the modular power of a backend.

import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import type { RsaPrimitives } from '../backend/rsa.ts';
import { smallPrimes } from './sieve.ts';

/** FIPS 186-5 section B.3.1, one round with this base: false for certain when w is not prime. w is odd and above 3. */
export function passesMillerRabin(w: bigint, base: bigint, { power }: Pick<RsaPrimitives, 'power'>): boolean {
  let a = 0;
  while (((w - 1n) >> BigInt(a)) % 2n === 0n) a++;
  let z = power(base, (w - 1n) >> BigInt(a), w);
  if (z === 1n || z === w - 1n) return true;
  for (let j = 1; j < a; j++) {
    z = (z * z) % w;
    if (z === w - 1n) return true;
  }
  return false;
}

/** FIPS 186-5 section B.3.3, the general Lucas test. w is odd and no perfect square. */
export function passesLucas(w: bigint): boolean {
  const d = lucasDiscriminant(w);
  if (d === undefined) return false;
  const halved = (number: bigint): bigint => (number % 2n === 0n ? number : number + w) >> 1n;
  // With P = 1: U and V of the leading bits of K = w + 1.
  let u = 1n;
  let v = 1n;
  for (const bit of (w + 1n).toString(2).slice(1)) {
    const uTwice = (u * v) % w;
    const vTwice = halved((v * v + d * u * u) % w);
    u = bit === '1' ? halved(uTwice + vTwice) % w : uTwice;
    v = bit === '1' ? halved(vTwice + d * uTwice) % w : vTwice;
  }
  return u % w === 0n;
}

// Step 2: the first of 5, -7, 9, -11, ... whose Jacobi symbol over w is -1. None where a factor shows before.
function lucasDiscriminant(w: bigint): bigint | undefined {
  for (let size = 5n; ; size += 2n) {
    const d = size % 4n === 1n ? size : -size;
    const symbol = jacobi(d, w);
    if (symbol === -1) return d;
    if (symbol === 0 && size < w) return undefined;
  }
}

/** The Jacobi symbol of a over an odd n, by reciprocity; FIPS 186-5 section B.5. */
export function jacobi(a: bigint, n: bigint): -1 | 0 | 1 {
  let top = ((a % n) + n) % n;
  let bottom = n;
  let negative = false;
  while (top !== 0n) {
    while (top % 2n === 0n) {
      top >>= 1n;
      if (bottom % 8n === 3n || bottom % 8n === 5n) negative = !negative;
    }
    if (top % 4n === 3n && bottom % 4n === 3n) negative = !negative;
    [top, bottom] = [bottom % top, top];
  }
  if (bottom !== 1n) return 0;
  return negative ? -1 : 1;
}

// Somebody may have made the number so that the first primes as bases do not see through it. Miller-Rabin with base 2 and Lucas
// together have no known counterexample (Baillie, Pomerance, Selfridge, Wagstaff), and these bases follow from the number itself.
const ownBases = 4;

/** Whether a number that somebody else chose is prime. */
export function isPrime(w: bigint, primitives: Pick<RsaPrimitives, 'power' | 'hash'>): boolean {
  if (w < 2n) return false;
  for (const prime of smallPrimes) {
    if (w % BigInt(prime) === 0n) return w === BigInt(prime);
    if (BigInt(prime * prime) > w) return true;
  }
  if (!passesMillerRabin(w, 2n, primitives) || isSquare(w) || !passesLucas(w)) return false;
  const octets = numberToBytesBE(w, Math.ceil(w.toString(16).length / 2));
  for (let round = 0; round < ownBases; round++) {
    const hash = primitives.hash('SHA-256', Uint8Array.of(round, ...octets));
    const base = (bytesToNumberBE(hash) % (w - 3n)) + 2n;
    if (!passesMillerRabin(w, base, primitives)) return false;
  }
  return true;
}

// Newton's method from above; FIPS 186-5 section B.4.
function isSquare(w: bigint): boolean {
  let root = 1n << BigInt(Math.ceil(w.toString(2).length / 2));
  for (;;) {
    const next = (root + w / root) >> 1n;
    if (next >= root) return root * root === w;
    root = next;
  }
}
