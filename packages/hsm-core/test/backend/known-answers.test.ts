// The primitives against published answers: a few in this project, all of Wycheproof's where they are at hand.

import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { type GcmAnswer, gcmSpecification, rfc4231 } from '../data/known-answers.ts';
import { backends } from './backends.ts';

const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const hex = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('hex');

type GcmInput = Omit<GcmAnswer, 'name' | 'ciphertext' | 'tag'>;

function seal(backend: Backend, { key, iv, aad, plaintext }: GcmInput): string | undefined {
  const out = new Uint8Array(plaintext.length / 2 + 16);
  backend.gcmSeal(fromHex(key), fromHex(iv), fromHex(aad), fromHex(plaintext), out, 0);
  return hex(out);
}

function open(backend: Backend, { key, iv, aad }: GcmInput, sealed: string): string | undefined {
  return hex(backend.gcmOpen(fromHex(key), fromHex(iv), fromHex(aad), fromHex(sealed)));
}

describe.each(backends)('$name', (backend) => {
  test.each(gcmSpecification)('AES-256-GCM, $name', (answer) => {
    expect(seal(backend, answer)).toBe(answer.ciphertext + answer.tag);
    expect(open(backend, answer, answer.ciphertext + answer.tag)).toBe(answer.plaintext);
  });

  test.each(rfc4231)('HMAC-SHA-256, RFC 4231 $name', ({ key, message, mac }) => {
    expect(hex(backend.hmacSha256(fromHex(key))(fromHex(message)))).toBe(mac);
  });
});

// Project Wycheproof (https://github.com/C2SP/wycheproof, testvectors_v1), gzipped, in a folder beside the checkout.
const folder = new URL('../../../../../shared/vectors/', import.meta.url);

interface Vector {
  readonly tcId: number;
  readonly key: string;
  readonly msg: string;
  readonly tag: string;
  readonly result: 'valid' | 'invalid';
}

interface Group<V> {
  readonly keySize: number;
  readonly tagSize: number;
  readonly ivSize?: number;
  readonly tests: readonly V[];
}

interface GcmVector extends Vector {
  readonly iv: string;
  readonly aad: string;
  readonly ct: string;
}

function groups<V>(file: string): readonly Group<V>[] {
  return (JSON.parse(gunzipSync(readFileSync(new URL(file, folder))).toString()) as { testGroups: Group<V>[] })
    .testGroups;
}

const files = { gcm: 'aes_gcm_test.json.gz', hmac: 'hmac_sha256_test.json.gz' };
const absent = !Object.values(files).every((file) => existsSync(new URL(file, folder)));
const reason = absent ? ' (skipped: the vectors are not beside this checkout)' : '';

describe.skipIf(absent).each(backends)(`Wycheproof on $name${reason}`, (backend) => {
  test('AES-GCM: every vector of a 256-bit key, a 96-bit IV and a 128-bit tag', () => {
    const vectors = groups<GcmVector>(files.gcm)
      .filter(({ keySize, ivSize, tagSize }) => keySize === 256 && ivSize === 96 && tagSize === 128)
      .flatMap(({ tests }) => tests);
    const failed = vectors.filter((vector) => {
      const input = { ...vector, plaintext: vector.msg };
      const sealed = vector.ct + vector.tag;
      const opened = open(backend, input, sealed);
      return vector.result === 'valid'
        ? seal(backend, input) !== sealed || opened !== vector.msg
        : opened !== undefined;
    });
    expect(failed.map(({ tcId }) => tcId)).toEqual([]);
    expect(vectors).toHaveLength(66);
  });

  test('HMAC-SHA-256: every vector, truncated tags by their first bytes', () => {
    const vectors = groups<Vector>(files.hmac).flatMap(({ tagSize, tests }) =>
      tests.map((vector) => ({ ...vector, tagSize })),
    );
    const failed = vectors.filter(({ key, msg, tag, tagSize, result }) => {
      const mac = hex(backend.hmacSha256(fromHex(key))(fromHex(msg)))?.slice(0, tagSize / 4);
      return (mac === tag) !== (result === 'valid');
    });
    expect(failed.map(({ tcId }) => tcId)).toEqual([]);
    expect(vectors).toHaveLength(174);
  });
});
