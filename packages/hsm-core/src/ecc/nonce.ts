// Deterministic nonces: RFC 6979 section 3.2, HMAC_DRBG (SP 800-90A) over the hash of the curve.

import type { Hash } from '../backend/hashes.ts';
import type { Curve } from './curves.ts';
import { bitsToInteger, scalarOctets } from './numbers.ts';

// What one HMAC hashes: the padded key and V ‖ 00 ‖ private key ‖ digest, at their longest; then the padded key and a digest.
// One call uses these at a time: nothing in here waits.
const inner = new Uint8Array(128 + 64 + 1 + 2 * 66);
const outer = new Uint8Array(128 + 64);

/** FIPS 198-1 section 4, for a key as long as a digest. `out` may be the key or one of the parts. */
function hmac(hash: Hash, key: Uint8Array, parts: readonly Uint8Array[], out: Uint8Array): void {
  const { blockLength, length } = hash;
  for (let i = 0; i < blockLength; i++) {
    const byte = key[i] ?? 0;
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  let end = blockLength;
  for (const part of parts) {
    inner.set(part, end);
    end += part.length;
  }
  hash.digestInto(inner.subarray(0, end), outer, blockLength);
  hash.digestInto(outer.subarray(0, blockLength + length), out, 0);
  inner.fill(0);
  outer.fill(0);
}

const zero = Uint8Array.of(0);
const one = Uint8Array.of(1);

/** Gives the candidates for k, one a call, all between 1 and n - 1. They follow from the private key and the digest. */
export function nonceStream(curve: Curve, hash: Hash, scalar: Uint8Array, digest: Uint8Array): () => bigint {
  const { n, length } = curve;
  // Section 2.3.4: bits2octets
  const message = scalarOctets(curve, bitsToInteger(curve, digest) % n);
  // Steps b to g.
  const v = new Uint8Array(hash.length).fill(1);
  const key = new Uint8Array(hash.length);
  const update = (...more: readonly Uint8Array[]): void => {
    hmac(hash, key, [v, ...more], key);
    hmac(hash, key, [v], v);
  };
  update(zero, scalar, message);
  update(one, scalar, message);
  let isFirst = true;
  return () => {
    for (;;) {
      if (!isFirst) update(zero);
      isFirst = false;
      const t = new Uint8Array(Math.ceil(length / hash.length) * hash.length);
      for (let at = 0; at < length; at += hash.length) {
        hmac(hash, key, [v], v);
        t.set(v, at);
      }
      const k = bitsToInteger(curve, t);
      t.fill(0);
      if (k >= 1n && k < n) return k;
    }
  };
}
