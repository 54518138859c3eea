// ListAliases: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html

import { describe, expect, test } from 'vitest';
import { abroad, administratorOf, caller, dayMs, home, ours, stranger, TestEngine, texts } from '../engine.ts';
import { aboutKey } from './key-suite.ts';
import { pages, walk } from './pages.ts';

aboutKey({
  operation: 'ListAliases',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  pendingDeletion: 'works',
  pendingImport: 'works',
  keyIsFilter: true,
});

const nameOf = (alias: object): string => (alias as { AliasName: string }).AliasName;

describe('ListAliases', () => {
  let filled = 0;
  pages({
    operation: 'ListAliases',
    fill: (engine, count) => {
      for (let at = 0; at < count; at++) {
        const TargetKeyId = engine.createKey().KeyId;
        engine.call('CreateAlias', { AliasName: `alias/${filled++}`, TargetKeyId });
      }
      return {};
    },
    defaultLimit: 50,
    most: 100,
  });

  test('gives name, ARN, key and dates of each alias, by name', () => {
    const engine = new TestEngine();
    const [first, second] = [engine.createKey(), engine.createKey()];
    engine.call('CreateAlias', { AliasName: 'alias/b', TargetKeyId: first.KeyId });
    engine.wait(1000);
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: second.KeyId });
    const entry = (name: string, TargetKeyId: string, at: number) => ({
      AliasName: `alias/${name}`,
      AliasArn: `arn:aws:kms:${home}:${ours}:alias/${name}`,
      TargetKeyId,
      CreationDate: new Date(at),
      LastUpdatedDate: new Date(at),
    });
    const { now } = engine;
    expect(engine.call('ListAliases', {})).toStrictEqual({
      Aliases: [entry('a', second.KeyId, now), entry('b', first.KeyId, now - 1000)],
      Truncated: false,
    });
    expect(engine.call('ListAliases', { KeyId: first.Arn })).toStrictEqual({
      Aliases: [entry('b', first.KeyId, now - 1000)],
      Truncated: false,
    });
  });

  test('shows the alias of an AWS managed key with its key, once there is one', () => {
    const engine = new TestEngine();
    const { KeyMetadata } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' });
    expect(engine.call('ListAliases', {}).Aliases).toEqual([
      expect.objectContaining({ AliasName: 'alias/aws/s3', TargetKeyId: KeyMetadata?.KeyId }),
    ]);
  });

  test('shows no alias of another account or Region, nor of a deleted key', () => {
    const engine = new TestEngine();
    for (const who of [stranger, caller(administratorOf(ours), abroad)]) {
      engine.call('CreateAlias', { AliasName: 'alias/x', TargetKeyId: engine.createKey({}, who).KeyId }, who);
    }
    expect(engine.call('ListAliases', {}).Aliases).toEqual([]);
    const { KeyId } = engine.createKey();
    engine.call('CreateAlias', { AliasName: 'alias/x', TargetKeyId: KeyId });
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    expect(engine.call('ListAliases', {}).Aliases).toHaveLength(1);
    engine.wait(7 * dayMs);
    expect(engine.call('ListAliases', {}).Aliases).toEqual([]);
  });

  test('aliases that come and go between pages make no other disappear or come twice', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const names = ['b', 'd', 'f', 'h', 'j', 'l'].map((name) => `alias/${name}`);
    for (const AliasName of names) engine.call('CreateAlias', { AliasName, TargetKeyId: KeyId });
    let round = 0;
    for (const question of [{}, { KeyId }]) {
      const seen = walk(engine, 'ListAliases', question, 2, ({ items }) => {
        const last = nameOf(items.at(-1) ?? {});
        round += 1;
        // The last one seen goes and comes back; one comes on each side of the place.
        engine.call('DeleteAlias', { AliasName: last });
        engine.call('CreateAlias', { AliasName: `${last}-${round}`, TargetKeyId: KeyId });
        engine.call('CreateAlias', { AliasName: `alias/a${round}`, TargetKeyId: KeyId });
        if (round % 2 === 0) engine.call('CreateAlias', { AliasName: last, TargetKeyId: KeyId });
        else names.splice(names.indexOf(last), names.includes(last) ? 1 : 0);
      }).map(nameOf);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(names));
      expect(round).toBeLessThan(30);
    }
  });

  test('a marker of one key is none for another key or for all', () => {
    const engine = new TestEngine();
    const [one, other] = [engine.createKey(), engine.createKey()];
    for (const name of ['a', 'b']) engine.call('CreateAlias', { AliasName: `alias/${name}`, TargetKeyId: one.KeyId });
    const { NextMarker: Marker } = engine.call('ListAliases', { KeyId: one.KeyId, Limit: 1 });
    expect(engine.refusal('ListAliases', { Marker }).code).toBe('InvalidMarkerException');
    expect(engine.refusal('ListAliases', { Marker, KeyId: other.KeyId }).code).toBe('InvalidMarkerException');
    expect(engine.call('ListAliases', { Marker, KeyId: one.Arn }).Aliases).toHaveLength(1);
  });

  test('needs a permission on no resource, also for one key', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const user = engine.attach(`arn:aws:iam::${ours}:user/nobody`);
    for (const input of [{}, { KeyId }]) {
      expect(engine.refusal('ListAliases', input, user)).toEqual({
        code: 'AccessDeniedException',
        message: texts.noIdentityPolicy(user, 'kms:ListAliases', '*'),
      });
    }
  });
});
