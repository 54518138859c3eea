// The grants by key and by retiring principal.

import { parsePrincipal } from '@kmsim/authz';
import { describe, expect, test } from 'vitest';
import { Grants } from '../../src/state/grants.ts';
import type { GrantRecord } from '../../src/state/records.ts';

const principal = parsePrincipal('arn:aws:iam::111122223333:user/alice') ?? expect.fail('no principal');

const grant = (ordinal: number, other: Partial<GrantRecord> = {}): GrantRecord => ({
  id: `g${ordinal}`,
  key: 'k',
  region: 'r',
  ordinal,
  createdAt: 0,
  grantee: principal.arn,
  issuingAccount: 'arn:aws:iam::111122223333:root',
  operations: ['Encrypt'],
  ...other,
});

const asked = { principal, action: 'kms:Encrypt', resource: 'k', now: 100 };

describe('the grants of a key', () => {
  test('are in the order of their making, whenever they came', () => {
    const grants = new Grants();
    for (const ordinal of [3, 1, 0, 2]) grants.set(undefined, grant(ordinal));
    const ordinals = (...question: Parameters<ReturnType<Grants['listOn']>['after']>) =>
      grants
        .listOn('k')
        .after(...question)
        .map(({ ordinal }) => ordinal);
    expect(ordinals(-1)).toEqual([0, 1, 2, 3]);
    expect(ordinals(0, 2)).toEqual([1, 2]);
    expect(ordinals(-1, 2, ({ ordinal }) => ordinal % 2 === 1)).toEqual([1, 3]);
    grants.set(grant(2), undefined);
    expect(ordinals(1)).toEqual([3]);
    expect(ordinals(3)).toEqual([]);
    expect(grants.listOn('k').size).toBe(3);
  });

  test('are none on another key, and none when all are gone', () => {
    const grants = new Grants();
    grants.set(undefined, grant(1));
    expect(grants.on('l')).toBeUndefined();
    expect(grants.listOn('l').size).toBe(0);
    expect(grants.on('k')?.find('Encrypt', asked)?.grant.id).toBe('g1');
    grants.set(grant(1), undefined);
    expect(grants.on('k')).toBeUndefined();
    grants.set(grant(1), undefined);
    expect(grants.listOn('k').after(-1)).toEqual([]);
  });

  test('that were given up are found until they end, and listed, counted and named no more', () => {
    const grants = new Grants();
    const named = grant(1, { name: 'n', retiring: 'p' });
    grants.set(undefined, named);
    expect(grants.sameAs(named)).toBe(named);
    const ending = { ...named, endsAt: 101 };
    grants.set(named, ending);
    expect(grants.on('k')?.find('Encrypt', asked)?.grant.id).toBe('g1');
    expect(grants.on('k')?.find('Encrypt', { ...asked, now: 101 })).toBeUndefined();
    expect(grants.listOn('k').size).toBe(0);
    expect(grants.retirableBy('r', 'p').size).toBe(0);
    expect(grants.sameAs(named)).toBeUndefined();
    // A new one of the same name is no business of the one that ends.
    const next = { ...named, id: 'g2', ordinal: 2 };
    grants.set(undefined, next);
    grants.set(ending, undefined);
    expect(grants.sameAs(named)).toBe(next);
    expect(grants.retirableBy('r', 'p').after(-1)).toEqual([next]);
  });

  test('are forgotten together, those that end with them', () => {
    const grants = new Grants();
    const all = [grant(1), grant(2, { endsAt: 5 }), grant(3, { retiring: 'p' })];
    for (const one of all) grants.set(undefined, one);
    grants.set(undefined, grant(4, { key: 'l', retiring: 'p' }));
    const forgotten = grants.forget('k');
    expect(forgotten.map(({ id }) => id).sort()).toEqual(['g1', 'g2', 'g3']);
    for (const one of forgotten) grants.set(one, undefined);
    expect(grants.on('k')).toBeUndefined();
    expect(
      grants
        .retirableBy('r', 'p')
        .after(-1)
        .map(({ id }) => id),
    ).toEqual(['g4']);
    expect(grants.forget('k')).toEqual([]);
  });
});

test('a retiring principal has the grants of its Region', () => {
  const grants = new Grants();
  grants.set(undefined, grant(1, { retiring: 'p' }));
  grants.set(undefined, grant(2, { retiring: 'p', region: 's' }));
  grants.set(undefined, grant(3, { retiring: 'q' }));
  grants.set(undefined, grant(4));
  expect(grants.retirableBy('r', 'p').size).toBe(1);
  expect(grants.retirableBy('s', 'p').size).toBe(1);
  expect(grants.retirableBy('s', 'q').size).toBe(0);
});

// Whose grants they are is looked up: those of 50,000 others are never asked.
test('grants of others on the same key are not looked at', () => {
  const grants = new Grants();
  let looks = 0;
  const watched = (one: GrantRecord): GrantRecord =>
    Object.defineProperty(one, 'activeAt', {
      get: () => {
        looks += 1;
        return undefined;
      },
    });
  for (let at = 0; at < 50_000; at++)
    grants.set(undefined, watched(grant(at, { grantee: `arn:aws:iam::111122223333:user/u${at}` })));
  expect(grants.on('k')?.find('Encrypt', asked)).toBeUndefined();
  expect(looks).toBe(0);
  grants.set(undefined, watched(grant(50_000)));
  expect(grants.on('k')?.find('Encrypt', asked)?.grant.id).toBe('g50000');
  expect(looks).toBe(1);
});
