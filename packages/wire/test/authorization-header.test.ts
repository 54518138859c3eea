import { describe, expect, test } from 'vitest';
import { isRegion, parseAuthorization, parseCredential } from '../src/authorization-header.ts';

const scheme = 'AWS4-HMAC-SHA256';

describe('parseAuthorization', () => {
  const parts = { algorithm: scheme, credential: 'a/b', signedHeaders: 'host;x', signature: '0f' };

  test.each([
    `${scheme} Credential=a/b, SignedHeaders=host;x, Signature=0f`,
    `${scheme} Credential=a/b,SignedHeaders=host;x,Signature=0f`,
    `${scheme}   Signature=0f,   SignedHeaders=host;x, Credential=a/b`,
    `${scheme} Credential=a/b, SignedHeaders=host;x, Signature=0f, Other=1`,
    `${scheme} O=1, Credential=a/b, SignedHeaders=host;x, Signature=0f`,
  ])('%s', (header) => {
    expect(parseAuthorization(header)).toEqual(parts);
  });

  test('a value may hold an equal sign', () => {
    expect(parseAuthorization(`${scheme} Credential=a=b`)).toMatchObject({ credential: 'a=b' });
  });

  test('missing parts are undefined, empty ones empty', () => {
    const nothing = { credential: undefined, signedHeaders: undefined, signature: undefined };
    expect(parseAuthorization(scheme)).toEqual({ algorithm: scheme, ...nothing });
    expect(parseAuthorization(`${scheme} Credential=`)).toMatchObject({ credential: '' });
  });

  test.each([
    undefined,
    '',
    'Bearer x',
    'aws4-hmac-sha256 Credential=a',
    ' AWS4-HMAC-SHA256 Credential=a',
    'Basic AWS4-',
  ])('%j is no signature', (header) => {
    expect(parseAuthorization(header)).toBe('not signed');
  });

  test.each([
    `${scheme} `,
    `${scheme} Credential`,
    `${scheme} Credential=a,`,
    `${scheme} Credential=a,,Signature=b`,
    `${scheme} =a`,
    `${scheme} Credential= a`,
    `${scheme} Credential=a b`,
    `${scheme} Credential=a, Credential=a`,
    `${scheme} Credential=a; Signature=b`,
  ])('%j has something that is no pair', (header) => {
    expect(parseAuthorization(header)).toBe('no pair');
  });

  test('names of the prototype are names', () => {
    expect(parseAuthorization(`${scheme} __proto__=a, constructor=b`)).toMatchObject({ credential: undefined });
  });
});

describe('parseCredential', () => {
  test('five parts', () => {
    expect(parseCredential('key/20150830/eu-west-1/kms/aws4_request')).toEqual({
      accessKeyId: 'key',
      date: '20150830',
      region: 'eu-west-1',
      service: 'kms',
      terminator: 'aws4_request',
    });
  });

  test.each(['', 'key', 'a/b/c/d', 'a/b/c/d/e/f', 'a/b/c/d/e/', '/a/b/c/d/e'])('%j are not five', (credential) => {
    expect(parseCredential(credential)).toBeUndefined();
  });
});

test.each([
  'us-east-1',
  'ap-southeast-4',
  'us-gov-west-1',
  'us-iso-east-1',
  'eusc-de-east-1',
  'xx-y-99',
  `us-${'a'.repeat(27)}-1`,
])('%s is a region', (name) => {
  expect(isRegion(name)).toBe(true);
});

test.each([
  '',
  'us-east',
  'us-1',
  'US-EAST-1',
  'us-east-1 ',
  'us-east-1\n',
  'us--east-1',
  'u-east-1',
  'us-east-1a',
  '__proto__',
  '../us-east-1',
  `us-${'a'.repeat(28)}-1`,
  `us-${'a'.repeat(40)}-1`,
])('%j is none', (name) => {
  expect(isRegion(name)).toBe(false);
});

test('one header behind another is read by itself', () => {
  const [one, other] = ['AWS4-HMAC-SHA256 Credential=a', 'AWS4-HMAC-SHA256 Credential=b'];
  for (const [header, credential] of [
    [one, 'a'],
    [other, 'b'],
    [one, 'a'],
  ] as const)
    expect(parseAuthorization(header)).toMatchObject({ credential });
  expect(parseAuthorization(`${one},`)).toBe('no pair');
  expect(parseAuthorization(undefined)).toBe('not signed');
  expect(parseAuthorization(one)).toMatchObject({ credential: 'a' });
});
