// RSASSA-PKCS1-v1_5 against published answers and node:crypto, and everything that is no signature.

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RsaHash } from '../../src/backend/rsa.ts';
import { hashLength } from '../../src/rsa/mask.ts';
import { signPkcs1, verifyPkcs1 } from '../../src/rsa/pkcs1.ts';
import { fromSpki, RsaPublicKey, toPkcs8 } from '../../src/rsa.ts';
import { pssKey, signatureAnswers } from '../data/rsa-known-answers.ts';
import { pkcs1Examples } from '../data/rsa-signature-examples.ts';
import { provesExample, provesVectors } from '../proof.ts';
import { absence } from '../published-vectors.ts';
import { bytes, fromBase64, fromHex, hex, keyFrom, keyOf, rsaBackends, specs } from './backends.ts';
import { runSignatures } from './signature-vectors.ts';

const algorithmOf = (hash: RsaHash): string => `RSASSA_PKCS1_V1_5_${hash.replace('-', '_')}`;
const hashes: readonly RsaHash[] = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];

describe.each(rsaBackends)('published answers on $name', (backend) => {
  test.each(pkcs1Examples)('NIST CAVP, $hash', ({ hash, n, e, message, signature }) => {
    const key = new RsaPublicKey({ n: BigInt(`0x${n}`), e: BigInt(`0x${e}`) }, backend);
    const digest = backend.hash(hash, fromHex(message));
    expect(verifyPkcs1(key, hash, digest, fromHex(signature))).toBe(true);
    expect(verifyPkcs1(key, hash, digest.with(0, (digest[0] ?? 0) ^ 1), fromHex(signature))).toBe(false);
    provesExample([algorithmOf(hash)], 'NIST CAVP', backend.name);
  });

  const answers = signatureAnswers.filter(({ scheme }) => scheme === 'pkcs1');
  test.each(answers)('Wycheproof, $name', ({ hash, publicKey, message, signature }) => {
    const key = fromSpki(fromBase64(publicKey), backend);
    if (key === undefined) expect.fail('no key');
    const digest = backend.hash(hash, fromBase64(message));
    expect(verifyPkcs1(key, hash, digest, fromBase64(signature))).toBe(true);
    expect(verifyPkcs1(key, hash, digest.with(0, (digest[0] ?? 0) ^ 1), fromBase64(signature))).toBe(false);
  });
});

describe.each(specs)('%s', (spec) => {
  test.each(hashes)('%s: every backend makes the very signature of node:crypto', (hash) => {
    const message = bytes(300);
    const privateKey = {
      key: Buffer.from(toPkcs8(keyOf(spec, rsaBackends[0]!))),
      format: 'der',
      type: 'pkcs8',
    } as const;
    const expected = crypto.sign(hash.replace('-', '').toLowerCase(), message, crypto.createPrivateKey(privateKey));
    for (const backend of rsaBackends) {
      const key = keyOf(spec, backend);
      const digest = backend.hash(hash, message);
      expect(hex(signPkcs1(key, hash, digest))).toBe(hex(expected));
      expect(verifyPkcs1(key.publicKey, hash, digest, expected)).toBe(true);
    }
  });
});

describe.each(rsaBackends)('no signature on $name', (backend) => {
  const key = keyOf('RSA_2048', backend);
  const digest = bytes(32, 3);
  const signature = signPkcs1(key, 'SHA-256', digest);

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['one byte less', signature.subarray(1)],
    ['one byte more', Uint8Array.of(0, ...signature)],
    ['a changed byte', signature.with(7, (signature[7] ?? 0) ^ 0x80)],
    ['zeros', new Uint8Array(256)],
    ['a number above the modulus', new Uint8Array(256).fill(0xff)],
    ['one of another key', signPkcs1(keyFrom(pssKey, backend), 'SHA-256', digest)],
  ])('%s', (_name, other) => {
    expect(verifyPkcs1(key.publicKey, 'SHA-256', digest, other)).toBe(false);
    expect(verifyPkcs1(key.publicKey, 'SHA-256', digest, signature)).toBe(true);
  });

  test('of another digest, or under another hash', () => {
    expect(verifyPkcs1(key.publicKey, 'SHA-256', bytes(32, 4), signature)).toBe(false);
    expect(verifyPkcs1(key.publicKey, 'SHA-256', digest.subarray(1), signature)).toBe(false);
    expect(verifyPkcs1(key.publicKey, 'SHA-384', bytes(48, 3), signature)).toBe(false);
  });

  /** 00 01 FF ... 00 and an ending, signed as it is. */
  function signed(ending: Uint8Array, start: readonly number[] = [0, 1]): Uint8Array {
    const encoded = new Uint8Array(256).fill(0xff);
    encoded.set(start);
    encoded[255 - ending.length] = 0;
    encoded.set(ending, 256 - ending.length);
    return key.apply(encoded) ?? new Uint8Array();
  }
  const info = (prefix: string): Uint8Array => Uint8Array.of(...fromHex(prefix), ...digest);
  const right = '3031300d060960864801650304020105000420';

  test('the maker of broken blocks can make a right one', () => {
    expect(hex(signed(info(right)))).toBe(hex(signature));
  });

  test.each<[string, () => Uint8Array]>([
    // Wycheproof calls it acceptable; KMS and OpenSSL have one form.
    ['the NULL left out', () => signed(info('302f300b0609608648016503040201' + '0420'))],
    ['a length in its long form', () => signed(info('308131300d060960864801650304020105000420'))],
    ['the hash named is SHA-384', () => signed(info('3031300d060960864801650304020205000420'))],
    ['nothing but the digest', () => signed(digest)],
    ['bytes after the digest (Bleichenbacher 2006)', () => signed(Uint8Array.of(...info(right), 0, 0, 0))],
    ['another block type', () => signed(info(right), [0, 2])],
    ['no block type', () => signed(info(right), [0, 0xff])],
    ['a padding octet that is not FF', () => signed(info(right), [0, 1, 0xfe])],
    ['a short padding', () => signed(info(right), [0, 1, 0xff, 0xff, 0xff, 0])],
  ])('%s', (_name, make) => {
    const made = make();
    expect(made).toHaveLength(256);
    expect(verifyPkcs1(key.publicKey, 'SHA-256', digest, made)).toBe(false);
  });

  test('a digest of another length is a mistake of the caller', () => {
    expect(() => signPkcs1(key, 'SHA-256', digest.subarray(1))).toThrow(RangeError);
  });
});

test('hash lengths are those of the hashes', () => {
  for (const hash of hashes) expect(rsaBackends[0]!.hash(hash, bytes(1))).toHaveLength(hashLength[hash]);
});

const files = [
  { file: 'rsa_signature_2048_sha256_test', count: 259 },
  { file: 'rsa_signature_2048_sha384_test', count: 258 },
  { file: 'rsa_signature_2048_sha512_test', count: 259 },
  { file: 'rsa_signature_3072_sha256_test', count: 259 },
  { file: 'rsa_signature_3072_sha384_test', count: 259 },
  { file: 'rsa_signature_3072_sha512_test', count: 260 },
  { file: 'rsa_signature_4096_sha256_test', count: 258 },
  { file: 'rsa_signature_4096_sha384_test', count: 259 },
  { file: 'rsa_signature_4096_sha512_test', count: 259 },
];
const { absent, reason } = absence(files.map(({ file }) => file));

// In each file one vector is "acceptable", MissingNull: refused.
describe.skipIf(absent).each(rsaBackends)(`Wycheproof on $name${reason}`, (backend) => {
  test.each(files)('$file: $count of $count, the acceptable one refused', ({ file, count }) => {
    const { all, failed, hash } = runSignatures(file, backend, verifyPkcs1);
    expect([all.length, failed]).toEqual([count, []]);
    provesVectors([algorithmOf(hash)], { file, backend: backend.name, all, taken: all });
  });
});
