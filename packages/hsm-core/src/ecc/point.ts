// Points as others send them: SEC 1 section 2.3.4, uncompressed or compressed, on the curve, not at infinity.

import type { EcPrimitives } from '../backend/ec.ts';
import type { Curve } from './curves.ts';

/** Whether the octets look like a point. The hybrid form of X9.62, which RFC 5480 leaves out, does not. */
export function hasPointForm({ length }: Curve, octets: Uint8Array): boolean {
  const isUncompressed = octets[0] === 4 && octets.length === 1 + 2 * length;
  const isCompressed = (octets[0] === 2 || octets[0] === 3) && octets.length === 1 + length;
  return isUncompressed || isCompressed;
}

/** The point in its long form; undefined when the curve has no such point. */
export function readPoint(curve: Curve, octets: Uint8Array, primitives: EcPrimitives): Uint8Array | undefined {
  return hasPointForm(curve, octets) ? primitives.uncompressed(curve, octets) : undefined;
}
