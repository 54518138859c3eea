// SM2PKE: GB/T 32918.4-2016. Ciphertexts are DER, GM/T 0009-2012 section 7.2: SEQUENCE { x and y of C1, C3 (the hash), C2 }.

import { concatBytes, equalBytes } from '@noble/curves/utils.js';
import type { PointPrimitives } from '../backend/ec.ts';
import type { Hash } from '../backend/hashes.ts';
import { integer, octetString, readStrictly, sequence, tag, toBytes } from '../der/element.ts';
import { type EccPrivateKey, extraOctets, scalarFrom } from '../ecc/key.ts';
import { type AffinePoint, affine, pointOctets } from '../ecc/numbers.ts';
import { seedStream } from '../seed-stream.ts';

type Sm2Key = EccPrivateKey<PointPrimitives>;

interface Parts {
  readonly c1: AffinePoint;
  readonly c3: Uint8Array;
  readonly c2: Uint8Array;
}

/** Section 6.1. `random`: 32 bytes nobody else has. */
export function encrypt(key: Sm2Key, plaintext: Uint8Array, random: Uint8Array): Uint8Array {
  const { curve, primitives } = key;
  const hash = primitives.hashes[curve.hash];
  const draw = seedStream(random, 'kmsim SM2PKE');
  for (;;) {
    const k = scalarFrom(curve, draw(extraOctets(curve)));
    const c1 = affine(curve, primitives.multiplyBase(curve, k));
    const shared = primitives.multiply(curve, k, key.publicPoint);
    const c2 = shared && masked(hash, shared, plaintext);
    // Step A5: begin again when the mask is all zeros, as it is for one byte once in 256 times.
    if (shared && c2) return write({ c1, c3: check(hash, shared, plaintext), c2 });
  }
}

/** Section 7.1. Undefined for every ciphertext that is none, whatever the reason. */
export function decrypt(key: Sm2Key, ciphertext: Uint8Array): Uint8Array | undefined {
  const { curve, primitives } = key;
  const hash = primitives.hashes[curve.hash];
  const parts = read(ciphertext);
  if (parts === undefined || parts.c1.x >= curve.p || parts.c1.y >= curve.p) return undefined;
  const shared = primitives.multiply(curve, key.scalar(), pointOctets(curve, parts.c1));
  const plaintext = shared && masked(hash, shared, parts.c2);
  return shared && plaintext && equalBytes(check(hash, shared, plaintext), parts.c3) ? plaintext : undefined;
}

function write({ c1, c3, c2 }: Parts): Uint8Array {
  return toBytes(sequence(integer(c1.x), integer(c1.y), octetString(c3), octetString(c2)));
}

function read(der: Uint8Array): Parts | undefined {
  return readStrictly(der, (reader) =>
    reader.within(tag.sequence, (inner) => {
      const c1 = { x: inner.integer(), y: inner.integer() };
      return { c1, c3: inner.octetString(), c2: inner.octetString() };
    }),
  );
}

/** The text exclusive-or KDF(x2 ‖ y2), section 5.4.3. Undefined when that is all zeros, or when there is no text. */
function masked(hash: Hash, shared: Uint8Array, text: Uint8Array): Uint8Array | undefined {
  const result = Uint8Array.from(text);
  let seen = 0;
  for (let at = 0; at < text.length; at += hash.length) {
    const counter = new Uint8Array(4);
    new DataView(counter.buffer).setUint32(0, at / hash.length + 1);
    const mask = hash.digest(concatBytes(shared.subarray(1), counter));
    for (let i = at; i < Math.min(at + hash.length, text.length); i++) {
      const byte = mask[i - at] ?? 0;
      seen |= byte;
      result[i] = (result[i] ?? 0) ^ byte;
    }
  }
  return seen === 0 ? undefined : result;
}

/** C3 of section 6.1, step A7: SM3(x2 ‖ M ‖ y2). */
function check(hash: Hash, shared: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const middle = (1 + shared.length) / 2;
  return hash.digest(concatBytes(shared.subarray(1, middle), plaintext, shared.subarray(middle)));
}
