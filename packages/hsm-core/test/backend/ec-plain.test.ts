// The plain multiples of points are those of the other backends.

import { createECDH } from 'node:crypto';
import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { plainEc } from '../../src/backend/ec-plain.ts';
import { sign, verifyWithPublicKey } from '../../src/ecc/ecdsa.ts';
import { scalarOctets } from '../../src/ecc/numbers.ts';
import { curves, grow } from '../../src/ecc.ts';
import { ecdsaSpecs } from '../ecc/keys.ts';
import { native } from '../family-backends.ts';
import { hex, octets, spoilt } from '../octets.ts';

const curve = fc.constantFrom(...ecdsaSpecs).map((spec) => curves[spec]);
const number = fc.oneof(fc.bigInt({ min: 1n, max: 1n << 530n }), fc.bigInt({ min: 1n, max: 9n }));

property.prop([curve, number, number], { numRuns: 15 })(
  'it multiplies, decompresses and agrees as node:crypto',
  (on, a, b) => {
    const one = scalarOctets(on, (a % (on.n - 1n)) + 1n);
    const other = scalarOctets(on, (b % (on.n - 1n)) + 1n);
    const point = native.ec.multiplyBase(on, one);
    const pair = createECDH(on.openSslName);
    pair.setPrivateKey(one);
    expect(hex(plainEc.multiplyBase(on, one))).toBe(hex(point));
    expect(plainEc.baseX(on, one)).toBe(native.ec.baseX(on, one));
    expect(hex(plainEc.uncompressed(on, pair.getPublicKey(null, 'compressed')))).toBe(hex(point));
    expect(hex(plainEc.uncompressed(on, point))).toBe(hex(point));
    const peer = native.ec.multiplyBase(on, other);
    expect(hex(plainEc.agreement(on, one, point)(peer))).toBe(hex(native.ec.agreement(on, one, point)(peer)));
    expect(plainEc.uncompressed(on, spoilt(point, 2 * on.length))).toBeUndefined();
  },
);

test.each(ecdsaSpecs)('%s: it signs as the native backend does, and each verifies what the other signed', (spec) => {
  const on = curves[spec];
  const digest = octets(32);
  const plain = grow(octets(32), on, plainEc);
  const key = grow(octets(32), on, native.ec);
  const signature = sign(plain, digest);
  expect(hex(signature)).toBe(hex(sign(key, digest)));
  for (const ec of [plainEc, native.ec]) {
    expect(verifyWithPublicKey(on, plain.publicPoint, digest, signature, ec)).toBe(true);
    expect(verifyWithPublicKey(on, plain.publicPoint, spoilt(digest, 0), signature, ec)).toBe(false);
  }
});

test.each(ecdsaSpecs)('%s: what is no point of the curve is none', (spec) => {
  const on = curves[spec];
  const point = grow(octets(32), on, plainEc).publicPoint;
  const tooLarge = Uint8Array.of(4, ...new Uint8Array(2 * on.length).fill(0xff));
  const hybrid = point.with(0, 6);
  for (const bad of [new Uint8Array(), Uint8Array.of(0), point.subarray(1), tooLarge, hybrid])
    expect(plainEc.uncompressed(on, bad)).toBeUndefined();
  expect(plainEc.multiply(on, scalarOctets(on, 2n), hybrid)).toBeUndefined();
});

test('n times a point is no point', () => {
  const on = curves.ECC_NIST_P256;
  expect(() => plainEc.multiplyBase(on, scalarOctets(on, on.n))).toThrow(RangeError);
  // n - 1 times the base point is its mirror image: the last addition but one meets every case of the formulas.
  const [one, last] = [1n, on.n - 1n].map((scalar) => hex(plainEc.multiplyBase(on, scalarOctets(on, scalar))));
  expect(last?.slice(0, 66)).toBe(one?.slice(0, 66));
  expect(last).not.toBe(one);
});
