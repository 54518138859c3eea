// What JSON can express, and what would be lost in it.

import { describe, expect, test } from 'vitest';
import { plainJson } from '../src/plain-json.ts';

const cyclic: { self?: object } = {};
cyclic.self = cyclic;

describe('plainJson', () => {
  test.each([
    ['a document', { Statement: [{ Sid: 'a' }], Id: undefined }, '{"Statement":[{"Sid":"a"}]}'],
    ['what says itself how it is written', { toJSON: () => ({ Statement: [] }) }, '{"Statement":[]}'],
    ['null', null, 'null'],
  ])('writes %s', (_what, value, text) => {
    expect(plainJson(value)).toBe(text);
  });

  test.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a function inside', { Statement: [{ Condition: () => 1 }] }],
    ['a symbol inside', { Statement: Symbol('x') }],
    ['a Map, which would be written as {}', { Condition: new Map([['a', 'b']]) }],
    ['a Set, which would be written as {}', { Action: new Set(['kms:*']) }],
    ['what says that it is nothing', { toJSON: () => undefined }],
    ['what goes round in a circle', cyclic],
    ['a BigInt', { Statement: 1n }],
    [
      'what cannot be read',
      {
        get Statement(): never {
          throw new Error('no');
        },
      },
    ],
  ])('does not write %s', (_what, value) => {
    expect(plainJson(value)).toBeUndefined();
  });
});
