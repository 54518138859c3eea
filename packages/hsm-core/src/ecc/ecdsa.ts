// ECDSA: FIPS 186-5 section 6.4, with the deterministic nonces of its section 6.4.1 and RFC 6979. Signatures are DER, RFC 3279 section 2.2.3.
// KMS does not bring s into the lower half, nor does it refuse the upper one.

import { bytesToNumberBE } from '@noble/curves/utils.js';
import type { EcPrimitives } from '../backend/ec.ts';
import { type EcdsaSignature, readEcdsaSignature, writeEcdsaSignature } from '../der.ts';
import type { Curve } from './curves.ts';
import { inverse } from './inverse.ts';
import type { EccPrivateKey } from './key.ts';
import { nonceStream } from './nonce.ts';
import { bitsToInteger, scalarOctets } from './numbers.ts';
import { readPoint } from './point.ts';

/** Signs a digest, which is as long as those of the curve's hash. The same digest always gets the same signature. */
export function sign(key: EccPrivateKey, digest: Uint8Array): Uint8Array {
  const { curve, primitives } = key;
  const { n } = curve;
  const e = bitsToInteger(curve, digest);
  const d = bytesToNumberBE(key.scalar());
  const nextNonce = nonceStream(curve, primitives.hashes[curve.hash], key.scalar(), digest);
  for (;;) {
    const k = nextNonce();
    const r = primitives.baseX(curve, scalarOctets(curve, k)) % n;
    const s = (inverse(k, n) * ((e + r * d) % n)) % n;
    if (r !== 0n && s !== 0n) return writeEcdsaSignature({ r, s });
  }
}

/**
 * Whether the key made this signature, or could have. Who holds the private key need not add points: with Q = dG, the
 * R = uG + vQ of section 6.4.2 is (u + vd)G.
 */
export function verify(key: EccPrivateKey, digest: Uint8Array, signature: Uint8Array): boolean {
  const { curve, primitives } = key;
  const numbers = readSignature(curve, signature);
  if (numbers === undefined) return false;
  const { r, s } = numbers;
  const { n } = curve;
  const e = bitsToInteger(curve, digest);
  const d = bytesToNumberBE(key.scalar());
  const scalar = (inverse(s, n) * ((e + r * d) % n)) % n;
  return scalar !== 0n && primitives.baseX(curve, scalarOctets(curve, scalar)) % n === r;
}

/** The same for those who hold the public key only, a point as SEC 1 writes it. */
export function verifyWithPublicKey(
  curve: Curve,
  publicKey: Uint8Array,
  digest: Uint8Array,
  signature: Uint8Array,
  primitives: EcPrimitives,
): boolean {
  const numbers = readSignature(curve, signature);
  const point = readPoint(curve, publicKey, primitives);
  if (numbers === undefined || point === undefined) return false;
  return primitives.isSignature(curve, point, bitsToInteger(curve, digest), numbers);
}

/** Section 6.4.2, step 1: both numbers are between 1 and n - 1. */
export function readSignature({ n }: Curve, der: Uint8Array): EcdsaSignature | undefined {
  const numbers = readEcdsaSignature(der);
  return numbers !== undefined && isInRange(numbers.r, n) && isInRange(numbers.s, n) ? numbers : undefined;
}

function isInRange(number: bigint, n: bigint): boolean {
  return number >= 1n && number < n;
}
