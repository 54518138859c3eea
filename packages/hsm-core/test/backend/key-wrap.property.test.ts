// Both backends wrap alike, and each undoes what the other did.

import { fc, test } from '@fast-check/vitest';
import { describe, test as example, expect } from 'vitest';
import { keyWrapAnswers } from '../data/rsa-known-answers.ts';
import { native, portable, wrapBackends } from '../key-wrap-backends.ts';
import { provesExample, provesVectors } from '../proof.ts';
import { absence, groupsOf, type Vector } from '../published-vectors.ts';
import { bytes, fromBase64, fromHex, hex } from '../rsa/backends.ts';

const wrappings = ['RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256'];
const kek = fc.uint8Array({ minLength: 32, maxLength: 32 });
const material = fc.uint8Array({ minLength: 1, maxLength: 100 });

test.prop([kek, material])('what one wraps, the other unwraps', (key, content) => {
  const [one, other] = [portable.wrap(key, content), native.wrap(key, content)];
  expect(hex(one)).toBe(hex(other));
  expect(hex(portable.unwrap(key, other))).toBe(hex(content));
  expect(hex(native.unwrap(key, one))).toBe(hex(content));
});

test.prop([kek, material, fc.nat(), fc.integer({ min: 1, max: 255 })])(
  'no changed byte is unwrapped',
  (key, content, at, change) => {
    const wrapped = portable.wrap(key, content);
    const place = at % wrapped.length;
    const changed = wrapped.with(place, (wrapped[place] ?? 0) ^ change);
    for (const backend of wrapBackends) expect(backend.unwrap(key, changed)).toBeUndefined();
  },
);

test.prop([kek, fc.uint8Array({ maxLength: 100 })])('noise is not unwrapped, of whatever length', (key, noise) => {
  for (const backend of wrapBackends) expect(backend.unwrap(key, noise)).toBeUndefined();
});

describe.each(wrapBackends)('$name', (backend) => {
  example.each(keyWrapAnswers)('published answer: $name', ({ kek, material, wrapped, source }) => {
    expect(hex(backend.wrap(fromBase64(kek), fromBase64(material)))).toBe(hex(fromBase64(wrapped)));
    expect(hex(backend.unwrap(fromBase64(kek), fromBase64(wrapped)))).toBe(hex(fromBase64(material)));
    if (source !== undefined) provesExample(wrappings, source, backend.name);
  });

  example('a whole private key, as RSA material is', () => {
    const wrapped = backend.wrap(bytes(32), bytes(2_375));
    expect(wrapped).toHaveLength(2_384);
    expect(backend.unwrap(bytes(32), wrapped)).toEqual(bytes(2_375));
    expect(backend.unwrap(bytes(32, 2), wrapped)).toBeUndefined();
  });

  example('plain bytes come out, and what went in is left as it was', () => {
    const content = bytes(32);
    const wrapped = backend.wrap(bytes(32, 2), content);
    const before = hex(wrapped);
    expect(backend.unwrap(bytes(32, 2), wrapped)?.constructor).toBe(Uint8Array);
    expect(wrapped.constructor).toBe(Uint8Array);
    expect([hex(content), hex(wrapped)]).toEqual([hex(bytes(32)), before]);
  });

  example.each([0, 16, 24, 31, 33])('a key of %d bytes is a mistake of the caller', (length) => {
    expect(() => backend.wrap(bytes(length), bytes(32))).toThrow(RangeError);
    expect(() => backend.unwrap(bytes(length), bytes(32))).toThrow(RangeError);
  });
});

interface WrapVector extends Vector {
  readonly key: string;
  readonly msg: string;
  readonly ct: string;
}

interface WrapGroup {
  readonly keySize: number;
  readonly tests: readonly WrapVector[];
}

const files = { withPadding: 'aes_kwp_test', withoutPadding: 'aes_wrap_test' };
const { absent, reason } = absence(Object.values(files));
const ofOtherSizes = 'a key of 128 or 192 bits';

// The other two groups have keys of 128 and 192 bits, 75 and 85 vectors: KMS takes AES-256 keys only.
describe.skipIf(absent).each(wrapBackends)(`Wycheproof on $name${reason}`, (backend) => {
  const groups = (file: string): readonly [all: readonly WrapVector[], of256Bits: readonly WrapVector[]] => {
    const all = groupsOf<WrapGroup>(file);
    const of256Bits = all.filter(({ keySize }) => keySize === 256);
    return [all.flatMap(({ tests }) => tests), of256Bits.flatMap(({ tests }) => tests)];
  };

  example(`${files.withPadding}: 94 of the 94 with a key of 256 bits`, () => {
    const file = files.withPadding;
    const [all, vectors] = groups(file);
    const failed = vectors.filter(({ key, msg, ct, result }) => {
      const unwrapped = hex(backend.unwrap(fromHex(key), fromHex(ct)));
      if (result === 'invalid') return unwrapped !== undefined;
      return unwrapped !== msg || hex(backend.wrap(fromHex(key), fromHex(msg))) !== ct;
    });
    expect(failed.map(({ tcId, comment }) => `${tcId} ${comment}`)).toEqual([]);
    expect([all.length, vectors.length]).toEqual([254, 94]);
    const others = { count: 160, because: ofOtherSizes };
    provesVectors(wrappings, { file, backend: backend.name, all, leftOut: others, taken: vectors });
  });

  // RFC 3394, the wrapping without padding: another algorithm, which KMS has not.
  example(`${files.withoutPadding}: none of the 68 with a key of 256 bits is unwrapped`, () => {
    const file = files.withoutPadding;
    const [all, vectors] = groups(file);
    const taken = vectors.filter(({ key, ct }) => backend.unwrap(fromHex(key), fromHex(ct)) !== undefined);
    expect(taken.map(({ tcId, comment }) => `${tcId} ${comment}`)).toEqual([]);
    expect([all.length, vectors.length]).toEqual([165, 68]);
    const others = { count: 97, because: ofOtherSizes };
    const refused = 'RFC 3394 has no padding';
    provesVectors(wrappings, { file, backend: backend.name, all, leftOut: others, taken: vectors, refused });
  });
});
