// Input forms, one by one.

import { describe, expect, test } from 'vitest';
import { makeKeyPair } from '../src/client/key-pair.ts';
import { evaluate } from '../src/inputs.ts';
import { createScope } from '../src/scope.ts';
import type { Json } from '../src/transcript.ts';
import { draw } from './client/draw.ts';

const scope = createScope({ name: 't', regions: ['eu-west-1'] }, { account: '111122223333', callerArn: 'arn:me' });
scope.remember('key', {
  Id: 'k1',
  Blob: Uint8Array.of(1, 2, 3),
  Names: [
    { Name: 'a', Arn: 'arn:a' },
    { Name: 'b', Arn: 'arn:b' },
  ],
});
const value = (form: Json): unknown => evaluate(form, scope);
const bytes = (text: string): Buffer => Buffer.from(text);

describe('input forms', () => {
  test.each<[string, Json, unknown]>([
    ['a literal', { A: [1, 'x', null, true] }, { A: [1, 'x', null, true] }],
    ['$ref', { KeyId: { $ref: 'key.Id' } }, { KeyId: 'k1' }],
    [
      '$template',
      { $template: 'arn:aws:kms:${region}:${account}:key/${key.Id}' },
      'arn:aws:kms:eu-west-1:111122223333:key/k1',
    ],
    ['$utf8', { $utf8: 'zwölf' }, bytes('zwölf')],
    ['$utf8 of a form', { $utf8: { $template: '${key.Id}' } }, bytes('k1')],
    ['$base64', { $base64: 'AQI=' }, Uint8Array.of(1, 2)],
    ['$literal', { A: { $literal: { $ref: 'no.reference' } } }, { A: { $ref: 'no.reference' } }],
    ['a text with a dollar', { $template: '${dollar}{aws:userid}' }, '${aws:userid}'],
    ['$fill', { $fill: { byte: 'x', length: 3 } }, Uint8Array.of(120, 120, 120)],
    ['$concat', { $concat: [{ $ref: 'key.Blob' }, { $utf8: 'a' }] }, Uint8Array.of(1, 2, 3, 97)],
    ['$slice', { $slice: { of: { $ref: 'key.Blob' }, from: 1 } }, Uint8Array.of(2, 3)],
    ['$slice with an end', { $slice: { of: { $ref: 'key.Blob' }, from: 0, to: 1 } }, Uint8Array.of(1)],
    ['$jsonText', { $jsonText: { B: { $ref: 'key.Id' }, A: [1] } }, '{"B":"k1","A":[1]}'],
    ['$find', { $find: { in: { $ref: 'key.Names' }, where: { Name: 'b' }, get: 'Arn' } }, 'arn:b'],
  ])('%s', (_, form, expected) => {
    const got = value(form);
    if (expected instanceof Uint8Array) expect(Buffer.from(got as Uint8Array)).toEqual(Buffer.from(expected));
    else expect(got).toEqual(expected);
  });

  // FIPS 180-4, "abc".
  test('$digest', () => {
    const digest = value({ $digest: { alg: 'SHA_256', of: { $utf8: 'abc' } } }) as Uint8Array;
    expect(Buffer.from(digest).toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

describe('what cannot be had is said', () => {
  test.each<[string, Json, string]>([
    ['an unknown form', { $nope: 1 }, '$nope is no input form'],
    ['what is no base64', { $base64: 'AQ=' }, '$base64: "AQ=" is no base64'],
    [
      'a key that is none',
      { $rsaOaepWrap: { hash: 'SHA_256', publicKey: { $utf8: 'k' }, material: { $utf8: 'm' } } },
      'the public key cannot be used',
    ],
    ['an unknown hash', { $digest: { alg: 'MD5', of: { $utf8: '' } } }, 'no hash "MD5"'],
    [
      'a list without the item',
      { $find: { in: { $ref: 'key.Names' }, where: { Name: 'c' }, get: 'Arn' } },
      'no item with {"Name":"c"}',
    ],
    ['a text that should be bytes', { $concat: ['a'] }, 'not bytes: "a"'],
    ['a number that should be a text', { $utf8: 1 }, 'not a text: 1'],
    ['an object that should be a list', { $concat: {} }, 'not a list: {}'],
    ['a wildcard in an input', { $template: '${any:uuid}' }, "nothing is known of step 'any:uuid'"],
  ])('%s', (_, form, message) => {
    expect(() => value(form)).toThrow(message);
  });
});

describe('wrapping for import', () => {
  const { publicKey } = makeKeyPair('RSA_2048', 65_537, draw('inputs'));
  scope.remember('params', { PublicKey: publicKey });
  const common = { publicKey: { $ref: 'params.PublicKey' }, material: { $utf8: 'm'.repeat(40) } };

  test.each<[string, Json, number]>([
    ['$rsaOaepWrap', { $rsaOaepWrap: { hash: 'SHA_256', mgf1Hash: 'SHA_256', label: null, ...common } }, 256],
    // RFC 5649 section 4.1: eight bytes more, in blocks of eight.
    ['$rsaAesKeyWrap', { $rsaAesKeyWrap: { oaepHash: 'SHA_256', aesKeyBytes: 32, ...common } }, 256 + 48],
  ])('%s gives as many bytes as it has to', (_, form, length) => {
    expect(value(form)).toHaveLength(length);
  });

  test('$ecdh agrees with the other side', () => {
    const [one, other] = ['one', 'other'].map((seed) => makeKeyPair('ECC_NIST_P384', 65_537, draw(seed)));
    scope.remember('one', one);
    scope.remember('other', other);
    const agreed = (mine: string, theirs: string): unknown =>
      value({ $ecdh: { privateKey: { $ref: `${mine}.privateKey` }, publicKey: { $ref: `${theirs}.publicKey` } } });
    expect(agreed('one', 'other')).toEqual(agreed('other', 'one'));
    expect(agreed('one', 'other')).toHaveLength(48);
  });
});
