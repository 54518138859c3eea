// Values: equality over JSON and bytes, and their one-line form.

import { describe, expect, test } from 'vitest';
import { member, same, show } from '../src/values.ts';

describe('same', () => {
  test.each([
    [1, 1],
    ['a', 'a'],
    [null, null],
    [
      [1, { a: 2 }],
      [1, { a: 2 }],
    ],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [Uint8Array.of(1, 2), Buffer.from([1, 2])],
  ])('%j and %j', (one, other) => {
    expect(same(one, other)).toBe(true);
  });

  test.each([
    [1, '1'],
    [null, undefined],
    [[1, 2], [1]],
    [[1], { 0: 1 }],
    [{ a: 1 }, { a: 1, b: undefined }],
    [{ a: undefined }, { b: undefined }],
    [Uint8Array.of(1), [1]],
    [Uint8Array.of(1), Uint8Array.of(2)],
    [[], {}],
  ])('not %j and %j', (one, other) => {
    expect(same(one, other)).toBe(false);
    expect(same(other, one)).toBe(false);
  });
});

test('only own members are members', () => {
  expect(member({ a: 1 }, 'a')).toBe(1);
  expect(member({}, 'constructor')).toBeUndefined();
  expect(member([7], '0')).toBe(7);
  expect(member('text', 'length')).toBeUndefined();
});

test('a long value is cut, bytes are counted', () => {
  expect(show(undefined)).toBe('nothing');
  expect(show({ Plaintext: new Uint8Array(32) })).toBe('{"Plaintext":"<32 bytes 0000000000000000...>"}');
  expect(show({ A: [Buffer.from([1])] })).toBe('{"A":["<1 bytes 01>"]}');
  expect(show(Uint8Array.of(255))).toBe('"<1 bytes ff>"');
  expect(show('x'.repeat(1000))).toMatch(/x\.\.\. \(1002 characters\)$/);
});
