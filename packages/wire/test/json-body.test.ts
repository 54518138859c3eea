import { describe, expect, test } from 'vitest';
import { maxDepth, maxMembers, parseBody } from '../src/json-body.ts';

const utf8 = new TextEncoder();
const valid = '{"KeyId":"é\\u00e9","Tags":[{"TagKey":"a","TagValue":null}],"n":-1.5e3}';

function isRefused(body: Uint8Array | string): boolean {
  return 'refusal' in parseBody(body);
}

describe('what is no JSON in UTF-8 is refused', () => {
  test('every truncation of a request', () => {
    const bytes = utf8.encode(valid);
    expect(parseBody(bytes)).toEqual({ value: { KeyId: 'éé', Tags: [{ TagKey: 'a', TagValue: null }], n: -1500 } });
    for (let end = 1; end < bytes.length; end++) expect(isRefused(bytes.subarray(0, end)), `${end} bytes`).toBe(true);
  });

  test.each([
    ['a byte order mark', '\ufeff{}'],
    ['a NUL', '{"a":"\0"}'],
    ['a NUL behind', '{}\0'],
    ['NaN', '{"a":NaN}'],
    ['Infinity', '{"a":Infinity}'],
    ['single quotes', "{'a':1}"],
    ['a comment', '{}//'],
    ['a second value', '{}{}'],
    ['a trailing comma', '{"a":1,}'],
    ['a leading zero', '{"a":01}'],
    ['a raw line feed in a string', '{"a":"\n"}'],
    ['blanks alone', '  '],
  ])('%s', (_, text) => {
    expect(isRefused(utf8.encode(text))).toBe(true);
    expect(isRefused(text)).toBe(true);
  });

  test.each([
    ['an overlong slash', [0xc0, 0xaf]],
    ['an overlong NUL', [0xc0, 0x80]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a stray continuation', [0x80]],
    ['a byte that is never UTF-8', [0xff]],
    ['past U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['UTF-16', [0x00, 0x61]],
  ])('%s', (_, inner) => {
    const body = Uint8Array.from([...utf8.encode('{"a":"'), ...inner, ...utf8.encode('"}')]);
    expect(isRefused(body)).toBe(true);
    // The decoder starts anew: what was refused leaves nothing behind.
    expect(parseBody(utf8.encode('{"a":"b"}'))).toEqual({ value: { a: 'b' } });
  });

  test('text with half a surrogate pair, which no wire carries', () => {
    expect(isRefused('{"a":"\ud800"}')).toBe(true);
    expect(isRefused('{"a":"\ud83d\ude00"}')).toBe(false);
  });
});

describe('limits', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

  test.each([
    [maxDepth, false],
    [maxDepth + 1, true],
    [100_000, true],
  ])('a nesting of %i: refused %s', (depth, refused) => {
    expect(isRefused(nested(depth))).toBe(refused);
  });

  test('depth counts objects as lists', () => {
    expect(isRefused(`${'{"a":'.repeat(maxDepth)}1${'}'.repeat(maxDepth)}`)).toBe(false);
    expect(isRefused(`${'{"a":'.repeat(maxDepth + 1)}1${'}'.repeat(maxDepth + 1)}`)).toBe(true);
  });

  test.each([
    [maxMembers, false],
    [maxMembers + 1, true],
  ])('%i members: refused %s', (count, refused) => {
    const names = Array.from({ length: count }, (_, at) => `m${at}`);
    expect(isRefused(JSON.stringify(names))).toBe(refused);
    expect(isRefused(JSON.stringify(Object.fromEntries(names.map((name) => [name, 0]))))).toBe(refused);
    // Spread over two levels: one list of names in an object.
    expect(isRefused(JSON.stringify({ names: names.slice(1) }))).toBe(refused);
  });
});

describe('members', () => {
  const twice = {
    refusal: { code: 'SerializationException', status: 400, message: 'The request has a member twice.' },
  };

  test.each([
    '{"a":"1","a":"2"}',
    '{"a":"1","a":"1"}',
    '{"EncryptionContext":{"tenant":"1","tenant":"2"}}',
    '{"EncryptionContext":{"tenant":"1","t\\u0065nant":"2"}}',
    '{"EncryptionContext":{"__proto__":"1","__proto__":"2"}}',
    '[{"a":[{"b":1 ,\n"b" : 1}]}]',
  ])('%s has one twice: no two readers may see two requests', (text) => {
    expect(parseBody(text)).toMatchObject(twice);
    expect(parseBody(utf8.encode(text))).toMatchObject(twice);
  });

  test('of one name in two objects are two', () => {
    const text = '{"Tags":[{"TagKey":"a:b","TagValue":"\\":\\""},{"TagKey":"a","TagValue":""}],"a":{"a":{}}}';
    expect(parseBody(text)).toEqual({ value: JSON.parse(text) });
  });

  test('with the name of the prototype are members and no prototype', () => {
    const parsed = parseBody('{"__proto__":{"polluted":true},"constructor":1}');
    const value = 'value' in parsed ? (parsed.value as object) : {};
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  test.each(['[]', 'null', '1', '"a"', 'true'])('%s is JSON, and the reader of shapes judges it', (text) => {
    expect(parseBody(text)).toEqual({ value: JSON.parse(text) });
  });
});

test('an empty body is an empty request', () => {
  expect(parseBody(new Uint8Array(0))).toEqual({ value: {} });
  expect(parseBody('')).toEqual({ value: {} });
});
