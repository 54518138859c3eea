// What the port for elliptic curves promises, on both backends.

import { createECDH } from 'node:crypto';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { nativeEc } from '../../src/backend/ec-native.ts';
import { inverse } from '../../src/ecc/inverse.ts';
import { affine, bitsToInteger, scalarOctets } from '../../src/ecc/numbers.ts';
import { curves, type EccKeySpec } from '../../src/ecc.ts';
import { ecdsaSpecs } from '../ecc/keys.ts';
import { families, native, portable } from '../family-backends.ts';
import { hex, octets, spoilt } from '../octets.ts';

const curve = fc.constantFrom(...ecdsaSpecs).map((spec) => curves[spec]);
const number = fc.oneof(fc.bigInt({ min: 1n, max: 1n << 530n }), fc.bigInt({ min: 1n, max: 9n }));

property.prop([curve, number, number], { numRuns: 25 })(
  'the backends multiply, decompress and agree alike',
  (on, a, b) => {
    const [one, other] = [a, b].map((scalar) => scalarOctets(on, (scalar % (on.n - 1n)) + 1n)) as [
      Uint8Array,
      Uint8Array,
    ];
    const point = native.ec.multiplyBase(on, one);
    const peer = native.ec.multiplyBase(on, other);
    const pair = createECDH(on.openSslName);
    pair.setPrivateKey(one);
    expect(hex(point)).toBe(pair.getPublicKey('hex'));
    for (const { ec } of families) {
      expect(hex(ec.multiplyBase(on, one))).toBe(hex(point));
      expect(ec.baseX(on, one)).toBe(affine(on, point).x);
      expect(hex(ec.uncompressed(on, pair.getPublicKey(null, 'compressed')))).toBe(hex(point));
      expect(hex(ec.agreement(on, one, point)(peer))).toBe(hex(portable.ec.agreement(on, other, peer)(point)));
      expect(ec.agreement(on, one, point)(spoilt(peer, 2 * on.length))).toBeUndefined();
    }
  },
);

test('SM2 points multiply as OpenSSL does', () => {
  const on = curves.SM2;
  for (const scalar of [1n, 2n, on.n - 1n, BigInt(`0x${hex(octets(32))}`)]) {
    const pair = createECDH('SM2');
    pair.setPrivateKey(scalarOctets(on, scalar));
    expect(hex(portable.sm2.multiplyBase(on, scalarOctets(on, scalar)))).toBe(pair.getPublicKey('hex'));
  }
  const twice = portable.sm2.multiplyBase(on, scalarOctets(on, 2n));
  const six = portable.sm2.multiply(on, scalarOctets(on, 3n), twice);
  expect(hex(six)).toBe(hex(portable.sm2.multiplyBase(on, scalarOctets(on, 6n))));
  expect(portable.sm2.multiply(on, scalarOctets(on, 3n), spoilt(twice, 64))).toBeUndefined();
});

// The native backend verifies another signature in place of the one it is given; these are the edges of that.
describe.each<EccKeySpec>(['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_SECG_P256K1'])(
  '%s, the edges of a verification',
  (spec) => {
    const on = curves[spec];
    const { n } = on;
    const d = 1234567890123456789n;
    const s = 987654321n;
    const key = native.ec.multiplyBase(on, scalarOctets(on, d));
    const emptyHash = bitsToInteger(on, native.hashes[on.hash].digest(new Uint8Array()));

    // r is x(R) for R = (k/s)G, and e = k - rd makes it a signature.
    const forged = (k: bigint): { e: bigint; r: bigint; s: bigint } => {
      const scalar = (((k * inverse(s, n)) % n) + n) % n;
      const r = native.ec.baseX(on, scalarOctets(on, scalar)) % n;
      return { e: (((k - r * d) % n) + n) % n, r, s };
    };

    test.each([
      [
        'the hash of the empty message',
        () => {
          const k = 4242n;
          const r = native.ec.baseX(on, scalarOctets(on, k)) % n;
          const e = emptyHash % n;
          return { e, r, s: (inverse(k, n) * ((e + r * d) % n)) % n };
        },
      ],
      ['a public key that is shifted to infinity', () => forged(emptyHash)],
      ['any other', () => forged(5n)],
    ])('%s', (_name, make) => {
      const { e, ...numbers } = make();
      for (const { ec } of families) {
        expect(ec.isSignature(on, key, e, numbers)).toBe(true);
        expect(ec.isSignature(on, key, (e + 1n) % n, numbers)).toBe(false);
        expect(ec.isSignature(on, key, e, { r: numbers.r, s: numbers.s - 1n })).toBe(false);
      }
    });

    test('a public key that is shifted by itself', () => {
      // With e0 the hash of the empty message, the shift is (e - e0)/r, which is d here: the sum is a doubling.
      const r = native.ec.baseX(on, scalarOctets(on, 77n)) % n;
      const e = (emptyHash + r * d) % n;
      const k = 77n;
      const fitting = (inverse(k, n) * ((e + r * d) % n)) % n;
      for (const { ec } of families) {
        expect(ec.isSignature(on, key, e, { r, s: fitting })).toBe(true);
        expect(ec.isSignature(on, key, e, { r, s: (fitting + 1n) % n })).toBe(false);
      }
    });

    test('R at infinity', () => {
      const r = 5n;
      const e = (((-r * d) % n) + n) % n;
      for (const { ec } of families) expect(ec.isSignature(on, key, e, { r, s })).toBe(false);
    });
  },
);

test('where OpenSSL lacks a curve there is no native backend', async () => {
  const crypto = await import('node:crypto');
  const without = { ...crypto, getCurves: () => crypto.getCurves().filter((name) => name !== 'secp256k1') };
  expect(nativeEc(without as typeof crypto)).toBeUndefined();
  expect(nativeEc(crypto)?.name).toBe('native');
});
