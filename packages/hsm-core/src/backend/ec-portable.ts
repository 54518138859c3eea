// Multiples of points in pure TypeScript, over the weierstrass of @noble/curves.

import type { WeierstrassPoint, WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js';
import { bytesToNumberBE } from '@noble/curves/utils.js';
import type { Curve } from '../ecc/curves.ts';
import { inverse } from '../ecc/inverse.ts';
import type { PointPrimitives } from './ec.ts';
import type { Hashes } from './hashes.ts';

type Point = WeierstrassPoint<bigint>;

/** For every curve. The library is loaded here, and not before. */
export async function loadPortableEc(hashes: Hashes): Promise<PointPrimitives> {
  const { weierstrass } = await import('@noble/curves/abstract/weierstrass.js');
  const groups = new Map<Curve, WeierstrassPointCons<bigint>>();

  function groupOf(curve: Curve): WeierstrassPointCons<bigint> {
    const known = groups.get(curve);
    if (known !== undefined) return known;
    const { p, a, b, n, gx, gy } = curve;
    // Without random bytes it does not blind its scalars, which costs time, gives the same points, and draws entropy.
    const randomBytes = (): never => {
      throw new Error('Nothing in here draws random bytes.');
    };
    const group = weierstrass({ p, n, h: 1n, a, b, Gx: gx, Gy: gy }, { randomBytes });
    groups.set(curve, group);
    return group;
  }

  function pointOf(curve: Curve, octets: Uint8Array): Point | undefined {
    try {
      return groupOf(curve).fromBytes(octets);
    } catch {
      return undefined;
    }
  }

  const multiply: PointPrimitives['multiply'] = (curve, scalar, point) =>
    pointOf(curve, point)?.multiply(bytesToNumberBE(scalar)).toBytes(false);

  return {
    name: 'portable',
    hashes,
    multiply,
    multiplyBase: (curve, scalar) => groupOf(curve).BASE.multiply(bytesToNumberBE(scalar)).toBytes(false),
    baseX: (curve, scalar) => groupOf(curve).BASE.multiply(bytesToNumberBE(scalar)).x,
    uncompressed: (curve, point) => pointOf(curve, point)?.toBytes(false),
    agreement: (curve, scalar) => (point) => multiply(curve, scalar, point)?.slice(1, 1 + curve.length),
    isSignature: (curve, publicPoint, e, { r, s }) => {
      const { n } = curve;
      const w = inverse(s, n);
      const point = groupOf(curve).fromBytes(publicPoint);
      const sum = groupOf(curve).BASE.mulAddUnsafe((e * w) % n, point, (r * w) % n);
      return !sum.is0() && sum.x % n === r;
    },
  };
}
