// ListKeys: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html

import { describe, expect, test } from 'vitest';
import { abroad, admin, administratorOf, caller, dayMs, ours, stranger, TestEngine, texts } from '../engine.ts';
import { page, pages, walk } from './pages.ts';

function keys(engine: TestEngine, count: number): { readonly KeyId: string; readonly KeyArn: string }[] {
  return Array.from({ length: count }, () => {
    const { KeyId, Arn } = engine.createKey();
    return { KeyId, KeyArn: Arn };
  });
}

describe('ListKeys', () => {
  pages({
    operation: 'ListKeys',
    fill: (engine, count) => {
      keys(engine, count);
      return {};
    },
    defaultLimit: 100,
    most: 1000,
  });

  test('an account without keys has an empty list', () => {
    expect(new TestEngine().call('ListKeys', {})).toStrictEqual({ Keys: [], Truncated: false });
  });

  // Recording list-keys-entries.
  test('gives id and ARN of each key of the account and Region, in any state, AWS managed ones too', () => {
    const engine = new TestEngine();
    const mine = keys(engine, 3);
    engine.createKey({}, stranger);
    engine.createKey({}, caller(administratorOf(ours), abroad));
    engine.call('DisableKey', { KeyId: mine[0]?.KeyId ?? '' });
    engine.call('ScheduleKeyDeletion', { KeyId: mine[1]?.KeyId ?? '' });
    const { KeyId, Arn } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' }).KeyMetadata ?? {};
    expect(engine.call('ListKeys', {}).Keys).toStrictEqual([...mine, { KeyId, KeyArn: Arn }]);
  });

  test('keys that are deleted between pages make nothing else disappear or come twice', () => {
    const engine = new TestEngine();
    const all = keys(engine, 9);
    for (const { KeyId } of [all[1], all[2], all[5]].flatMap((key) => key ?? [])) {
      engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    }
    const seen = walk(engine, 'ListKeys', {}, 3, () => engine.wait(7 * dayMs));
    const gone = [all[5]];
    expect(seen).toEqual(all.filter((key) => !gone.includes(key)));
  });

  test('keys that are made between pages come at the end', () => {
    const engine = new TestEngine();
    const all = keys(engine, 5);
    const seen = walk(engine, 'ListKeys', {}, 2, () => {
      if (all.length < 8) all.push(...keys(engine, 1));
    });
    expect(seen).toEqual(all);
  });

  test('a marker is of one account and Region', () => {
    const engine = new TestEngine();
    keys(engine, 2);
    const { NextMarker: Marker } = page(engine, 'ListKeys', { Limit: 1 });
    for (const who of [stranger, caller(administratorOf(ours), abroad)]) {
      expect(engine.refusal('ListKeys', { Marker }, who).code).toBe('InvalidMarkerException');
    }
    expect(engine.call('ListKeys', { Marker }, admin).Keys).toHaveLength(1);
  });

  test('needs a permission on no resource', () => {
    const engine = new TestEngine();
    const user = engine.attach(`arn:aws:iam::${ours}:user/nobody`);
    expect(engine.refusal('ListKeys', {}, user)).toEqual({
      code: 'AccessDeniedException',
      message: texts.noIdentityPolicy(user, 'kms:ListKeys', '*'),
    });
  });
});
