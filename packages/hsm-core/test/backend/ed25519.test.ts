// The schemes of Ed25519: the standard's examples, what is no signature, and all of Wycheproof's.

import { describe, expect, test } from 'vitest';
import { rfc8032, rfc8032Prehashed } from '../data/ed25519-known-answers.ts';
import { families, portable } from '../family-backends.ts';
import { fromHex, hex, octets, spoilt } from '../octets.ts';
import { provesExample, provesVectors } from '../proof.ts';
import { absence, groupsOf, type Vector } from '../published-vectors.ts';

// RFC 8032 section 5.1: the order of the base point, little-endian in signatures.
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const littleEndian = (number: bigint): Uint8Array => fromHex(number.toString(16).padStart(64, '0')).reverse();
const numberOf = (octets: Uint8Array): bigint => BigInt(`0x${hex(Uint8Array.from(octets).reverse())}`);

describe.each(families)('on $name', ({ name: backend, ed25519: { pure, prehashed, sha512 } }) => {
  test.each(rfc8032)('RFC 8032 section 7.1, $name', ({ secret, publicKey, message, signature }) => {
    const signer = pure.signer(fromHex(secret));
    expect(hex(signer.publicKey)).toBe(publicKey);
    expect(hex(signer.sign(fromHex(message)))).toBe(signature);
    expect(signer.verify(fromHex(message), fromHex(signature))).toBe(true);
    expect(pure.verify(fromHex(publicKey), fromHex(message), fromHex(signature))).toBe(true);
    provesExample(['ED25519_SHA_512'], 'RFC 8032', backend);
  });

  test('RFC 8032 section 7.3, Ed25519ph', () => {
    const { secret, publicKey, message, signature } = rfc8032Prehashed;
    const signer = prehashed.signer(fromHex(secret));
    const digest = sha512.digest(fromHex(message));
    expect(hex(signer.publicKey)).toBe(publicKey);
    expect(hex(signer.sign(digest))).toBe(signature);
    expect(signer.verify(digest, fromHex(signature))).toBe(true);
    expect(prehashed.verify(fromHex(publicKey), digest, fromHex(signature))).toBe(true);
    provesExample(['ED25519_PH_SHA_512'], 'RFC 8032', backend);
  });

  describe.each([
    { name: 'Ed25519', scheme: pure, other: prehashed },
    { name: 'Ed25519ph', scheme: prehashed, other: pure },
  ])('$name', ({ scheme, other }) => {
    const signer = scheme.signer(octets(32));
    const message = octets(64, 9);
    const signature = signer.sign(message);
    const S = numberOf(signature.subarray(32));
    const R = signature.subarray(0, 32);
    const verdicts = (over: Uint8Array, given: Uint8Array): readonly boolean[] => [
      signer.verify(over, given),
      scheme.verify(signer.publicKey, over, given),
    ];

    test('takes no signature of the other scheme', () => {
      expect(verdicts(message, signature)).toEqual([true, true]);
      expect(verdicts(message, other.signer(octets(32)).sign(message))).toEqual([false, false]);
    });

    test('takes no damaged one, and none of another length', () => {
      for (const at of [0, 31, 32, 62]) expect(verdicts(message, spoilt(signature, at))).toEqual([false, false]);
      expect(verdicts(spoilt(message, 1), signature)).toEqual([false, false]);
      for (const wrong of [
        new Uint8Array(),
        signature.subarray(1),
        Uint8Array.of(...signature, 0),
        new Uint8Array(64),
      ]) {
        expect(verdicts(message, wrong)).toEqual([false, false]);
      }
    });

    // Section 5.1.7, step 1.
    test('takes S below L only', () => {
      expect(verdicts(message, Uint8Array.of(...R, ...littleEndian(S)))).toEqual([true, true]);
      expect(verdicts(message, Uint8Array.of(...R, ...littleEndian(S + L)))).toEqual([false, false]);
      expect(verdicts(message, Uint8Array.of(...R, ...littleEndian(L)))).toEqual([false, false]);
    });

    test('bytes that are no public key verify nothing', () => {
      for (const wrong of [new Uint8Array(31), spoilt(signer.publicKey, 0), new Uint8Array(32).fill(255)]) {
        expect(scheme.verify(wrong, message, signature)).toBe(false);
      }
    });
  });
});

test('an erased signer of the portable backend has nothing left to sign with', () => {
  const { pure, prehashed } = portable.ed25519;
  for (const scheme of [pure, prehashed]) {
    const [erased, other] = [octets(32), octets(32, 90)].map((seed) => scheme.signer(seed));
    erased?.erase();
    other?.erase();
    // What differs is the public key, which a signature depends on.
    const scalarOf = (signature: Uint8Array | undefined): string => hex(signature?.subarray(0, 32)) ?? '';
    expect(scalarOf(erased?.sign(octets(9)))).toBe(scalarOf(other?.sign(octets(9))));
    expect(erased?.verify(octets(9), scheme.signer(octets(32)).sign(octets(9)))).toBe(false);
  }
});

// Only the owner of a key can make it: R with a point of order 8 in it. With the cofactor it would verify, without it does not.
test('a signature with a point of small order in R is refused on every backend', async () => {
  const { ed25519 } = await import('@noble/curves/ed25519.js');
  const { Point } = ed25519;
  const seed = octets(32, 70);
  const { publicKey } = portable.ed25519.pure.signer(seed);
  const expanded = portable.hashes['SHA-512'].digest(seed).slice(0, 32);
  expanded[0] = (expanded[0] ?? 0) & 0xf8;
  expanded[31] = ((expanded[31] ?? 0) & 0x7f) | 0x40;
  const torsion = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa');
  const message = octets(40);
  const r = 123456789n;
  const R = Point.BASE.multiply(r).add(torsion).toBytes();
  const k = numberOf(portable.hashes['SHA-512'].digest(Uint8Array.of(...R, ...publicKey, ...message))) % L;
  const signature = Uint8Array.of(...R, ...littleEndian((r + k * numberOf(expanded)) % L));
  expect(ed25519.verify(signature, message, publicKey)).toBe(true);
  for (const { ed25519: mine } of families) {
    expect(mine.pure.signer(seed).verify(message, signature)).toBe(false);
    expect(mine.pure.verify(publicKey, message, signature)).toBe(false);
  }
});

interface Group {
  readonly publicKey: { readonly pk: string };
  readonly tests: readonly (Vector & { readonly msg: string; readonly sig: string })[];
}

const { absent, reason } = absence(['ed25519_test']);

describe.skipIf(absent).each(families)(`Wycheproof on $name${reason}`, ({ name: backend, ed25519 }) => {
  test('ed25519_test: 151 of 151 vectors', () => {
    const vectors = groupsOf<Group>('ed25519_test').flatMap(({ publicKey: { pk }, tests }) =>
      tests.map((vector) => ({ ...vector, pk })),
    );
    const failed = vectors.filter(({ pk, msg, sig, result }) => {
      return ed25519.pure.verify(fromHex(pk), fromHex(msg), fromHex(sig)) !== (result === 'valid');
    });
    expect(failed.map(({ tcId, comment }) => `${tcId} ${comment}`)).toEqual([]);
    expect(vectors).toHaveLength(151);
    provesVectors(['ED25519_SHA_512'], { file: 'ed25519_test', backend, all: vectors, taken: vectors });
  });
});
