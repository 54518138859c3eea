// RSAES-OAEP against published answers and node:crypto, and everything that is no ciphertext.

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RsaHash, RsaPrimitives } from '../../src/backend/rsa.ts';
import { hashLength } from '../../src/rsa/mask.ts';
import { decryptOaep, encryptOaep } from '../../src/rsa/oaep.ts';
import { fromPkcs8, RsaPrivateKey, rsaParameters, spki, toPkcs8 } from '../../src/rsa.ts';
import { oaepAnswers, oaepKey, oaepSha256 } from '../data/rsa-known-answers.ts';
import { provesExample, provesVectors, provesWithOpenssl } from '../proof.ts';
import { absence, groupsOf, type Vector } from '../published-vectors.ts';
import { bytes, fromBase64, fromHex, hex, keyFrom, keyOf, native, rsaBackends, specs } from './backends.ts';

const hashes: readonly RsaHash[] = ['SHA-1', 'SHA-256'];
const algorithmOf = (hash: RsaHash): string => `RSAES_OAEP_${hash.replace('-', '_')}`;
const openSsl: Readonly<Record<string, string>> = { 'SHA-1': 'sha1', 'SHA-256': 'sha256' };

describe.each(rsaBackends)('published answers on $name', (backend) => {
  test.each(oaepAnswers)('PKCS #1 v2.1 test vectors, SHA-1, example $name', ({ message, seed, ciphertext }) => {
    const key = keyFrom(oaepKey, backend);
    const made = encryptOaep(key.publicKey, 'SHA-1', fromBase64(message), fromBase64(seed));
    expect(made).toEqual(fromBase64(ciphertext));
    expect(decryptOaep(key, 'SHA-1', fromBase64(ciphertext))).toEqual(fromBase64(message));
    provesExample([algorithmOf('SHA-1')], 'PKCS #1 v2.1', backend.name);
  });

  test('Wycheproof, SHA-256, one valid and one invalid', () => {
    const key = fromPkcs8(fromBase64(oaepSha256.privateKey), rsaParameters.RSA_2048, backend);
    if (typeof key === 'string') expect.fail(key);
    expect(decryptOaep(key, 'SHA-256', fromBase64(oaepSha256.valid))).toEqual(fromBase64(oaepSha256.message));
    expect(decryptOaep(key, 'SHA-256', fromBase64(oaepSha256.invalid))).toBeUndefined();
  });
});

describe.each(specs)('%s', (spec) => {
  describe.each(hashes)('%s', (hash) => {
    const key = keyOf(spec, native);
    const seed = bytes(hashLength[hash], 40);
    const longest = key.publicKey.length - 2 * hashLength[hash] - 2;
    const oaep = { padding: crypto.constants.RSA_PKCS1_OAEP_PADDING, oaepHash: openSsl[hash] ?? '' };

    test('every backend makes the same ciphertext, and node:crypto opens it', () => {
      const privateKey = crypto.createPrivateKey({ key: Buffer.from(toPkcs8(key)), format: 'der', type: 'pkcs8' });
      for (const length of [0, 1, longest - 1, longest]) {
        const made = rsaBackends.map((backend) =>
          encryptOaep(keyOf(spec, backend).publicKey, hash, bytes(length), seed),
        );
        const [one = new Uint8Array(), other] = made.map((ciphertext) => Uint8Array.from(ciphertext as Uint8Array));
        expect(hex(one)).toBe(hex(other));
        expect(hex(crypto.privateDecrypt({ key: privateKey, ...oaep }, one))).toBe(hex(bytes(length)));
      }
      provesWithOpenssl(algorithmOf(hash));
    });

    test('every backend opens what node:crypto makes', () => {
      const publicKey = crypto.createPublicKey({ key: Buffer.from(spki(key)), format: 'der', type: 'spki' });
      const ciphertext = crypto.publicEncrypt({ key: publicKey, ...oaep }, bytes(longest));
      for (const backend of rsaBackends) {
        expect(decryptOaep(keyOf(spec, backend), hash, ciphertext)).toEqual(bytes(longest));
      }
      provesWithOpenssl(algorithmOf(hash));
    });

    test('one byte more than fits is too long', () => {
      expect(encryptOaep(key.publicKey, hash, bytes(longest + 1), seed)).toBe('too long');
    });
  });
});

describe.each(rsaBackends)('no ciphertext on $name', (backend) => {
  const key = keyOf('RSA_2048', backend);
  const message = bytes(100);
  const seed = bytes(32, 40);

  test.each<[string, (ciphertext: Uint8Array) => Uint8Array]>([
    ['nothing', () => new Uint8Array()],
    ['one byte less', (ciphertext) => ciphertext.subarray(1)],
    ['one byte more', (ciphertext) => Uint8Array.of(0, ...ciphertext)],
    ['a changed byte', (ciphertext) => ciphertext.with(100, (ciphertext[100] ?? 0) ^ 1)],
    ['zeros', () => new Uint8Array(256)],
    ['a number above the modulus', () => new Uint8Array(256).fill(0xff)],
    ['another hash', () => required(encryptOaep(key.publicKey, 'SHA-1', message, seed.subarray(12)))],
  ])('%s', (_name, change) => {
    const ciphertext = required(encryptOaep(key.publicKey, 'SHA-256', message, seed));
    expect(decryptOaep(key, 'SHA-256', ciphertext)).toEqual(message);
    expect(decryptOaep(key, 'SHA-256', change(ciphertext))).toBeUndefined();
  });

  /** What decrypts to this block. */
  const encodedAs = (block: Uint8Array): Uint8Array => required(key.publicKey.apply(block));

  /** 00 ‖ seed ‖ DB, masked as section 7.1.1 has it, with parts of one's own. */
  function encoded(parts: { first?: number; labelHash?: Uint8Array; padding?: Uint8Array }): Uint8Array {
    const hash = (data: Uint8Array): Uint8Array => crypto.createHash('sha256').update(data).digest();
    const labelHash = parts.labelHash ?? hash(new Uint8Array());
    const tail = parts.padding ?? Uint8Array.of(...new Uint8Array(190 - message.length), 1, ...message);
    const block = masked(Uint8Array.of(...labelHash, ...tail), seed, hash);
    return encodedAs(Uint8Array.of(parts.first ?? 0, ...masked(seed, block, hash), ...block));
  }

  test('the maker of broken blocks can make a right one', () => {
    expect(decryptOaep(key, 'SHA-256', encoded({}))).toEqual(message);
    expect(decryptOaep(key, 'SHA-256', encoded({ padding: new Uint8Array(191).fill(1, 190) }))).toEqual(
      new Uint8Array(),
    );
    expect(decryptOaep(key, 'SHA-256', encoded({ padding: new Uint8Array(191).fill(1, 0, 1) }))).toHaveLength(190);
  });

  test.each<[string, Parameters<typeof encoded>[0]]>([
    ['the first octet is not 00', { first: 1 }],
    ['a label', { labelHash: crypto.createHash('sha256').update('label').digest() }],
    ['nothing but zeros after the hash', { padding: new Uint8Array(191) }],
    ['02 where 01 should end the zeros', { padding: new Uint8Array(191).fill(2, 50, 51).fill(1, 51) }],
    ['ff at once', { padding: new Uint8Array(191).fill(0xff) }],
    ['several faults', { first: 3, labelHash: bytes(32), padding: new Uint8Array(191) }],
  ])('%s', (_name, parts) => {
    expect(decryptOaep(key, 'SHA-256', encoded(parts))).toBeUndefined();
  });

  test('a key too short for the hash', () => {
    const primitives: RsaPrimitives = backend;
    const [p, q] = [2n ** 89n - 1n, 2n ** 107n - 1n];
    const short = new RsaPrivateKey({ n: p * q, e: 65537n, d: 1n, p, q, dP: 1n, dQ: 1n, qInv: 1n }, primitives);
    expect(decryptOaep(short, 'SHA-256', new Uint8Array(short.publicKey.length))).toBeUndefined();
    expect(encryptOaep(short.publicKey, 'SHA-256', new Uint8Array(), seed)).toBe('too long');
  });

  test('a seed of another length is a mistake of the caller', () => {
    expect(() => encryptOaep(key.publicKey, 'SHA-256', message, seed.subarray(1))).toThrow(RangeError);
  });
});

function required(ciphertext: Uint8Array | 'too long' | undefined): Uint8Array {
  if (typeof ciphertext !== 'object') throw new Error('Nothing was made.');
  return ciphertext;
}

/** `block` with MGF1 of `seed` added, in other words than the source has it. */
function masked(block: Uint8Array, seed: Uint8Array, hash: (data: Uint8Array) => Uint8Array): Uint8Array {
  const mask = Array.from({ length: 8 }, (_, at) => [...hash(Uint8Array.of(...seed, 0, 0, 0, at))]).flat();
  return block.map((octet, at) => octet ^ (mask[at] ?? 0));
}

interface OaepVector extends Vector {
  readonly msg: string;
  readonly ct: string;
  readonly label: string;
}

interface OaepGroup {
  readonly keySize: number;
  readonly sha: RsaHash;
  readonly mgfSha: RsaHash;
  readonly privateKeyPkcs8: string;
  readonly tests: readonly OaepVector[];
}

// The labelled ones are valid where a label can be said: KMS has none, so they are refused.
const files = [
  { file: 'rsa_oaep_2048_sha1_mgf1sha1_test', hash: 'SHA-1', vectors: 36, labelled: 7 },
  { file: 'rsa_oaep_2048_sha256_mgf1sha256_test', hash: 'SHA-256', vectors: 37, labelled: 8 },
  { file: 'rsa_oaep_3072_sha256_mgf1sha256_test', hash: 'SHA-256', vectors: 37, labelled: 8 },
  { file: 'rsa_oaep_4096_sha256_mgf1sha256_test', hash: 'SHA-256', vectors: 37, labelled: 8 },
] as const;
const { absent, reason } = absence(files.map(({ file }) => file));

describe.skipIf(absent).each(rsaBackends)(`Wycheproof on $name${reason}`, (backend) => {
  test.each(files)(
    '$file: $vectors of $vectors, $labelled with a label refused',
    ({ file, hash, vectors, labelled }) => {
      let labels = 0;
      const failed: string[] = [];
      const groups = groupsOf<OaepGroup>(file);
      for (const { keySize, sha, mgfSha, privateKeyPkcs8, tests } of groups) {
        const key = fromPkcs8(fromHex(privateKeyPkcs8), { bits: keySize, millerRabinRounds: 1 }, backend);
        if (typeof key === 'string') expect.fail(key);
        expect([sha, mgfSha]).toEqual([hash, hash]);
        for (const { tcId, ct, msg, label, result } of tests) {
          if (label !== '') labels++;
          const expected = result === 'valid' && label === '' ? msg : undefined;
          if (hex(decryptOaep(key, sha, fromHex(ct))) !== expected) failed.push(`${tcId}`);
        }
      }
      expect(failed).toEqual([]);
      const all = groups.flatMap(({ tests }) => tests);
      expect([all.length, labels]).toEqual([vectors, labelled]);
      const leftOut = { count: labelled, because: 'a label, which KMS has not: refused' };
      const taken = all.filter(({ label }) => label === '');
      provesVectors([algorithmOf(hash)], { file, backend: backend.name, all, leftOut, taken });
    },
  );
});
