// The bytes of an answer, and what is none.

import { describe, expect, test } from 'vitest';
import { wireReply } from '../../src/targets/wire-reply.ts';

test.each<[number, string, unknown]>([
  [200, '{"A":1}', { A: 1 }],
  [200, '', undefined],
  [200, 'null', null],
  [400, '{"__type":"A"}', { __type: 'A' }],
  [501, '', undefined],
  [501, '<html>', undefined],
])('%i %s is an answer', (status, text, body) => {
  expect(wireReply(status, text)).toEqual({ status, body });
});

describe('no answer of KMS', () => {
  test.each<[number, string, string]>([
    [500, '', 'it answered HTTP 500 without a body'],
    [200, '<html>\n <h1>hi', 'it answered HTTP 200 with what is no JSON: <html> <h1>hi'],
    [502, 'Bad Gateway', 'it answered HTTP 502 with what is no JSON: Bad Gateway'],
    [200, '[1]', 'it answered HTTP 200 with JSON that is no object: [1]'],
    [400, 'null', 'it answered HTTP 400 with JSON that is no object: null'],
    [200, '"text"', 'it answered HTTP 200 with JSON that is no object: "text"'],
    [200, '{"A":', 'it answered HTTP 200 with what is no JSON: {"A":'],
  ])('%i %j', (status, text, words) => {
    expect(() => wireReply(status, text)).toThrow(words);
  });

  test('is shown in one short line that no terminal acts on', () => {
    const escaped = String.fromCharCode(27);
    expect(() => wireReply(200, `${escaped}[2J\u0007${'x'.repeat(5000)}`)).toThrow(/no JSON: \[2J x{50,60}\.\.\.$/);
  });
});
