import { describe, expect, test } from 'vitest';
import {
  type CanonicalHeaders,
  canonicalLine,
  expectedSignature,
  sha256Hex,
  type ToSign,
} from '../src/expected-signature.ts';
import { exampleKey } from './signed-request.ts';

// The AWS Signature Version 4 test suite, the cases that go to `/` without a query.
// https://docs.aws.amazon.com/general/latest/gr/signature-v4-test-suite.html
const suite: Omit<ToSign, 'headers'> = {
  method: 'POST',
  path: '/',
  bodyHash: sha256Hex(''),
  timestamp: '20150830T123600Z',
  region: 'us-east-1',
  service: 'service',
};
function canonical(headers: Readonly<Record<string, string>>): CanonicalHeaders {
  const names = Object.keys(headers).sort();
  return { lines: names.map((name) => canonicalLine(name, headers[name] ?? '')).join(''), names: names.join(';') };
}

const vanilla = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' };

describe('the published cases', () => {
  test.each<[name: string, change: Partial<ToSign>, headers: Record<string, string>, signature: string]>([
    ['get-vanilla', { method: 'GET' }, {}, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['post-vanilla', {}, {}, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'post-header-key-sort',
      {},
      { 'my-header1': 'value1' },
      'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
    ],
    [
      'post-x-www-form-urlencoded',
      { bodyHash: sha256Hex('Param1=value1') },
      { 'content-type': 'application/x-www-form-urlencoded' },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ])('%s', (_, change, headers, signature) => {
    const toSign = { ...suite, ...change, headers: canonical({ ...vanilla, ...headers }) };
    expect(expectedSignature(toSign, exampleKey)).toBe(signature);
  });
});

test('exactly the given headers are signed: also those that the SDK never signs', () => {
  const signed = (headers: Record<string, string>): string =>
    expectedSignature({ ...suite, headers: canonical({ ...vanilla, ...headers }) }, exampleKey);
  const plain = signed({});
  const names = [
    'user-agent',
    'connection',
    'authorization',
    'date',
    'sec-fetch-mode',
    'proxy-x',
    '__proto__',
    'constructor',
  ];
  const signatures = names.map((name) => signed(Object.fromEntries([[name, 'x']])));
  expect(new Set([plain, ...signatures]).size).toBe(names.length + 1);
});

test('sha256Hex of nothing', () => {
  expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test.each([
  ['plain', 'plain'],
  ['one blank', 'one blank'],
  ['two  blanks', 'two blanks'],
  [' before', 'before'],
  ['after ', 'after'],
  ['  a   b  ', 'a b'],
  ['', ''],
  ['  ', ''],
])('the line of the value %j', (value, folded) => {
  expect(canonicalLine('x-a', value)).toBe(`x-a:${folded}\n`);
});
