// SM2DSA: GB/T 32918.2-2016. Signatures are DER, as GM/T 0009-2012 section 7.3 has them, the same form as ECDSA's.

import { bytesToNumberBE, concatBytes } from '@noble/curves/utils.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { writeEcdsaSignature } from '../der.ts';
import { readSignature } from '../ecc/ecdsa.ts';
import { inverse } from '../ecc/inverse.ts';
import type { EccPrivateKey } from '../ecc/key.ts';
import { nonceStream } from '../ecc/nonce.ts';
import { modulo, pointOctets, scalarOctets } from '../ecc/numbers.ts';

// GM/T 0009-2012 section 10; KMS takes no other for whole messages.
const distinguishingId = utf8ToBytes('1234567812345678');

/** e of section 6.1 as octets: SM3 of Z_A (section 5.5) and the message. */
export function sm2Digest({ curve, primitives, publicPoint }: EccPrivateKey, message: Uint8Array): Uint8Array {
  const sm3 = primitives.hashes[curve.hash];
  const idBits = 8 * distinguishingId.length;
  const parameters = [scalarOctets(curve, curve.a), scalarOctets(curve, curve.b)];
  const base = pointOctets(curve, { x: curve.gx, y: curve.gy }).subarray(1);
  const id = [Uint8Array.of(idBits >> 8, idBits), distinguishingId];
  const identity = sm3.digest(concatBytes(...id, ...parameters, base, publicPoint.subarray(1)));
  return sm3.digest(concatBytes(identity, message));
}

/** Section 6.1, steps A3 to A7. The nonce is deterministic: RFC 6979 with SM3. */
export function sign(key: EccPrivateKey, digest: Uint8Array): Uint8Array {
  const { curve, primitives } = key;
  const { n } = curve;
  const e = bytesToNumberBE(digest);
  const d = bytesToNumberBE(key.scalar());
  const nextNonce = nonceStream(curve, primitives.hashes[curve.hash], key.scalar(), digest);
  for (;;) {
    const k = nextNonce();
    const r = (e + primitives.baseX(curve, scalarOctets(curve, k))) % n;
    if (r === 0n || r + k === n) continue;
    const s = (inverse(1n + d, n) * modulo(k - r * d, n)) % n;
    if (s !== 0n) return writeEcdsaSignature({ r, s });
  }
}

/** Section 7.1. Who holds the private key need not add points: sG + tP is (s + td)G. */
export function verify(key: EccPrivateKey, digest: Uint8Array, signature: Uint8Array): boolean {
  const { curve, primitives } = key;
  const { n } = curve;
  const numbers = readSignature(curve, signature);
  if (numbers === undefined) return false;
  const { r, s } = numbers;
  const t = (r + s) % n;
  const scalar = (s + t * bytesToNumberBE(key.scalar())) % n;
  if (t === 0n || scalar === 0n) return false;
  return (bytesToNumberBE(digest) + primitives.baseX(curve, scalarOctets(curve, scalar))) % n === r;
}
