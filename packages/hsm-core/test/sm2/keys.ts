// SM2 keys for the suites: the one of the standard and the one of a seed.

import type { PointPrimitives } from '../../src/backend/ec.ts';
import { curves, EccPrivateKey, grow } from '../../src/ecc.ts';
import { sm2Answer } from '../data/sm2-known-answers.ts';
import type { Families } from '../family-backends.ts';
import { fromHex, octets } from '../octets.ts';

type Sm2Key = EccPrivateKey<PointPrimitives>;

export function standardKey({ sm2 }: Families): Sm2Key {
  return new EccPrivateKey(curves.SM2, sm2, fromHex(sm2Answer.privateKey));
}

export function seededKey({ sm2 }: Families): Sm2Key {
  return grow(octets(32, 5), curves.SM2, sm2);
}
