// Whether the numbers of a private key that somebody else made belong together. FIPS 186-5 section A.1.1, SP 800-56B section 6.4.1.

import type { RsaPrimitives } from '../backend/rsa.ts';
import type { RsaPrivateNumbers } from '../der/private-key.ts';
import { isPrime } from './primality.ts';

/** A modulus of two primes of one length, an odd exponent between 2^16 and 2^256, and everything else as it follows from them. */
export function isSound(key: RsaPrivateNumbers, primitives: Pick<RsaPrimitives, 'power' | 'hash'>): boolean {
  const { n, e, d, p, q, dP, dQ, qInv } = key;
  return (
    p * q === n &&
    p !== q &&
    p.toString(2).length === q.toString(2).length &&
    e % 2n === 1n &&
    e > 1n << 16n &&
    e < 1n << 256n &&
    d < n &&
    (e * d) % (p - 1n) === 1n &&
    (e * d) % (q - 1n) === 1n &&
    dP === d % (p - 1n) &&
    dQ === d % (q - 1n) &&
    qInv < p &&
    (q * qInv) % p === 1n &&
    isPrime(p, primitives) &&
    isPrime(q, primitives)
  );
}
