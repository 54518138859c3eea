// What may come in as JSON.

import { describe, expect, test } from 'vitest';
import { membersOf, readJson, stringsOf } from '../src/json.ts';

describe('readJson', () => {
  test('reads a value', () => {
    expect(readJson('{"a":[1]}')).toEqual({ ok: true, value: { a: [1] } });
  });

  test.each([
    ['', 'is not valid JSON'],
    ['{', 'is not valid JSON'],
    ["{'a':1}", 'is not valid JSON'],
    ['['.repeat(60_000), 'is not valid JSON'],
    [`${'['.repeat(17)}${']'.repeat(17)}`, 'is nested deeper than 16 levels'],
    [`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'is nested deeper than 16 levels'],
    [`"${'x'.repeat(65_535)}"`, 'is longer than 65536 characters'],
  ])('refuses %.20s', (text, problem) => {
    expect(readJson(text)).toEqual({ ok: false, problem });
  });

  test.each([
    ['{"Effect":"Deny","Effect":"Allow"}', 'Effect'],
    ['{"a":[{"b":1,"c":{"b":1}, "\\u0062" : 2}]}', 'b'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ])('refuses %s, which says a thing twice', (text, name) => {
    expect(readJson(text)).toEqual({ ok: false, problem: `has the member "${name}" twice` });
  });

  test.each(['{"a":{"a":["a","a",":"]},"b":"\\":{","c":[{"a":1},{"a":1}]}', '"a"', '[]'])('reads %s', (text) => {
    expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  test('takes as much as its limits say', () => {
    expect(readJson(`"${'x'.repeat(65_534)}"`).ok).toBe(true);
    expect(readJson(`${'['.repeat(16)}${']'.repeat(16)}`).ok).toBe(true);
  });

  test('refuses what is no text at all', () => {
    expect(readJson(undefined as unknown as string)).toEqual({ ok: false, problem: 'is not text' });
    expect(readJson(null as unknown as string).ok).toBe(false);
  });
});

describe('membersOf', () => {
  test('lists __proto__ like any other member', () => {
    const value: unknown = JSON.parse('{"__proto__":{"a":1},"constructor":2}');
    expect([...(membersOf(value)?.keys() ?? [])]).toEqual(['__proto__', 'constructor']);
  });

  test.each([[null], [[]], ['text'], [1], [undefined]])('finds none in %j', (value) => {
    expect(membersOf(value)).toBeUndefined();
  });
});

describe('stringsOf', () => {
  test.each([
    ['a', ['a']],
    [['a'], ['a']],
    [[], []],
    [undefined, []],
    [null, undefined],
    [1, undefined],
    [['a', 1], undefined],
    [{}, undefined],
  ])('%j is %j', (value, expected) => {
    expect(stringsOf(value)).toEqual(expected);
  });
});
