// RSA keys from given bytes.

import { expect, test } from 'vitest';
import { gcd, inverse, rsaKey, toNumber } from '../../src/client/rsa-key.ts';
import { draw } from './draw.ts';

test('the same bytes give the same key, others another', () => {
  const [one, again, other] = [
    rsaKey(1024, 65_537n, draw('a')),
    rsaKey(1024, 65_537n, draw('a')),
    rsaKey(1024, 65_537n, draw('b')),
  ];
  expect(again).toEqual(one);
  expect(other.n).not.toBe(one.n);
});

test.each([1024, 2048])('a key of %i bits has that length, and its exponents undo each other', (bits) => {
  const { d, e, n, p, q } = rsaKey(bits, 65_537n, draw(`key of ${bits}`));
  expect(n).toBe(p * q);
  expect(n.toString(2)).toHaveLength(bits);
  const order = ((p - 1n) * (q - 1n)) / gcd(p - 1n, q - 1n);
  expect((d * e) % order).toBe(1n);
  expect(p).not.toBe(q);
});

test('a small exponent fits its primes', () => {
  const { e, p, q } = rsaKey(1024, 3n, draw('three'));
  expect([gcd(p - 1n, e), gcd(q - 1n, e)]).toEqual([1n, 1n]);
});

test('inverse and number', () => {
  expect(inverse(3n, 11n)).toBe(4n);
  expect((inverse(65_537n, 3120n) * 65_537n) % 3120n).toBe(1n);
  expect(toNumber(Uint8Array.of(1, 0))).toBe(256n);
  expect(toNumber(new Uint8Array())).toBe(0n);
});
