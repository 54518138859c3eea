// What the elliptic curves need from below: multiples of points. Nonces, equations and encodings are above, the same for every backend.

import type { EcdsaSignature } from '../der.ts';
import type { Curve } from '../ecc/curves.ts';
import type { Hashes } from './hashes.ts';

// A point is its octets, SEC 1 section 2.3.3: 04 ‖ X ‖ Y. A scalar is as long as the order of the curve.

/** The x coordinate of one private key times the point of another, compressed or not; undefined when that is no point of the curve. */
export type Agreement = (point: Uint8Array) => Uint8Array | undefined;

export interface EcPrimitives {
  readonly name: 'portable' | 'native';
  readonly hashes: Hashes;
  /** A scalar between 1 and n - 1 times the base point. */
  multiplyBase(curve: Curve, scalar: Uint8Array): Uint8Array;
  /** The x coordinate of that point. */
  baseX(curve: Curve, scalar: Uint8Array): bigint;
  /** The point of these octets, compressed or not, in its long form; undefined when the curve has no such point. */
  uncompressed(curve: Curve, point: Uint8Array): Uint8Array | undefined;
  /** Prepares a private key for key agreement. */
  agreement(curve: Curve, scalar: Uint8Array, publicPoint: Uint8Array): Agreement;
  /** FIPS 186-5 section 6.4.2, steps 5 and after: `e` is the hash as a number, r and s are in range, the point is on the curve. */
  isSignature(curve: Curve, publicPoint: Uint8Array, e: bigint, signature: EcdsaSignature): boolean;
}

/** A backend that gives whole points. */
export interface PointPrimitives extends EcPrimitives {
  /** A scalar between 1 and n - 1 times a point; undefined when that is no point of the curve. */
  multiply(curve: Curve, scalar: Uint8Array, point: Uint8Array): Uint8Array | undefined;
}
