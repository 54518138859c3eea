// Keys of one seed, and keys of given numbers, for the suites of elliptic curves.

import * as crypto from 'node:crypto';
import type { EcPrimitives } from '../../src/backend/ec.ts';
import { scalarOctets } from '../../src/ecc/numbers.ts';
import { curves, type EccKeySpec, EccPrivateKey, grow, toPkcs8 } from '../../src/ecc.ts';
import type { Families } from '../family-backends.ts';
import { fromHex, octets } from '../octets.ts';

/** The curves that sign with ECDSA. */
export const ecdsaSpecs: readonly EccKeySpec[] = ['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1'];

export const seed: Uint8Array = octets(32, 50);

const keys = new Map<string, EccPrivateKey>();

/** The key of the seed, made once. */
export function keyOf(spec: EccKeySpec, { name, ec }: Families): EccPrivateKey {
  const known = keys.get(`${spec} ${name}`) ?? grow(seed, curves[spec], ec);
  keys.set(`${spec} ${name}`, known);
  return known;
}

export function keyFrom(spec: EccKeySpec, number: bigint | string, primitives: EcPrimitives): EccPrivateKey {
  const curve = curves[spec];
  const octets = typeof number === 'bigint' ? scalarOctets(curve, number) : fromHex(number);
  return new EccPrivateKey(curve, primitives, octets);
}

/** The same key in node:crypto. */
export function outside(key: EccPrivateKey): crypto.KeyObject {
  return crypto.createPrivateKey({ key: Buffer.from(toPkcs8(key)), format: 'der', type: 'pkcs8' });
}

/** The name that node:crypto has for the hash of a curve. */
export function hashName({ curve }: EccPrivateKey): string {
  return curve.hash.replace('-', '').toLowerCase();
}
