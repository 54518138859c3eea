// HMAC keys: the algorithm of each spec, its hash as OpenSSL calls it, and the bytes of a MAC, which are those of the key as well.
// https://docs.aws.amazon.com/kms/latest/developerguide/hmac.html

import type { HmacKeySpec, MacAlgorithm } from '@kmsim/hsm-core';
import { ours, type TestEngine } from '../engine.ts';

export const macCases: readonly (readonly [HmacKeySpec, MacAlgorithm, hash: string, length: number])[] = [
  ['HMAC_224', 'HMAC_SHA_224', 'sha224', 28],
  ['HMAC_256', 'HMAC_SHA_256', 'sha256', 32],
  ['HMAC_384', 'HMAC_SHA_384', 'sha384', 48],
  ['HMAC_512', 'HMAC_SHA_512', 'sha512', 64],
];

/** The material of the first key that a twin of this engine makes: the same world draws the same bytes, and they follow the key's id. */
export function materialOfKey(engine: TestEngine, spec: HmacKeySpec): Uint8Array {
  const stream = engine.kms.world.cursor(`${ours}/us-east-1/CreateKey`).take();
  stream.draw(16);
  const [, , , length = 0] = macCases.find(([name]) => name === spec) ?? [];
  return Uint8Array.from(stream.draw(length));
}
