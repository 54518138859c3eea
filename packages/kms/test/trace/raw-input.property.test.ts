// Whatever somebody sends instead of a request goes through JSON and comes back as it was, or is not written down.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { decodeRaw, encodeRaw, type Raw } from '../../src/trace/raw-input.ts';

const value = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: false,
  withTypedArray: false,
});
const bytes = fc.uint8Array();
const through = (raw: Raw): unknown => decodeRaw(JSON.parse(JSON.stringify(raw)) as Raw);

test.prop([fc.oneof(value, bytes, fc.array(fc.oneof(bytes, value)))])('comes back', (sent) => {
  const raw = encodeRaw(sent);
  expect(raw).toBeDefined();
  expect(through(raw ?? null)).toEqual(sent);
});

const circle: unknown[] = [];
circle.push(circle);
class Odd {
  readonly one = 1;
}

test.each([
  ['a function', () => {}],
  ['a symbol', { a: Symbol('a') }],
  ['a circle', circle],
  ['an object of a class', [new Odd()]],
  ['a list that claims to be long', new Array(4_000_000_000)],
  ['very many things', Array.from({ length: 30_000 }, () => 1)],
  [
    'a trap',
    {
      get a(): never {
        throw new Error('no');
      },
    },
  ],
])('%s is not written down', (_, sent) => {
  expect(encodeRaw(sent)).toBeUndefined();
});

test('what encodeRaw never gives is no value', () => {
  for (const raw of [
    ['shoe', 1],
    ['list', 7],
    ['__proto__', 1],
    ['map', [1]],
  ] as const)
    expect(() => decodeRaw(raw as unknown as Raw)).toThrow(TypeError);
});
