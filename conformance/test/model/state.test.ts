// What time does to keys: the calendar of rotations and deletions.

import { beforeEach, describe, expect, test } from 'vitest';
import { type Alias, dayMs, type Key, materialsNow, State, startRotation, stateOf } from '../../src/model/state.ts';

let state: State;
let key: Key;

beforeEach(() => {
  state = new State();
  key = {
    ...{ account: '111122223333', region: 'us-east-1', id: 'id', arn: 'arn', spec: 'SYMMETRIC_DEFAULT' },
    ...{ usage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS', multiRegion: false, created: 0, description: '', enabled: true },
    ...{ policy: '{}', tags: new Map(), looseIds: new Set<string>(), onDemandRotations: 0 },
    materials: [{ by: 'first', from: 0, to: 0 }],
  };
  state.keys.add(key);
});

function dates(): readonly number[] {
  return key.materials.slice(1).map(({ from }) => from / dayMs);
}

describe('automatic rotation', () => {
  beforeEach(() => {
    key.rotation = { days: 90, next: [90 * dayMs] };
  });

  test('comes on its date and every period after', () => {
    state.advance(90 * dayMs - 1);
    expect(dates()).toEqual([]);
    state.advance(1);
    expect(dates()).toEqual([90]);
    state.advance(200 * dayMs);
    expect(dates()).toEqual([90, 180, 270]);
    expect(key.rotation?.next).toEqual([360 * dayMs]);
  });

  test('waits for a disabled key to be enabled, and then counts from there', () => {
    key.enabled = false;
    state.advance(200 * dayMs);
    expect(dates()).toEqual([]);
    key.enabled = true;
    state.catchUp(key);
    expect(dates()).toEqual([200]);
    expect(key.rotation?.next[0]).toBe(290 * dayMs);
  });

  test('that is not due yet is not made up for', () => {
    state.advance(10 * dayMs);
    state.catchUp(key);
    expect(key.rotation?.next).toEqual([90 * dayMs]);
  });
});

test('an on-demand rotation may encrypt with either material until it must be done', () => {
  startRotation(key, state.now);
  expect(materialsNow(key)).toHaveLength(2);
  state.advance(20 * 60_000 - 1);
  expect(materialsNow(key)).toHaveLength(2);
  state.advance(1);
  expect(materialsNow(key)).toEqual([key.materials[1]]);
});

test('a deleted key takes its aliases with it, and no others', () => {
  const alias: Alias = { account: '1', region: 'r', name: 'alias/a', key, created: 0, updated: [0] };
  const other = { ...alias, name: 'alias/b', key: { ...key } };
  state.aliases.add(alias).add(other);
  key.deletesAt = 7 * dayMs;
  expect(stateOf(key)).toBe('PendingDeletion');
  state.advance(7 * dayMs - 1);
  expect(state.keys.has(key)).toBe(true);
  state.advance(1);
  expect(state.keys.has(key)).toBe(false);
  expect([...state.deleted]).toEqual([key]);
  expect([...state.aliases]).toEqual([other]);
});
