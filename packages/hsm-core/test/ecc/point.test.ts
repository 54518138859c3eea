// Points in all the forms that others send.

import { describe, expect, test } from 'vitest';
import { curves, type EccKeySpec } from '../../src/ecc/curves.ts';
import { affine, pointOctets, scalarOctets } from '../../src/ecc/numbers.ts';
import { readPoint } from '../../src/ecc/point.ts';
import { families, native } from '../family-backends.ts';
import { hex, spoilt } from '../octets.ts';

const specs = (Object.keys(curves) as EccKeySpec[]).filter((spec) => spec !== 'SM2');

describe.each(families)('on $name', ({ ec }) => {
  test.each(specs)('%s', (spec) => {
    const curve = curves[spec];
    const { length, p } = curve;
    for (const scalar of [1n, 2n, 12345n]) {
      const point = native.ec.multiplyBase(curve, scalarOctets(curve, scalar));
      const { x, y } = affine(curve, point);
      const short = Uint8Array.of(y % 2n === 0n ? 2 : 3, ...point.subarray(1, 1 + length));
      expect(hex(readPoint(curve, point, ec))).toBe(hex(point));
      expect(hex(readPoint(curve, short, ec))).toBe(hex(point));
      const opposite = Uint8Array.of(short[0] === 2 ? 3 : 2, ...short.subarray(1));
      expect(hex(readPoint(curve, opposite, ec))).toBe(hex(pointOctets(curve, { x, y: p - y })));
      const hybrid = Uint8Array.of(y % 2n === 0n ? 6 : 7, ...point.subarray(1));
      for (const wrong of [
        hybrid,
        spoilt(point, 2 * length),
        point.subarray(1),
        point.subarray(0, 2 * length),
        Uint8Array.of(...point, 0),
        Uint8Array.of(5, ...point.subarray(1)),
        Uint8Array.of(0),
        new Uint8Array(),
        new Uint8Array(1 + 2 * length),
        Uint8Array.of(4, ...new Uint8Array(2 * length)),
      ]) {
        expect(readPoint(curve, wrong, ec)).toBeUndefined();
      }
    }
  });

  test('a coordinate is below p, and a compressed one has to have a root', () => {
    const curve = curves.ECC_NIST_P256;
    // x = 5 is on the curve, x = 1 is not.
    const compressed = (x: bigint): Uint8Array => Uint8Array.of(2, ...scalarOctets(curve, x));
    expect(readPoint(curve, compressed(5n), ec)).toBeDefined();
    expect(readPoint(curve, compressed(1n), ec)).toBeUndefined();
    expect(readPoint(curve, compressed(curve.p + 5n), ec)).toBeUndefined();
    const point = readPoint(curve, compressed(5n), ec);
    const { y } = affine(curve, point ?? new Uint8Array());
    const beyond = Uint8Array.of(4, ...scalarOctets(curve, curve.p + 5n), ...scalarOctets(curve, y));
    expect(readPoint(curve, beyond, ec)).toBeUndefined();
  });
});
