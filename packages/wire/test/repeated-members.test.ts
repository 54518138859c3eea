import { describe, expect, test } from 'vitest';
import { writtenMembers } from '../src/repeated-members.ts';

describe('members of a text', () => {
  test.each<[json: string, members: number]>([
    ['{}', 0],
    ['[]', 0],
    ['"a:b"', 0],
    ['{"a":1}', 1],
    ['{"a" \r\n\t: 1}', 1],
    ['{"a":1,"a":2}', 2],
    ['{"a":{"a":{"a":[]}}}', 3],
    ['[{"a":1},{"a":1}]', 2],
    ['{"a":"b","c":"d"}', 2],
    ['{":":":"}', 1],
    ['{"\\":":1}', 1],
    ['{"\\\\":1}', 1],
    ['{"\\\\\\"":"\\\\"}', 1],
    ['{"a":["b:c","d"]}', 1],
    ['{"":1}', 1],
  ])('%s: %i', (json, members) => {
    expect(writtenMembers(json)).toBe(members);
  });
});

test('what is no JSON is read to its end', () => {
  for (const text of ['"', '{"a', '{"a\\"', '"\\']) expect(writtenMembers(text)).toBe(0);
});
