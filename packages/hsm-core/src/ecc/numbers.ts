// Arithmetic modulo the primes of a curve. Plain BigInt, not constant-time.

import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import type { Curve } from './curves.ts';
import { inverse } from './inverse.ts';

export interface AffinePoint {
  readonly x: bigint;
  readonly y: bigint;
}

export function modulo(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/** SEC 1 section 2.3.7, as long as the order. */
export function scalarOctets({ length }: Curve, scalar: bigint): Uint8Array {
  return numberToBytesBE(scalar, length);
}

/** RFC 6979 section 2.3.2: the leftmost bits, as many as the order has. */
export function bitsToInteger({ bits }: Curve, octets: Uint8Array): bigint {
  const surplus = octets.length * 8 - bits;
  const number = bytesToNumberBE(octets);
  return surplus > 0 ? number >> BigInt(surplus) : number;
}

/** Of a point in its long form. */
export function affine({ length }: Curve, point: Uint8Array): AffinePoint {
  return { x: bytesToNumberBE(point.subarray(1, 1 + length)), y: bytesToNumberBE(point.subarray(1 + length)) };
}

export function pointOctets({ length }: Curve, { x, y }: AffinePoint): Uint8Array {
  const point = new Uint8Array(1 + 2 * length);
  point[0] = 4;
  point.set(numberToBytesBE(x, length), 1);
  point.set(numberToBytesBE(y, length), 1 + length);
  return point;
}

/** SEC 1 section 2.2.1: the sum of two points, or undefined for the point at infinity. */
export function sum({ p, a }: Curve, one: AffinePoint, other: AffinePoint): AffinePoint | undefined {
  if (one.x === other.x && one.y !== other.y) return undefined;
  const slope =
    one.x === other.x
      ? (3n * one.x * one.x + a) * inverse((2n * one.y) % p, p)
      : (other.y - one.y) * inverse(modulo(other.x - one.x, p), p);
  const x = modulo(slope * slope - one.x - other.x, p);
  return { x, y: modulo(slope * (one.x - x) - one.y, p) };
}
