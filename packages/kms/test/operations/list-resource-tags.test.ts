// ListResourceTags: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html

import { describe, expect, test } from 'vitest';
import { TestEngine } from '../engine.ts';
import { aboutKey } from './key-suite.ts';
import { page, pages, walk } from './pages.ts';

aboutKey({
  operation: 'ListResourceTags',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  pendingDeletion: 'works',
  pendingImport: 'works',
});

const tag = (TagKey: string, TagValue = '') => ({ TagKey, TagValue });
const keyOf = (entry: object): string => (entry as { TagKey: string }).TagKey;

describe('ListResourceTags', () => {
  pages({
    operation: 'ListResourceTags',
    fill: (engine, count) => ({
      KeyId: engine.createKey({ Tags: Array.from({ length: count }, (_, at) => tag(`k${at}`)) }).KeyId,
    }),
    defaultLimit: 50,
    most: 50,
  });

  test('gives keys and values, or an empty list', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Tags: [tag('a', '1')] });
    expect(engine.call('ListResourceTags', { KeyId })).toStrictEqual({ Tags: [tag('a', '1')], Truncated: false });
    const bare = engine.createKey();
    expect(engine.call('ListResourceTags', { KeyId: bare.KeyId })).toStrictEqual({ Tags: [], Truncated: false });
  });

  test('an AWS managed key has none', () => {
    const engine = new TestEngine();
    const { KeyMetadata } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' });
    expect(engine.call('ListResourceTags', { KeyId: KeyMetadata?.KeyId ?? '' }).Tags).toEqual([]);
  });

  test('tags removed after they were seen make no other disappear or come twice', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    for (const Limit of [1, 2, 3]) {
      const engine = new TestEngine();
      const { KeyId } = engine.createKey({ Tags: names.map((name) => tag(name)) });
      const seen = walk(engine, 'ListResourceTags', { KeyId }, Limit, ({ items }) => {
        engine.call('UntagResource', { KeyId, TagKeys: items.slice(-1).map(keyOf) });
      });
      expect(seen.map(keyOf)).toEqual(names);
    }
  });

  test('tags added and overwritten between pages make no other disappear or come twice', () => {
    const engine = new TestEngine();
    const names = ['b', 'd', 'f', 'h'];
    const { KeyId } = engine.createKey({ Tags: names.map((name) => tag(name)) });
    let added = 0;
    const seen = walk(engine, 'ListResourceTags', { KeyId }, 1, () => {
      if (added > 5) return;
      engine.call('TagResource', { KeyId, Tags: [tag(`a${added++}`), tag(`z${added}`), tag('d', `${added}`)] });
    }).map(keyOf);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(names));
  });

  test('any tag key can be a place between pages', () => {
    const engine = new TestEngine();
    const names = ['a b', 'ä', '\u{1f511}', '一'.repeat(128), '__proto__', 'x'.repeat(128)];
    const { KeyId } = engine.createKey({ Tags: names.map((name) => tag(name)) });
    const seen = walk(engine, 'ListResourceTags', { KeyId }, 1).map(keyOf);
    expect(seen.toSorted()).toEqual(names.toSorted());
  });

  test('a marker is of one key', () => {
    const engine = new TestEngine();
    const Tags = [tag('a'), tag('b')];
    const [one, other] = [engine.createKey({ Tags }), engine.createKey({ Tags })];
    const { NextMarker: Marker } = page(engine, 'ListResourceTags', { KeyId: one.KeyId, Limit: 1 });
    expect(engine.refusal('ListResourceTags', { KeyId: other.KeyId, Marker }).code).toBe('InvalidMarkerException');
  });

  test('what a caller does to an answer does not reach the key', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Tags: [tag('a', '1')] });
    const [first] = engine.call('ListResourceTags', { KeyId }).Tags ?? [];
    Object.assign(first ?? {}, { TagValue: '2' });
    expect(engine.call('ListResourceTags', { KeyId }).Tags).toEqual([tag('a', '1')]);
  });
});
