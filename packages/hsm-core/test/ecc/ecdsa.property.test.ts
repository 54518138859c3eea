// Laws of ECDSA: the backends agree, and so do the two ways to verify and those of others.

import * as crypto from 'node:crypto';
import { fc, test } from '@fast-check/vitest';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { expect } from 'vitest';
import { writeEcdsaSignature } from '../../src/der.ts';
import { sign, verify, verifyWithPublicKey } from '../../src/ecc/ecdsa.ts';
import { inverse } from '../../src/ecc/inverse.ts';
import { scalarOctets } from '../../src/ecc/numbers.ts';
import { curves, type EccKeySpec, EccPrivateKey } from '../../src/ecc.ts';
import { families, native, portable } from '../family-backends.ts';
import { hex } from '../octets.ts';
import { ecdsaSpecs, hashName, keyFrom, outside } from './keys.ts';

const noble: Partial<Record<EccKeySpec, typeof p256>> = {
  ECC_NIST_P256: p256,
  ECC_NIST_P384: p384,
  ECC_NIST_P521: p521,
  ECC_SECG_P256K1: secp256k1,
};

const spec = fc.constantFrom(...ecdsaSpecs);
/** A number between 1 and n - 1, often at one of the ends. */
const scalar = fc.oneof(
  fc.bigInt({ min: 1n, max: 1n << 600n }).map((number) => (n: bigint) => (number % (n - 1n)) + 1n),
  fc.bigInt({ min: 1n, max: 20n }).map((number) => (_: bigint) => number),
  fc.bigInt({ min: 1n, max: 20n }).map((number) => (n: bigint) => n - number),
);
const message = fc.uint8Array({ maxLength: 200 });

test.prop([spec, scalar, message], { numRuns: 40 })(
  'the backends and @noble/curves sign alike, and node:crypto verifies it',
  (on, privateKey, text) => {
    const { n, hash } = curves[on];
    const [one, other] = families.map(({ ec }) => keyFrom(on, privateKey(n), ec)) as [EccPrivateKey, EccPrivateKey];
    const digest = native.hashes[hash].digest(text);
    const signature = sign(one, digest);
    expect(hex(sign(other, digest))).toBe(hex(signature));
    const options = { prehash: false, lowS: false, format: 'der' } as const;
    expect(hex(noble[on]?.sign(digest, one.scalar(), options))).toBe(hex(signature));
    const publicKey = crypto.createPublicKey(outside(one));
    expect(crypto.verify(hashName(one), text, publicKey, signature)).toBe(true);
  },
);

/**
 * A key for which (r, s) signs the digest: with R = kG and r = x(R) mod n, d = (sk - e)/r. So s, e and k can be as extreme as one likes;
 * `delta` leads beside it.
 */
test.prop([spec, scalar, scalar, fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.constantFrom(0n, 0n, 1n)], {
  numRuns: 30,
})('all ways to verify agree, on signatures and beside them', (on, nonce, second, bytes, delta) => {
  const curve = curves[on];
  const { n } = curve;
  const digest = bytes.subarray(0, native.hashes[curve.hash].length);
  const k = nonce(n);
  const s = second(n);
  const r = native.ec.baseX(curve, scalarOctets(curve, k)) % n;
  const number = BigInt(`0x${hex(digest)}`);
  const d = (((((s * k - number) % n) + n) % n) * inverse(r, n)) % n;
  fc.pre(d !== 0n && s - delta > 0n);
  const signature = writeEcdsaSignature({ r, s: s - delta });
  const verdicts = [portable, native].flatMap(({ ec }) => {
    const key = new EccPrivateKey(curve, ec, scalarOctets(curve, d));
    return [
      verify(key, digest, signature),
      verifyWithPublicKey(curve, key.publicPoint, digest, signature, ec),
      noble[on]?.verify(signature, digest, key.publicPoint, { prehash: false, lowS: false, format: 'der' }),
    ];
  });
  expect(verdicts).toEqual(Array(6).fill(delta === 0n));
});
