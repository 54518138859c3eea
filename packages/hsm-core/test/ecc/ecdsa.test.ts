// ECDSA signatures: the standards' examples, what is no signature, and all of Wycheproof's.

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readEcdsaSignature, writeEcdsaSignature } from '../../src/der.ts';
import { sign, verify, verifyWithPublicKey } from '../../src/ecc/ecdsa.ts';
import { curves, type EccKeySpec } from '../../src/ecc.ts';
import { keySpecs } from '../../src/key-specs.ts';
import { rfc6979 } from '../data/ecc-known-answers.ts';
import { families, native } from '../family-backends.ts';
import { fromHex, hex, octets, present, spoilt, utf8 } from '../octets.ts';
import { provesExample, provesVectors, provesWithOpenssl } from '../proof.ts';
import { absence, groupsOf, type Vector } from '../published-vectors.ts';
import { type Sampling, sampled, sampleSize } from '../vector-sample.ts';
import { ecdsaSpecs, hashName, keyFrom, keyOf, outside } from './keys.ts';

const cases = rfc6979.flatMap(({ answers, ...key }) => answers.map((answer) => ({ ...key, ...answer })));

describe.each(families)('on $name', ({ name: backend, hashes, ec }) => {
  test.each(cases)('RFC 6979 $name, "$message"', ({ spec, privateKey, message, r, s }) => {
    const digest = hashes[curves[spec].hash].digest(utf8(message));
    const signature = sign(keyFrom(spec, privateKey, ec), digest);
    expect(readEcdsaSignature(signature)).toEqual({ r: BigInt(`0x${r}`), s: BigInt(`0x${s}`) });
    expect(verify(keyFrom(spec, privateKey, ec), digest, signature)).toBe(true);
    provesExample(keySpecs[spec].signingAlgorithms, 'RFC 6979', backend);
  });

  describe.each(ecdsaSpecs)('%s', (spec) => {
    const key = keyOf(spec, { ...native, name: backend, ec });
    const { curve, publicPoint } = key;
    const { n } = curve;
    const message = octets(100);
    const digest = hashes[curve.hash].digest(message);
    const signature = sign(key, digest);
    const { r, s } = present(readEcdsaSignature(signature));

    const verdicts = (over: Uint8Array, given: Uint8Array): readonly boolean[] => [
      verify(key, over, given),
      verifyWithPublicKey(curve, publicPoint, over, given, ec),
    ];
    const accepted = [true, true];
    const refused = [false, false];

    test('node:crypto verifies it, and it verifies what node:crypto signs', () => {
      const privateKey = outside(key);
      expect(crypto.verify(hashName(key), message, crypto.createPublicKey(privateKey), signature)).toBe(true);
      expect(verdicts(digest, crypto.sign(hashName(key), message, privateKey))).toEqual(accepted);
      provesWithOpenssl(...keySpecs[spec].signingAlgorithms);
    });

    test('the upper and the lower half of s are both signatures', () => {
      expect(verdicts(digest, signature)).toEqual(accepted);
      expect(verdicts(digest, writeEcdsaSignature({ r, s: n - s }))).toEqual(accepted);
    });

    test('another digest, another key and other numbers are refused', () => {
      expect(verdicts(spoilt(digest, 3), signature)).toEqual(refused);
      expect(verify(keyFrom(spec, 7n, ec), digest, signature)).toBe(false);
      for (const wrong of [
        { r: s, s: r },
        { r: r + 1n, s },
        { r, s: s - 1n },
      ]) {
        expect(verdicts(digest, writeEcdsaSignature(wrong))).toEqual(refused);
      }
    });

    // FIPS 186-5 section 6.4.2, step 1.
    test('numbers outside 1 .. n - 1 are refused, whatever they are congruent to', () => {
      for (const number of [0n, n, n + 1n, 2n * n, 1n << 600n]) {
        expect(verdicts(digest, writeEcdsaSignature({ r: number, s }))).toEqual(refused);
        expect(verdicts(digest, writeEcdsaSignature({ r, s: number }))).toEqual(refused);
      }
      expect(verdicts(digest, writeEcdsaSignature({ r: r + n, s }))).toEqual(refused);
      expect(verdicts(digest, writeEcdsaSignature({ r, s: s + n }))).toEqual(refused);
    });

    test('only strict DER is a signature', () => {
      const raw = fromHex([r, s].map((number) => number.toString(16).padStart(2 * curve.length, '0')).join(''));
      for (const wrong of [
        raw,
        new Uint8Array(),
        signature.subarray(1),
        signature.subarray(0, -1),
        Uint8Array.of(...signature, 0),
        spoilt(signature, 1),
        Uint8Array.of(0x30, 0x80, ...signature.subarray(2), 0, 0),
      ]) {
        expect(verdicts(digest, wrong)).toEqual(refused);
      }
    });

    // With e = -rd, R would be the point at infinity.
    const tooShort = 8 * digest.length < curve.bits;
    const why = tooShort ? ' (skipped: its digests are shorter than the order, so none can be chosen)' : '';
    test.skipIf(tooShort)(`a signature whose R is no point is refused${why}`, () => {
      const d = BigInt(`0x${hex(key.scalar())}`);
      const e = (n - ((r * d) % n)) % n;
      const forged = fromHex(e.toString(16).padStart(2 * digest.length, '0'));
      expect(verdicts(forged, writeEcdsaSignature({ r, s: 5n }))).toEqual(refused);
    });

    test('a public key that is no point verifies nothing', () => {
      expect(verifyWithPublicKey(curve, spoilt(publicPoint, 9), digest, signature, ec)).toBe(false);
      expect(verifyWithPublicKey(curve, publicPoint.subarray(1), digest, signature, ec)).toBe(false);
    });
  });
});

interface Group {
  readonly publicKey: { readonly uncompressed: string };
  readonly tests: readonly (Vector & { readonly msg: string; readonly sig: string })[];
}

// No verdict is "acceptable" in these files. On the portable backend, every so many-th vector.
const files: readonly { file: string; spec: EccKeySpec; count: number; every: Sampling }[] = [
  { file: 'ecdsa_secp256r1_sha256_test', spec: 'ECC_NIST_P256', count: 484, every: { portable: 3, native: 1 } },
  { file: 'ecdsa_secp384r1_sha384_test', spec: 'ECC_NIST_P384', count: 504, every: { portable: 9, native: 1 } },
  { file: 'ecdsa_secp521r1_sha512_test', spec: 'ECC_NIST_P521', count: 542, every: { portable: 13, native: 2 } },
  { file: 'ecdsa_secp256k1_sha256_test', spec: 'ECC_SECG_P256K1', count: 476, every: { portable: 3, native: 1 } },
];
const { absent, reason } = absence(files.map(({ file }) => file));

describe.skipIf(absent).each(families)(`Wycheproof on $name${reason}`, ({ name: backend, hashes, ec }) => {
  test.each(files.map((row) => ({ ...row, taken: sampleSize(row.count, row.every[backend]) })))(
    '$file: $taken of $count vectors',
    ({ file, spec, count, every, taken }) => {
      const curve = curves[spec];
      const all = groupsOf<Group>(file).flatMap(({ publicKey, tests }) =>
        tests.map((vector) => ({ ...vector, point: fromHex(publicKey.uncompressed) })),
      );
      const vectors = sampled(all, every[backend]);
      const failed = vectors.filter(({ point, msg, sig, result }) => {
        const digest = hashes[curve.hash].digest(fromHex(msg));
        return verifyWithPublicKey(curve, point, digest, fromHex(sig), ec) !== (result === 'valid');
      });
      expect(failed.map(({ tcId, comment }) => `${tcId} ${comment}`)).toEqual([]);
      expect([all.length, vectors.length]).toEqual([count, taken]);
      provesVectors(keySpecs[spec].signingAlgorithms, { file, backend, all, taken: vectors });
    },
    60_000,
  );
});
