// The tags of a key against the plain map they stand for.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { TagRecord } from '../../src/state/records.ts';
import { checkTags, withTags } from '../../src/state/tags.ts';

const tag = (TagKey: string, TagValue = '') => ({ TagKey, TagValue });

describe('withTags', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor');
  const step = fc.oneof(
    fc.record({ put: fc.array(fc.record({ TagKey: name, TagValue: fc.string() }), { maxLength: 4 }) }),
    fc.record({ gone: name }),
  );

  test.prop([fc.array(step, { maxLength: 20 })], { numRuns: 200 })(
    'is a map in order of first insertion, whose places rise',
    (steps) => {
      let request = 0;
      let highest = 0;
      let tags: readonly TagRecord[] = [];
      let known = new Set<string>();
      const model = new Map<string, string>();
      for (const one of steps) {
        if ('gone' in one) {
          tags = tags.filter(({ TagKey }) => TagKey !== one.gone);
          model.delete(one.gone);
        } else {
          tags = withTags(tags, one.put, request++);
          for (const { TagKey, TagValue } of one.put) model.set(TagKey, TagValue);
        }
        expect(tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])).toEqual([...model]);
        const places = tags.map(({ ordinal }) => ordinal);
        expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
        // A place is never given twice, not even that of a tag that is gone.
        for (const { ordinal, TagKey } of tags) {
          if (!known.has(TagKey)) expect(ordinal).toBeGreaterThan(highest);
        }
        known = new Set(tags.map(({ TagKey }) => TagKey));
        highest = Math.max(highest, ...places);
      }
    },
  );

  test('an overwritten tag keeps its place', () => {
    const before = withTags([], [tag('a'), tag('b')], 0);
    expect(withTags(before, [tag('c'), tag('a', '2')], 1)).toEqual([
      { TagKey: 'a', TagValue: '2', ordinal: 1 },
      { TagKey: 'b', TagValue: '', ordinal: 2 },
      { TagKey: 'c', TagValue: '', ordinal: 65 },
    ]);
  });
});

describe('checkTags', () => {
  test('takes what is not reserved, not double and not too many', () => {
    checkTags([]);
    checkTags([tag('aws'), tag('awsx:'), tag('x aws:'), tag('A'), tag('a')]);
  });

  test.each([
    [[tag('aws:')], 'Tags beginning with aws: are reserved'],
    [[tag('a'), tag('b'), tag('a')], 'Duplicate tag keys'],
    [Array.from({ length: 51 }, (_, at) => tag(`${at}`)), 'Too many tags'],
  ])('%# is refused: %s', (tags, words) => {
    expect(() => checkTags(tags)).toThrow(words);
  });
});
