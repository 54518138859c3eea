// The primitives against published answers: a few in this project, all of Wycheproof's where they are at hand.

import { describe, expect, test } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { type GcmAnswer, gcmSpecification, rfc4231 } from '../data/known-answers.ts';
import { provesExample, provesVectors } from '../proof.ts';
import { absence, groupsOf, type Vector as Published } from '../published-vectors.ts';
import { backends, ways } from './backends.ts';

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

describe.each(ways)('$title', ({ backend }) => {
  test.each(gcmSpecification)('AES-256-GCM, $name', (answer) => {
    expect(seal(backend, answer)).toBe(answer.ciphertext + answer.tag);
    expect(open(backend, answer, answer.ciphertext + answer.tag)).toBe(answer.plaintext);
    if (backends.includes(backend)) provesExample(['SYMMETRIC_DEFAULT'], 'NIST GCM specification', backend.name);
  });

  // FIPS 180-4: the example of one block.
  test('SHA-256', () => {
    expect(hex(backend.sha256(new TextEncoder().encode('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  test.each(rfc4231)('HMAC-SHA-256, RFC 4231 $name', ({ key, message, mac }) => {
    expect(hex(backend.hmacSha256(fromHex(key))(fromHex(message)))).toBe(mac);
  });
});

interface Vector extends Published {
  readonly key: string;
  readonly msg: string;
  readonly tag: string;
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

const files = { gcm: 'aes_gcm_test', hmac: 'hmac_sha256_test' };
const { absent, reason } = absence(Object.values(files));

describe.skipIf(absent).each(ways)(`Wycheproof on $title${reason}`, ({ backend }) => {
  test('AES-GCM: every vector of a 256-bit key, a 96-bit IV and a 128-bit tag', () => {
    const groups = groupsOf<Group<GcmVector>>(files.gcm);
    const vectors = groups
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
    const all = groups.flatMap(({ tests }) => tests);
    expect([all.length, vectors.length]).toEqual([316, 66]);
    // The others judge.
    if (!backends.includes(backend)) return;
    const leftOut = { count: 250, because: 'another key or IV than KMS has' };
    provesVectors(['SYMMETRIC_DEFAULT'], { file: files.gcm, backend: backend.name, all, leftOut, taken: vectors });
  });

  test('HMAC-SHA-256: every vector, truncated tags by their first bytes', () => {
    const vectors = groupsOf<Group<Vector>>(files.hmac).flatMap(({ tagSize, tests }) =>
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
