// The nonces of RFC 6979, and what happens when one is refused.

import { describe, expect, test } from 'vitest';
import { curves } from '../../src/ecc/curves.ts';
import { nonceStream } from '../../src/ecc/nonce.ts';
import { rfc6979 } from '../data/ecc-known-answers.ts';
import { families } from '../family-backends.ts';
import { fromHex, utf8 } from '../octets.ts';

const cases = rfc6979.flatMap(({ answers, ...key }) => answers.map((answer) => ({ ...key, ...answer })));

describe.each(families)('on $name', ({ hashes }) => {
  test.each(cases)('RFC 6979 $name, "$message"', ({ spec, privateKey, message, k }) => {
    const curve = curves[spec];
    const hash = hashes[curve.hash];
    const next = nonceStream(curve, hash, fromHex(privateKey), hash.digest(utf8(message)));
    expect(next()).toBe(BigInt(`0x${k}`));
  });

  test('a digest no smaller than the order is reduced, section 2.3.4', () => {
    const curve = curves.ECC_NIST_P256;
    const hash = hashes['SHA-256'];
    const nonceOf = (digest: bigint): bigint =>
      nonceStream(curve, hash, new Uint8Array(32).fill(1), fromHex(digest.toString(16).padStart(64, '0')))();
    expect(nonceOf(curve.n + 5n)).toBe(nonceOf(5n));
    expect(nonceOf(curve.n)).toBe(nonceOf(0n));
    expect(nonceOf(curve.n - 1n)).not.toBe(nonceOf(0n));
  });

  // RFC 6979 section A.1, over a binary curve whose other numbers do not matter here: its first two candidates are not below the order.
  test('the state moves on as in section 3.2, step h.3', () => {
    const n = 0x4000000000000000000020108a2e0cc0d99f8a5efn;
    const k163 = { ...curves.ECC_NIST_P256, n, bits: 163, length: 21 };
    const privateKey = fromHex('009A4D6792295A7F730FC3F2B49CBC0F62E862272F');
    const hash = hashes['SHA-256'];
    const next = nonceStream(k163, hash, privateKey, hash.digest(utf8('sample')));
    expect(next()).toBe(0x23af4074c90a02b3fe61d286d5c87f425e6bdd81bn);
  });

  // An order that takes one candidate of two shows it at once.
  test('candidates that are not below the order are passed over, and each one after another is new', () => {
    const small = { ...curves.ECC_NIST_P256, n: 1n << 255n };
    const digest = new Uint8Array(32).fill(9);
    const all = nonceStream(curves.ECC_NIST_P256, hashes['SHA-256'], new Uint8Array(32).fill(1), digest);
    const few = nonceStream(small, hashes['SHA-256'], new Uint8Array(32).fill(1), digest);
    const candidates = Array.from({ length: 40 }, all);
    expect(new Set(candidates).size).toBe(40);
    const below = candidates.filter((candidate) => candidate < small.n);
    expect(below.length).toBeGreaterThan(5);
    expect(below.length).toBeLessThan(35);
    expect(Array.from({ length: below.length }, few)).toEqual(below);
  });
});
