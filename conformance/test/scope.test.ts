// What forms can refer to.

import { describe, expect, test } from 'vitest';
import { createScope, type Scope } from '../src/scope.ts';
import { TranscriptError } from '../src/transcript.ts';

const make = (name = 'one') =>
  createScope(
    { name, regions: ['us-east-1', 'us-west-2'] },
    { account: '111122223333', callerArn: 'arn:aws:iam::111122223333:user/me' },
  );

describe('references', () => {
  test('reach into what a step gave', () => {
    const scope = make();
    scope.remember('key', { KeyMetadata: { KeyId: 'k' }, List: ['a', 'b'] });
    expect(scope.resolve('key.KeyMetadata.KeyId')).toBe('k');
    expect(scope.resolve('key.List.1')).toBe('b');
    expect(scope.resolve('key')).toEqual({ KeyMetadata: { KeyId: 'k' }, List: ['a', 'b'] });
  });

  test('to nothing are said to be so', () => {
    const scope = make();
    scope.remember('key', {});
    expect(() => scope.resolve('other.A')).toThrow("nothing is known of step 'other' yet (other.A)");
    expect(() => scope.resolve('key.A.B')).toThrow("the answer of step 'key' has no A.B");
    expect(() => scope.resolve('key.A')).toThrow(TranscriptError);
  });
});

describe('variables', () => {
  test('name the place', () => {
    const scope = make();
    expect(scope.variable('region')).toBe('us-east-1');
    expect(scope.variable('region2')).toBe('us-west-2');
    expect(scope.variable('account')).toBe('111122223333');
    expect(scope.variable('callerArn')).toBe('arn:aws:iam::111122223333:user/me');
    expect(() => scope.variable('region3')).toThrow('the transcript has 2 Regions');
  });

  test('stand for texts only', () => {
    const scope = make();
    scope.remember('key', { Id: 'k', Size: 1 });
    expect(scope.variable('key.Id')).toBe('k');
    expect(() => scope.variable('key.Size')).toThrow('${key.Size} is no text');
  });

  test('give words that last for the transcript and differ from each other', () => {
    expect(make().variable('uid1')).toBe(make().variable('uid1'));
    expect(make().variable('uid1')).toMatch(/^[0-9a-f]{8}$/);
    expect(new Set([make().variable('uid1'), make().variable('uid2'), make('two').variable('uid1')]).size).toBe(3);
  });
});

test('made bytes have the length asked for and repeat', () => {
  expect(make().bytes('m', 48)).toEqual(make().bytes('m', 48));
  expect(make().bytes('m', 48)).toHaveLength(48);
  expect(make().bytes('m', 0)).toHaveLength(0);
  expect(make().bytes('m', 32)).not.toEqual(make().bytes('n', 32));
});

describe('in a run of its own', () => {
  const placed = (place: object): Scope =>
    createScope(
      { name: 'one', regions: ['us-east-1', 'us-west-2', 'eu-west-1'] },
      { account: '111122223333', callerArn: 'arn:me', ...place },
    );

  test('words and bytes are others', () => {
    expect(placed({ run: 'a' }).variable('uid1')).not.toBe(placed({ run: 'b' }).variable('uid1'));
    expect(placed({ run: 'a' }).bytes('m', 8)).toEqual(placed({ run: 'a' }).bytes('m', 8));
    expect(placed({}).bytes('m', 8)).not.toEqual(placed({ run: 'a' }).bytes('m', 8));
  });

  test('the first Region is where the target is, and the others stay others', () => {
    const regions = (region?: string): string[] =>
      ['region', 'region2', 'region3'].map((name) => placed(region === undefined ? {} : { region }).variable(name));
    expect(regions()).toEqual(['us-east-1', 'us-west-2', 'eu-west-1']);
    expect(regions('ap-south-1')).toEqual(['ap-south-1', 'us-west-2', 'eu-west-1']);
    expect(regions('eu-west-1')).toEqual(['eu-west-1', 'us-west-2', 'us-east-1']);
  });

  test('a dollar is a dollar', () => {
    expect(placed({}).variable('dollar')).toBe('$');
  });
});
