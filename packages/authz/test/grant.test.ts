// What a grant allows, and which grants may follow from it.

import { describe, expect, test } from 'vitest';
import { contextOf } from '../src/context.ts';
import {
  type Asked,
  type Grant,
  type GrantConstraints,
  holdBy,
  isNoWider,
  obstacleOf,
  ungrantable,
} from '../src/grant.ts';
import { KEY, OTHER, OWNER, principal, role, rootOf, session, user } from './sample.ts';

const GRANT: Grant = {
  id: 'g1',
  grantee: user('Alice'),
  operations: ['Decrypt', 'CreateGrant', 'DescribeKey', 'RetireGrant', 'Sign'],
};

function asked(pairs: Readonly<Record<string, string>> = {}, more: Partial<Asked> = {}, sourceArn?: string): Asked {
  return {
    principal: principal(user('Alice')),
    action: 'kms:Decrypt',
    resource: KEY,
    context: contextOf([
      ...Object.entries(pairs).map(([key, value]) => [`kms:EncryptionContext:${key}`, value] as const),
      ['kms:EncryptionContextKeys', Object.keys(pairs)],
      ...(sourceArn === undefined ? [] : [['aws:SourceArn', sourceArn] as const]),
    ]),
    ...more,
  };
}

describe('a constraint', () => {
  const department = { Department: 'IT' };
  const both = { ...department, Purpose: 'Test' };
  const equals: GrantConstraints = { encryptionContextEquals: Object.entries(department) };
  const doubled: GrantConstraints = { encryptionContextEquals: Object.entries({ ...department, department: 'IT' }) };
  const subset: GrantConstraints = { encryptionContextSubset: new Map(Object.entries(department)) };

  test.each([
    [equals, department, undefined],
    [equals, { DEPARTMENT: 'IT' }, undefined],
    [equals, { Department: 'it' }, 'Constraints'],
    [equals, both, 'Constraints'],
    [equals, {}, 'Constraints'],
    [subset, department, undefined],
    [subset, both, undefined],
    [subset, { Purpose: 'Test' }, 'Constraints'],
    [subset, { Department: 'IT', department: 'HR' }, 'Constraints'],
    // Keys that differ only in case do not make room for others.
    [doubled, { Department: 'IT', Purpose: 'Test' }, 'Constraints'],
    [doubled, { Department: 'IT', department: 'IT' }, undefined],
    [equals, { Department: 'IT', department: 'IT' }, 'Constraints'],
    [{ encryptionContextEquals: [] }, {}, undefined],
    [{ encryptionContextEquals: [] }, department, 'Constraints'],
    [{}, both, undefined],
  ] as const)('%j on %j: %s', (constraints, pairs, expected) => {
    expect(obstacleOf({ ...GRANT, constraints }, 'Decrypt', asked(pairs))).toBe(expected);
  });

  test('on the encryption context does not hold where there is none', () => {
    for (const operation of ['DescribeKey', 'RetireGrant', 'Sign']) {
      expect(obstacleOf({ ...GRANT, constraints: equals }, operation, asked())).toBeUndefined();
    }
  });

  test('on the source is exact, and spares DescribeKey without a source', () => {
    const grant: Grant = { ...GRANT, constraints: { sourceArn: 'arn:aws:s3:::a' } };
    expect(obstacleOf(grant, 'Decrypt', asked({}, {}, 'arn:aws:s3:::a'))).toBeUndefined();
    expect(obstacleOf(grant, 'Decrypt', asked({}, {}, 'arn:aws:s3:::b'))).toBe('Constraints');
    expect(obstacleOf(grant, 'Decrypt', asked())).toBe('Constraints');
    expect(obstacleOf(grant, 'Sign', asked())).toBe('Constraints');
    expect(obstacleOf(grant, 'DescribeKey', asked())).toBeUndefined();
    expect(obstacleOf(grant, 'DescribeKey', asked({}, {}, 'arn:aws:s3:::b'))).toBe('Constraints');
  });
});

describe('a grant that is not known everywhere yet', () => {
  const grant: Grant = { ...GRANT, activeAt: 1000 };

  test('needs its token until it is', () => {
    expect(obstacleOf(grant, 'Decrypt', asked({}, { now: 999 }))).toBe('grant token');
    expect(obstacleOf(grant, 'Decrypt', asked({}, { now: 999, tokens: new Set(['g2']) }))).toBe('grant token');
    expect(obstacleOf(grant, 'Decrypt', asked({}, { now: 999, tokens: new Set(['g1']) }))).toBeUndefined();
    expect(obstacleOf(grant, 'Decrypt', asked({}, { now: 1000 }))).toBeUndefined();
    expect(obstacleOf(grant, 'Decrypt', asked())).toBe('grant token');
  });

  test('gives nothing after its end, token or not', () => {
    const ended: Grant = { ...GRANT, endsAt: 1000 };
    expect(obstacleOf(ended, 'Decrypt', asked({}, { now: 999 }))).toBeUndefined();
    expect(obstacleOf(ended, 'Decrypt', asked({}, { now: 1000, tokens: new Set(['g1']) }))).toBe('grant token');
  });
});

describe('a grantee', () => {
  test.each([
    [user('Alice'), user('Alice'), 'named'],
    [user('Alice'), user('Bob'), undefined],
    [role('App'), session('App/s1'), 'role'],
    [role('team/App'), session('App/s1'), 'role'],
    [session('App/s1'), session('App/s1'), 'named'],
    [session('App/s1'), session('App/s2'), undefined],
    [rootOf(OWNER), user('Alice'), 'account'],
    [OWNER, user('Alice'), 'account'],
    [rootOf(OTHER), user('Alice'), undefined],
    ['s3.amazonaws.com', 's3.amazonaws.com', 'named'],
    ['s3.amazonaws.com', user('Alice'), undefined],
    ['*', user('Alice'), undefined],
    ['nobody', user('Alice'), undefined],
    ['', user('Alice'), undefined],
  ])('%s holds %s: %s', (grantee, arn, expected) => {
    expect(holdBy(grantee, principal(arn))).toBe(expected);
  });
});

describe('a child grant', () => {
  const it = Object.entries({ Department: 'IT' });
  const more = Object.entries({ Department: 'IT', Team: 'A' });
  const parent = (constraints?: GrantConstraints) => ({ operations: ['Decrypt', 'CreateGrant'], constraints });

  test.each([
    ['the same', parent(), parent(), true],
    ['fewer operations', { operations: ['Decrypt'] }, parent(), true],
    ['another operation', { operations: ['Decrypt', 'Encrypt'] }, parent(), false],
    ['a constraint more', parent({ encryptionContextSubset: it }), parent(), true],
    ['no constraint', parent(), parent({ encryptionContextSubset: it }), false],
    ['Subset made Equals', parent({ encryptionContextEquals: it }), parent({ encryptionContextSubset: it }), true],
    ['Equals of more pairs', parent({ encryptionContextEquals: more }), parent({ encryptionContextSubset: it }), true],
    ['a pair more in Subset', parent({ encryptionContextSubset: more }), parent({ encryptionContextSubset: it }), true],
    [
      'a pair less in Subset',
      parent({ encryptionContextSubset: it }),
      parent({ encryptionContextSubset: more }),
      false,
    ],
    ['Equals made Subset', parent({ encryptionContextSubset: it }), parent({ encryptionContextEquals: it }), false],
    ['more pairs in Equals', parent({ encryptionContextEquals: more }), parent({ encryptionContextEquals: it }), false],
    [
      'keys in other capitals',
      parent({ encryptionContextEquals: [['DEPARTMENT', 'IT']] }),
      parent({ encryptionContextEquals: it }),
      true,
    ],
    [
      'another pair in place of one in other capitals',
      parent({ encryptionContextEquals: more }),
      parent({ encryptionContextEquals: [...it, ['department', 'IT']] }),
      false,
    ],
    ['another source', parent({ sourceArn: 'b' }), parent({ sourceArn: 'a' }), false],
    ['no source', parent(), parent({ sourceArn: 'a' }), false],
    ['the same source', parent({ sourceArn: 'a' }), parent({ sourceArn: 'a' }), true],
  ] as const)('with %s', (_what, child, of, expected) => {
    expect(isNoWider(child, of)).toBe(expected);
  });

  test('stands in the way of CreateGrant only', () => {
    const request = asked({}, { childGrant: { operations: ['Encrypt'] } });
    expect(obstacleOf(GRANT, 'CreateGrant', request)).toBe('child grant');
    expect(obstacleOf(GRANT, 'Decrypt', request)).toBeUndefined();
  });
});

test('some operations no grant can have', () => {
  expect(ungrantable(['Decrypt', 'PutKeyPolicy', 'ReEncryptFrom', 'ReEncrypt', 'constructor'])).toEqual([
    'PutKeyPolicy',
    'ReEncrypt',
    'constructor',
  ]);
});
