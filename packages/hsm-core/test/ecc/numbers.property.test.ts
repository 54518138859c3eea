// Sums of points, against multiples of the base point.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { type Curve, curves } from '../../src/ecc/curves.ts';
import { type AffinePoint, affine, bitsToInteger, pointOctets, scalarOctets, sum } from '../../src/ecc/numbers.ts';
import { native } from '../family-backends.ts';
import { hex } from '../octets.ts';

const curve = fc.constantFrom(...Object.values(curves));
const factor = fc.oneof(fc.bigInt({ min: 1n, max: 40n }), fc.bigInt({ min: 1n, max: 1n << 512n }));

function times(on: Curve, scalar: bigint): AffinePoint | undefined {
  const reduced = scalar % on.n;
  return reduced === 0n ? undefined : affine(on, native.ec.multiplyBase(on, scalarOctets(on, reduced)));
}

test.prop([curve, factor, factor, fc.constantFrom('any', 'same', 'opposite')], { numRuns: 60 })(
  'aG + bG is (a + b)G, doubled and opposite points among them',
  (on, first, second, relation) => {
    const a = (first % (on.n - 1n)) + 1n;
    const b = { any: (second % (on.n - 1n)) + 1n, same: a, opposite: on.n - a }[relation];
    const [one, other] = [times(on, a), times(on, b)];
    expect(one && other && sum(on, one, other)).toEqual(times(on, a + b));
  },
);

test.prop([curve, factor], { numRuns: 60 })('octets of points and numbers lead back', (on, scalar) => {
  const point = native.ec.multiplyBase(on, scalarOctets(on, (scalar % (on.n - 1n)) + 1n));
  expect(hex(pointOctets(on, affine(on, point)))).toBe(hex(point));
  expect(bitsToInteger(on, scalarOctets(on, scalar % on.n))).toBe((scalar % on.n) >> BigInt(8 * on.length - on.bits));
});
