import { expect, test } from 'vitest';
import { KeptValues } from '../src/kept-values.ts';

/** Says what was made, in the order in which it was. */
function asked(names: readonly string[]): { readonly made: readonly string[]; readonly size: number } {
  const kept = new KeptValues<string>(3);
  const made: string[] = [];
  for (const name of names) {
    const value = kept.get(name, () => {
      made.push(name);
      return `of ${name}`;
    });
    expect(value).toBe(`of ${name}`);
  }
  return { made, size: kept.size };
}

test('a value is made once', () => {
  expect(asked(['a', 'b', 'a', 'c', 'b', 'c'])).toEqual({ made: ['a', 'b', 'c'], size: 3 });
});

test('one more than there may be: the others are forgotten, and made again when they are asked for', () => {
  expect(asked(['a', 'b', 'c', 'd', 'a', 'd'])).toEqual({ made: ['a', 'b', 'c', 'd', 'a'], size: 2 });
});

test('however many are asked for, no more than so many are kept', () => {
  expect(asked(Array.from({ length: 100 }, (_, at) => String(at))).size).toBeLessThanOrEqual(3);
});
