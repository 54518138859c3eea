// HTTP archives: the calls of KMS in them.

import { describe, expect, test } from 'vitest';
import { exchangesOf, isHar } from '../../src/record/har.ts';
import { entry, har } from './archive.ts';

test('the calls of KMS are found among others, in the order of time', () => {
  const later = entry('Encrypt', { KeyId: 'k' }, 200, { KeyId: 'k' }, { startedDateTime: '2026-03-04T05:06:09Z' });
  const other = { request: { url: 'https://example.org/', headers: [] }, response: { status: 200 } };
  const first = entry('CreateKey', {}, 200, { KeyMetadata: {} });
  expect(exchangesOf('a.har', har(later, other, first))).toEqual([
    {
      operation: 'CreateKey',
      region: 'eu-west-1',
      request: {},
      status: 200,
      reply: { KeyMetadata: {} },
      day: '2026-03-04',
    },
    {
      operation: 'Encrypt',
      region: 'eu-west-1',
      request: { KeyId: 'k' },
      status: 200,
      reply: { KeyId: 'k' },
      day: '2026-03-04',
    },
  ]);
});

test('a body may be missing, or in base64', () => {
  const base64 = Buffer.from('{"Plaintext":"AA=="}').toString('base64');
  const encoded = entry('GenerateRandom', {}, 200, undefined, {
    response: { status: 200, content: { text: base64, encoding: 'base64' } },
  });
  const empty = entry('DisableKey', { KeyId: 'k' }, 200, undefined);
  expect(exchangesOf('a.har', har(encoded, empty)).map(({ reply }) => reply)).toEqual([
    { Plaintext: 'AA==' },
    undefined,
  ]);
});

test.each([
  ['https://kms-fips.us-gov-west-1.amazonaws.com/', 'us-gov-west-1'],
  ['http://127.0.0.1:4599/', 'us-east-1'],
])('without a signature the Region of %s is %s', (url, region) => {
  const request = {
    url,
    headers: [{ name: 'x-amz-target', value: 'TrentService.ListKeys' }],
    postData: { text: '{}' },
  };
  expect(exchangesOf('a.har', har({ request, response: { status: 200, content: {} } }))[0]?.region).toBe(region);
});

describe('refused with place and reason', () => {
  test.each<[string, unknown, string]>([
    ['no archive', {}, 'a.har: no HTTP archive'],
    ['nothing of KMS', har({ request: { headers: [] } }), 'a.har: no call of KMS in it'],
    [
      'a request that is no JSON',
      har(
        entry(
          'Sign',
          {},
          200,
          {},
          { request: { headers: [{ name: 'x-amz-target', value: 'TrentService.Sign' }], postData: { text: '<' } } },
        ),
      ),
      'a.har: entry 1 (Sign): its request is no JSON object',
    ],
    [
      'an answer that is a list',
      har(entry('Sign', {}, 200, [1])),
      'a.har: entry 1 (Sign): its answer is no JSON object',
    ],
    ['no answer', har(entry('Sign', {}, 0, undefined)), 'a.har: entry 1 (Sign): has no answer'],
  ])('%s', (_, value, reason) => {
    expect(() => exchangesOf('a.har', value)).toThrow(reason);
  });
});

test.each<[unknown, boolean]>([
  [har(), true],
  [{ log: {} }, false],
  [[], false],
  [null, false],
])('%j is an archive: %s', (value, is) => {
  expect(isHar(value)).toBe(is);
});
