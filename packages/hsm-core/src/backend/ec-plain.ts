// Multiples of points in plain BigInt: no library to wait for, and some milliseconds each. For what is done once, such as a certificate.

import { bytesToNumberBE } from '@noble/curves/utils.js';
import type { Curve } from '../ecc/curves.ts';
import { inverse } from '../ecc/inverse.ts';
import { type AffinePoint, affine, modulo, pointOctets, sum } from '../ecc/numbers.ts';
import type { PointPrimitives } from './ec.ts';
import { portableHashes } from './hashes-portable.ts';

/** X / Z^2, Y / Z^3; Z is 0 at infinity. */
type Jacobian = readonly [x: bigint, y: bigint, z: bigint];

const infinity: Jacobian = [1n, 1n, 0n];

function doubled({ p, a }: Curve, [x, y, z]: Jacobian): Jacobian {
  const yy = (y * y) % p;
  const zz = (z * z) % p;
  const s = (4n * x * yy) % p;
  const m = (3n * x * x + a * zz * zz) % p;
  const x3 = modulo(m * m - 2n * s, p);
  return [x3, modulo(m * (s - x3) - 8n * yy * yy, p), (2n * y * z) % p];
}

function added(curve: Curve, one: Jacobian, other: AffinePoint): Jacobian {
  const { p } = curve;
  const [x, y, z] = one;
  if (z === 0n) return [other.x, other.y, 1n];
  const zz = (z * z) % p;
  const h = modulo(other.x * zz - x, p);
  const r = modulo(other.y * zz * z - y, p);
  if (h === 0n) return r === 0n ? doubled(curve, one) : infinity;
  const hh = (h * h) % p;
  const hhh = (h * hh) % p;
  const v = (x * hh) % p;
  const x3 = modulo(r * r - hhh - 2n * v, p);
  return [x3, modulo(r * (v - x3) - y * hhh, p), (z * h) % p];
}

function times(curve: Curve, scalar: bigint, point: AffinePoint): AffinePoint | undefined {
  let result = infinity;
  for (const bit of scalar.toString(2)) {
    result = doubled(curve, result);
    if (bit === '1') result = added(curve, result, point);
  }
  const [x, y, z] = result;
  if (z === 0n) return undefined;
  const w = inverse(z, curve.p);
  const ww = (w * w) % curve.p;
  return { x: (x * ww) % curve.p, y: (y * ww * w) % curve.p };
}

function timesBase(curve: Curve, scalar: bigint): AffinePoint {
  const point = times(curve, scalar, { x: curve.gx, y: curve.gy });
  if (point === undefined) throw new RangeError('A scalar is between 1 and n - 1.');
  return point;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}

// SEC 1 section 2.3.4. The primes of all these curves are 3 modulo 4, so a square root is one power.
function read(curve: Curve, octets: Uint8Array): AffinePoint | undefined {
  const { p, a, b, length } = curve;
  const isShort = octets[0] === 2 || octets[0] === 3;
  if (octets.length !== 1 + length * (isShort ? 1 : 2) || !(isShort || octets[0] === 4)) return undefined;
  const x = bytesToNumberBE(octets.subarray(1, 1 + length));
  const square = modulo(x * x * x + a * x + b, p);
  if (x >= p) return undefined;
  if (!isShort) {
    const { y } = affine(curve, octets);
    return y < p && (y * y) % p === square ? { x, y } : undefined;
  }
  const root = power(square, (p + 1n) / 4n, p);
  if ((root * root) % p !== square) return undefined;
  return { x, y: (root & 1n) === BigInt((octets[0] ?? 0) & 1) ? root : modulo(-root, p) };
}

const multiply: PointPrimitives['multiply'] = (curve, scalar, octets) => {
  const point = read(curve, octets);
  const product = point && times(curve, bytesToNumberBE(scalar), point);
  return product && pointOctets(curve, product);
};

export const plainEc: PointPrimitives = {
  name: 'portable',
  hashes: portableHashes,
  multiply,
  multiplyBase: (curve, scalar) => pointOctets(curve, timesBase(curve, bytesToNumberBE(scalar))),
  baseX: (curve, scalar) => timesBase(curve, bytesToNumberBE(scalar)).x,
  uncompressed: (curve, octets) => {
    const point = read(curve, octets);
    return point && pointOctets(curve, point);
  },
  agreement: (curve, scalar) => (point) => multiply(curve, scalar, point)?.slice(1, 1 + curve.length),
  isSignature: (curve, publicPoint, e, { r, s }) => {
    const { n } = curve;
    const w = inverse(s, n);
    const fromBase = times(curve, (e * w) % n, { x: curve.gx, y: curve.gy });
    const fromKey = times(curve, (r * w) % n, affine(curve, publicPoint));
    const point = fromBase && fromKey ? sum(curve, fromBase, fromKey) : (fromBase ?? fromKey);
    return point !== undefined && point.x % n === r;
  },
};
