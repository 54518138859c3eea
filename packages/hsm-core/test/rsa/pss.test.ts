// RSASSA-PSS against published answers and node:crypto, and everything that is no signature.

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RsaHash } from '../../src/backend/rsa.ts';
import { hashLength } from '../../src/rsa/mask.ts';
import { signPss, verifyPss } from '../../src/rsa/pss.ts';
import { fromSpki, RsaPrivateKey, RsaPublicKey, spki } from '../../src/rsa.ts';
import { pssAnswers, pssKey, signatureAnswers } from '../data/rsa-known-answers.ts';
import { pssExamples } from '../data/rsa-signature-examples.ts';
import { provesExample, provesVectors } from '../proof.ts';
import { absence } from '../published-vectors.ts';
import { bytes, fromBase64, fromHex, hex, keyFrom, keyOf, native, numbersOf, rsaBackends, specs } from './backends.ts';
import { runSignatures } from './signature-vectors.ts';

const algorithmOf = (hash: RsaHash): string => `RSASSA_PSS_${hash.replace('-', '_')}`;
const hashes: readonly RsaHash[] = ['SHA-256', 'SHA-384', 'SHA-512'];

describe.each(rsaBackends)('published answers on $name', (backend) => {
  test.each(pssExamples)('NIST CAVP, $hash', ({ hash, n, e, message, signature }) => {
    const key = new RsaPublicKey({ n: BigInt(`0x${n}`), e: BigInt(`0x${e}`) }, backend);
    const digest = backend.hash(hash, fromHex(message));
    expect(verifyPss(key, hash, digest, fromHex(signature))).toBe(true);
    expect(verifyPss(key, hash, digest.with(0, (digest[0] ?? 0) ^ 1), fromHex(signature))).toBe(false);
    provesExample([algorithmOf(hash)], 'NIST CAVP', backend.name);
  });

  test.each(pssAnswers)('PKCS #1 v2.1 test vectors, SHA-1, example $name', ({ message, salt, signature }) => {
    const key = keyFrom(pssKey, backend);
    const digest = backend.hash('SHA-1', fromBase64(message));
    expect(signPss(key, 'SHA-1', digest, fromBase64(salt))).toEqual(fromBase64(signature));
    expect(verifyPss(key.publicKey, 'SHA-1', digest, fromBase64(signature))).toBe(true);
    provesExample(hashes.map(algorithmOf), 'PKCS #1 v2.1, with SHA-1', backend.name);
  });

  const answers = signatureAnswers.filter(({ scheme }) => scheme === 'pss');
  test.each(answers)('Wycheproof, $name', ({ hash, publicKey, message, signature }) => {
    const key = fromSpki(fromBase64(publicKey), backend);
    if (key === undefined) expect.fail('no key');
    const digest = backend.hash(hash, fromBase64(message));
    expect(verifyPss(key, hash, digest, fromBase64(signature))).toBe(true);
    expect(verifyPss(key, hash, digest.with(0, (digest[0] ?? 0) ^ 1), fromBase64(signature))).toBe(false);
  });
});

describe.each(specs)('%s', (spec) => {
  test.each(hashes)(
    '%s: every backend signs alike, node:crypto verifies, and every backend what node signs',
    (hash) => {
      const key = keyOf(spec, native);
      const digest = bytes(hashLength[hash], 3);
      const salt = bytes(hashLength[hash], 90);
      const signatures = rsaBackends.map((backend) => hex(signPss(keyOf(spec, backend), hash, digest, salt)));
      expect(signatures[0]).toBe(signatures[1]);

      const message = bytes(300);
      const nodeHash = hash.replace('-', '').toLowerCase();
      const nodeKey = {
        key: crypto.createPublicKey({ key: Buffer.from(spki(key)), format: 'der', type: 'spki' }),
        padding: crypto.constants.RSA_PKCS1_PSS_PADDING,
        saltLength: hashLength[hash],
      };
      const signature = signPss(key, hash, native.hash(hash, message), salt);
      expect(crypto.verify(nodeHash, message, nodeKey, signature)).toBe(true);
      for (const backend of rsaBackends) {
        const { publicKey } = keyOf(spec, backend);
        expect(verifyPss(publicKey, hash, backend.hash(hash, message), signature)).toBe(true);
      }
    },
  );
});

describe.each(rsaBackends)('no signature on $name', (backend) => {
  const key = keyOf('RSA_2048', backend);
  const digest = bytes(32, 3);
  const signature = signPss(key, 'SHA-256', digest, bytes(32, 90));

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['one byte less', signature.subarray(1)],
    ['one byte more', Uint8Array.of(0, ...signature)],
    ['a changed byte', signature.with(7, (signature[7] ?? 0) ^ 0x80)],
    ['zeros', new Uint8Array(256)],
    ['a number above the modulus', new Uint8Array(256).fill(0xff)],
    ['one of another key', signPss(keyFrom(pssKey, backend), 'SHA-256', digest, bytes(32, 90))],
  ])('%s', (_name, other) => {
    expect(verifyPss(key.publicKey, 'SHA-256', digest, other)).toBe(false);
    expect(verifyPss(key.publicKey, 'SHA-256', digest, signature)).toBe(true);
  });

  test('of another digest, or under another hash', () => {
    expect(verifyPss(key.publicKey, 'SHA-256', bytes(32, 4), signature)).toBe(false);
    expect(verifyPss(key.publicKey, 'SHA-256', digest.subarray(1), signature)).toBe(false);
    expect(verifyPss(key.publicKey, 'SHA-384', bytes(48, 3), signature)).toBe(false);
  });

  test.each([0, 20, 31, 33, 222])('with a salt of %d bytes, where the hash has 32', (saltLength) => {
    const privateKey = crypto.createPrivateKey({ key: jwk(), format: 'jwk' });
    const padding = crypto.constants.RSA_PKCS1_PSS_PADDING;
    const message = bytes(50);
    const made = crypto.sign('sha256', message, { key: privateKey, padding, saltLength });
    const hashed = backend.hash('SHA-256', message);
    expect(verifyPss(key.publicKey, 'SHA-256', hashed, made)).toBe(false);
    const right = crypto.sign('sha256', message, { key: privateKey, padding, saltLength: 32 });
    expect(verifyPss(key.publicKey, 'SHA-256', hashed, right)).toBe(true);
  });

  /** The encoded message with one octet changed, signed as it is. */
  function withOctet(at: number, change: number): Uint8Array {
    const encoded = key.publicKey.apply(signature) ?? new Uint8Array();
    return key.apply(encoded.with(at, (encoded.at(at) ?? 0) ^ change)) ?? new Uint8Array();
  }

  test.each([
    ['the trailer', 255, 1],
    ['the hash', 230, 1],
    ['the masked block', 100, 4],
    ['the masked zeros', 1, 1],
    ['the masked salt', 222, 1],
  ])('%s is another', (_name, at, change) => {
    const changed = withOctet(at, change);
    expect(changed).toHaveLength(256);
    expect(verifyPss(key.publicKey, 'SHA-256', digest, changed)).toBe(false);
  });

  test('the first bit is set: the modulus allows it and the encoding does not', () => {
    const changed = withOctet(0, 0x80);
    // Only where the number stays below the modulus is this another signature at all.
    expect([0, 256]).toContain(changed.length);
    expect(verifyPss(key.publicKey, 'SHA-256', digest, changed)).toBe(false);
  });

  test('a key too short for the hash', () => {
    const [p, q] = [2n ** 89n - 1n, 2n ** 107n - 1n];
    const short = new RsaPrivateKey({ n: p * q, e: 65537n, d: 1n, p, q, dP: 1n, dQ: 1n, qInv: 1n }, backend);
    expect(verifyPss(short.publicKey, 'SHA-256', digest, new Uint8Array(short.publicKey.length))).toBe(false);
  });

  test('a digest or a salt of another length is a mistake of the caller', () => {
    expect(() => signPss(key, 'SHA-256', digest.subarray(1), bytes(32))).toThrow(RangeError);
    expect(() => signPss(key, 'SHA-256', digest, bytes(20))).toThrow(RangeError);
  });
});

function jwk(): crypto.JsonWebKey {
  const { n, e, d, p, q, dP, dQ, qInv } = numbersOf('RSA_2048');
  const text = (number: bigint): string => {
    const digits = number.toString(16);
    return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex').toString('base64url');
  };
  return {
    kty: 'RSA',
    n: text(n),
    e: text(e),
    d: text(d),
    p: text(p),
    q: text(q),
    dp: text(dP),
    dq: text(dQ),
    qi: text(qInv),
  };
}

const files = [
  { file: 'rsa_pss_2048_sha256_mgf1_32_test', count: 108 },
  { file: 'rsa_pss_2048_sha384_mgf1_48_test', count: 141 },
  { file: 'rsa_pss_3072_sha256_mgf1_32_test', count: 108 },
  { file: 'rsa_pss_4096_sha256_mgf1_32_test', count: 108 },
  { file: 'rsa_pss_4096_sha384_mgf1_48_test', count: 141 },
  { file: 'rsa_pss_4096_sha512_mgf1_64_test', count: 179 },
];
const { absent, reason } = absence(files.map(({ file }) => file));

describe.skipIf(absent).each(rsaBackends)(`Wycheproof on $name${reason}`, (backend) => {
  test.each(files)('$file: $count of $count', ({ file, count }) => {
    const { all, failed, hash } = runSignatures(file, backend, verifyPss);
    expect([all.length, failed]).toEqual([count, []]);
    provesVectors([algorithmOf(hash)], { file, backend: backend.name, all, taken: all });
  });
});
