// Fewer ways come to the same: for every set of conditions that hold, as many ways lead to an Allow as before.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { allOf, fewest, type OpenCondition, type Possibility } from '../src/ways.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e'] as const;
const condition = (value: string): OpenCondition => {
  return { policyType: 'key policy', policy: 'p', statement: 0, operator: 'StringEquals', key: 'k', values: [value] };
};
const way = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 }).map((names) => names.map(condition));
const ways = fc.array(way, { maxLength: 8 });
const valuesOf = (one: readonly OpenCondition[]): readonly string[] => one.flatMap(({ values }) => values);

/** Whether one of the ways is open where these conditions hold. */
const opens = (list: Possibility['ways'], held: readonly string[]): boolean =>
  list.some((one) => valuesOf(one).every((value) => held.includes(value)));
const RUNS = { numRuns: 1000 };

describe('the fewest ways', () => {
  test.prop([ways, fc.subarray([...NAMES])], RUNS)('are open when one of all of them is', (all, held) => {
    expect(opens(fewest(all), held)).toBe(opens(all, held));
  });

  test.prop([ways], RUNS)('are some of them, in their order, and none is within another', (all) => {
    const left = fewest(all);
    expect(left).toEqual(all.filter((one) => left.includes(one)));
    for (const one of left)
      for (const other of left)
        if (one !== other) expect(valuesOf(one).every((value) => valuesOf(other).includes(value))).toBe(false);
  });
});

describe('of several permissions', () => {
  test.prop([fc.array(ways, { minLength: 1, maxLength: 3 }), fc.subarray([...NAMES])], RUNS)(
    'a way is open when each has one that is',
    (each, held) => {
      const { more, ways: found } = allOf(each.map((list) => ({ ways: list, unless: [] })));
      expect(opens(found, held)).toBe(each.every((list) => opens(list, held)));
      expect(more).toBeUndefined();
      expect(fewest(found)).toEqual(found);
    },
  );

  test('what denies one of them denies all, once', () => {
    const unless = [[condition('a')]];
    expect(
      allOf([
        { ways: [[]], unless },
        { ways: [[]], unless },
      ]).unless,
    ).toEqual(unless);
    expect(allOf([])).toEqual({ ways: [], unless: [] });
  });
});

describe('very many ways', () => {
  const many = (letter: string, count: number): Possibility => ({
    ways: Array.from({ length: count }, (_, index) => [condition('common'), condition(`${letter}${index}`)]),
    unless: [],
  });

  test('of the same conditions stay as many', () => {
    expect(fewest(many('x', 20_000).ways)).toHaveLength(20_000);
    expect(allOf([many('x', 5_000), many('x', 5_000)])).toMatchObject({ ways: { length: 5_000 } });
  });

  test('of two kinds are listed up to a thousand', () => {
    expect(allOf([many('x', 5_000), many('y', 5_000)])).toMatchObject({ ways: { length: 1_000 }, more: true });
  });
});
