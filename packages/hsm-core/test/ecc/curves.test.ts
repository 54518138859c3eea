// The table of curves, against its own equations and against OpenSSL's.

import { createECDH } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { curves, type EccKeySpec } from '../../src/ecc/curves.ts';
import { pointOctets, scalarOctets } from '../../src/ecc/numbers.ts';
import { keySpecs } from '../../src/key-specs.ts';
import { hex } from '../octets.ts';

const specs = Object.keys(curves) as EccKeySpec[];

test('they are the curves of the key specs', () => {
  const named = Object.values(keySpecs).filter(({ family }) => family === 'ecc' || family === 'sm2');
  expect(specs.sort()).toEqual(named.map(({ spec }) => spec).sort());
});

describe.each(specs)('%s', (spec) => {
  const curve = curves[spec];
  const { p, a, b, gx, gy, n, bits, length } = curve;

  test('the base point is on the curve, and the curve is not singular', () => {
    expect((gy * gy - gx * gx * gx - a * gx - b) % p).toBe(0n);
    expect((4n * a * a * a + 27n * b * b) % p).not.toBe(0n);
  });

  test('the lengths are those of the numbers', () => {
    expect([p.toString(2).length, n.toString(2).length]).toEqual([bits, bits]);
    expect(length).toBe(Math.ceil(bits / 8));
    expect(curve.largestPrivateKey).toBe(spec === 'SM2' ? n - 2n : n - 1n);
    expect(p % 4n).toBe(3n);
  });

  test('OpenSSL has the same base point, order and negation', () => {
    const pair = createECDH(curve.openSslName);
    const times = (scalar: bigint): string => {
      pair.setPrivateKey(scalarOctets(curve, scalar));
      return pair.getPublicKey('hex');
    };
    expect(times(1n)).toBe(hex(pointOctets(curve, { x: gx, y: gy })));
    expect(times(n - 1n)).toBe(hex(pointOctets(curve, { x: gx, y: p - gy })));
    expect(() => times(n)).toThrow();
  });
});
