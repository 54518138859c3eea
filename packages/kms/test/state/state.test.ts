// The tables and the indexes that follow from them.

import { describe, expect, test } from 'vitest';
import type { KeyRecord } from '../../src/state/records.ts';
import { State } from '../../src/state/state.ts';
import { TestEngine } from '../engine.ts';

const engine = new TestEngine();
const some = engine.kms.state.get('keys', engine.createKey().Arn) ?? expect.fail('no key');
const key = (id: string, ordinal: number, region = 'r'): KeyRecord => ({
  ...some,
  arn: `${region}/${id}`,
  id,
  ordinal,
  region,
  account: 'a',
});

describe('state', () => {
  test('finds a key by its id in its Region, as long as it is there', () => {
    const state = new State(() => {});
    state.set('keys', 'r/k', key('k', 1));
    state.set('keys', 's/k', key('k', 2, 's'));
    expect(state.keyById('r', 'k')?.arn).toBe('r/k');
    expect(state.keyById('s', 'k')?.arn).toBe('s/k');
    expect(state.keyById('t', 'k')).toBeUndefined();
    expect(state.keyById('r', '__proto__')).toBeUndefined();
    state.set('keys', 'r/k', undefined);
    expect(state.keyById('r', 'k')).toBeUndefined();
    expect(state.keyById('s', 'k')?.arn).toBe('s/k');
    expect(state.site('a', 'r').keysAfter(0, 9)).toEqual([]);
    expect(state.site('a', 's').keysAfter(0, 9)).toEqual(['s/k']);
  });

  test('lists a changed key once', () => {
    const state = new State(() => {});
    state.set('keys', 'r/k', key('k', 1));
    state.set('keys', 'r/k', { ...key('k', 1), enabled: false });
    expect(state.site('a', 'r').keysAfter(0, 9)).toEqual(['r/k']);
    expect(state.get('keys', 'r/k')?.enabled).toBe(false);
  });

  test('tells of every key that changes, with what it was', () => {
    const told: [string | undefined, string | undefined][] = [];
    const state = new State((before, after) => told.push([before?.description, after?.description]));
    for (const record of [{ ...some, description: '1' }, { ...some, description: '2' }, undefined]) {
      state.set('keys', some.arn, record);
    }
    expect(told).toEqual([
      [undefined, '1'],
      ['1', '2'],
      ['2', undefined],
    ]);
  });

  test('removing what is not there is nothing', () => {
    const state = new State(() => {});
    state.set('keys', 'none', undefined);
    state.set('aliases', 'none', undefined);
    state.set('grants', 'none', undefined);
    expect(state.records()).toEqual(new State(() => {}).records());
  });

  // Two accounts whose names and Regions read alike when put together.
  test('keeps sites apart', () => {
    const state = new State(() => {});
    expect(state.site('a', 'b/c')).not.toBe(state.site('a/b', 'c'));
    expect(state.site('a', 'b')).toBe(state.site('a', 'b'));
  });
});
