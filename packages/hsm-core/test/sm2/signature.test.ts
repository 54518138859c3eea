// SM2DSA: the standard's example, a second library, OpenSSL, and what is no signature.

import { fc, test as property } from '@fast-check/vitest';
import { sm2 as other } from 'sm-crypto-v2';
import { describe, expect, test } from 'vitest';
import { readEcdsaSignature, writeEcdsaSignature } from '../../src/der.ts';
import { inverse } from '../../src/ecc/inverse.ts';
import { scalarOctets } from '../../src/ecc/numbers.ts';
import { spki } from '../../src/ecc.ts';
import { sign, sm2Digest, verify } from '../../src/sm2/signature.ts';
import { sm2Answer } from '../data/sm2-known-answers.ts';
import { families, native } from '../family-backends.ts';
import { hex, octets, present, spoilt, utf8 } from '../octets.ts';
import { openssl, opensslAbsent, opensslReason } from '../openssl-command.ts';
import { opensslProof, provesExample } from '../proof.ts';
import { seededKey, standardKey } from './keys.ts';

const { message } = sm2Answer;
const id = '1234567812345678';

describe.each(families)('on $name', (family) => {
  const key = standardKey(family);
  const digest = sm2Digest(key, message);
  const signature = sign(key, digest);
  const { r, s } = present(readEcdsaSignature(signature));
  const { n } = key.curve;

  test('GB/T 32918.5 appendix A: the public key, e, and the signature verifies', () => {
    expect(hex(key.publicPoint)).toBe(sm2Answer.publicKey.toLowerCase());
    expect(hex(digest)).toBe(sm2Answer.digest.toLowerCase());
    const published = { r: BigInt(`0x${sm2Answer.r}`), s: BigInt(`0x${sm2Answer.s}`) };
    expect(verify(key, digest, writeEcdsaSignature(published))).toBe(true);
    expect(verify(key, digest, writeEcdsaSignature({ ...published, s: n - published.s }))).toBe(false);
    provesExample(['SM2DSA'], 'GB/T 32918.5', family.name);
  });

  test('the same message always has the same signature, on every backend', () => {
    expect(hex(sign(key, digest))).toBe(hex(signature));
    expect(hex(sign(standardKey(native), digest))).toBe(hex(signature));
    expect(verify(key, digest, signature)).toBe(true);
  });

  test('another digest, another key, other numbers and other bytes are refused', () => {
    const refused = [
      [spoilt(digest, 0), signature],
      [digest, writeEcdsaSignature({ r: s, s: r })],
      [digest, writeEcdsaSignature({ r: r + n, s })],
      [digest, writeEcdsaSignature({ r, s: s + n })],
      [digest, writeEcdsaSignature({ r: 0n, s })],
      [digest, writeEcdsaSignature({ r, s: 0n })],
      [digest, writeEcdsaSignature({ r: n, s })],
      [digest, Uint8Array.of(...signature, 0)],
      [digest, signature.subarray(1)],
      [digest, new Uint8Array()],
    ] as const;
    for (const [over, given] of refused) expect(verify(key, over, given)).toBe(false);
    expect(verify(seededKey(family), digest, signature)).toBe(false);
  });

  // Section 7.1, step B5: with t = r + s = 0 the public key would not count, and anybody could choose s and e.
  test('a signature without the public key in it is refused', () => {
    const chosen = 123456789n;
    const point = key.primitives.baseX(key.curve, scalarOctets(key.curve, chosen));
    const forged = { r: n - chosen, s: chosen };
    const e = (((forged.r - point) % n) + n) % n;
    expect(verify(key, scalarOctets(key.curve, e), writeEcdsaSignature(forged))).toBe(false);
  });

  test('a signature whose point is at infinity is refused', () => {
    const d = BigInt(`0x${hex(key.scalar())}`);
    // s + (r + s)d = 0
    const infinite = n - ((7n * d * inverse(1n + d, n)) % n);
    expect(verify(key, digest, writeEcdsaSignature({ r: 7n, s: infinite }))).toBe(false);
  });
});

property.prop([fc.uint8Array({ maxLength: 200 })], { numRuns: 15 })(
  'sm-crypto-v2 verifies our signatures, and we verify its',
  (text) => {
    for (const family of families) {
      const key = seededKey(family);
      const publicKey = hex(key.publicPoint) ?? '';
      const options = { hash: true, der: true, publicKey, userId: id };
      const ours = hex(sign(key, sm2Digest(key, text))) ?? '';
      expect(other.doVerifySignature(text, ours, publicKey, options)).toBe(true);
      const theirs = Buffer.from(other.doSignature(text, hex(key.scalar()) ?? '', options), 'hex');
      expect(verify(key, sm2Digest(key, text), theirs)).toBe(true);
      expect(verify(key, sm2Digest(key, Uint8Array.of(...text, 0)), theirs)).toBe(false);
    }
  },
);

describe.skipIf(opensslAbsent)(`OpenSSL${opensslReason}`, { meta: { proof: opensslProof('SM2DSA') } }, () => {
  const key = seededKey(native);
  const text = utf8('signed with SM2');
  const common = ['-rawin', '-digest', 'sm3', '-keyform', 'DER', '-inkey', 'key'];

  const verdict = (signature: Uint8Array, over: Uint8Array, distinguishingId = id): boolean => {
    const given = ['-verify', '-pubin', ...common, '-pkeyopt', `distid:${distinguishingId}`, '-sigfile', 'signature'];
    const files = { key: spki(key), signature, message: over };
    return openssl(['pkeyutl', ...given, '-in', 'message'], files).accepted;
  };

  test('verifies our signatures, under the default identifier alone', () => {
    const signature = sign(key, sm2Digest(key, text));
    expect(verdict(signature, text)).toBe(true);
    expect(verdict(signature, octets(9))).toBe(false);
    expect(verdict(signature, text, 'somebody else')).toBe(false);
  });
});
