// Grants found by caller and operation.

import { describe, expect, test } from 'vitest';
import { contextOf } from '../src/context.ts';
import type { Asked, Grant } from '../src/grant.ts';
import { GrantIndex } from '../src/grant-index.ts';
import { KEY, OTHER, OWNER, principal, role, rootOf, session, user } from './sample.ts';

const grant = (id: string, grantee: string, more: Partial<Grant> = {}): Grant => ({
  id,
  grantee,
  operations: ['Decrypt'],
  ...more,
});
const asked = (arn: string, pairs: Readonly<Record<string, string>> = {}): Asked => ({
  principal: principal(arn),
  action: 'kms:Decrypt',
  resource: KEY,
  context: contextOf([
    ...Object.entries(pairs).map(([key, value]) => [`kms:EncryptionContext:${key}`, value] as const),
    ['kms:EncryptionContextKeys', Object.keys(pairs)],
  ]),
});
const found = (index: GrantIndex, request: Asked, operation = 'Decrypt'): string | undefined =>
  index.find(operation, request)?.grant.id;

describe('an index of grants', () => {
  test('finds the first that was made, to the caller before to its account', () => {
    const index = new GrantIndex([
      grant('account', rootOf(OWNER)),
      grant('encrypt', session('App/s1'), { operations: ['Encrypt'] }),
      grant('role', role('team/App')),
      grant('session', session('App/s1')),
    ]);
    expect(found(index, asked(session('App/s1')))).toBe('role');
    expect(found(index, asked(session('App/s1')), 'Encrypt')).toBe('encrypt');
    expect(found(index, asked(user('Alice')))).toBe('account');
    expect(found(index, asked('s3.amazonaws.com'))).toBeUndefined();
    expect(index.find('Decrypt', asked(user('Alice')))?.hold).toBe('account');
  });

  test('finds one by its encryption context among many, the first made of all', () => {
    const index = new GrantIndex();
    for (let number = 0; number < 100; number++) {
      index.add(grant(`g${number}`, user('Alice'), { constraints: { encryptionContextSubset: [['N', `${number}`]] } }));
    }
    expect(found(index, asked(user('Alice'), { n: '42', other: 'x' }))).toBe('g42');
    expect(found(index, asked(user('Alice'), { n: '100' }))).toBeUndefined();
    index.add(grant('open', user('Alice')));
    expect(found(index, asked(user('Alice'), { n: '42' }))).toBe('g42');
    expect(found(index, asked(user('Alice')))).toBe('open');
    index.remove('g42');
    expect(found(index, asked(user('Alice'), { n: '42' }))).toBe('open');
  });

  test('finds nothing for a bearer: a token is of use to its grantee alone', () => {
    const index = new GrantIndex([grant('g', user('Alice'), { activeAt: 2 })]);
    const bearer = { tokens: new Set(['g']), now: 1 };
    expect(found(index, { ...asked(user('Alice')), ...bearer })).toBe('g');
    expect(found(index, { ...asked(user('Bob')), ...bearer })).toBeUndefined();
    expect(found(index, { ...asked(user('Alice', OTHER)), ...bearer })).toBeUndefined();
  });

  test('asks whatever the operation carries no context for without one', () => {
    const constraints = { encryptionContextEquals: [['a', 'b']] } as const;
    const index = new GrantIndex([grant('g', user('Alice'), { operations: ['DescribeKey', 'Decrypt'], constraints })]);
    expect(found(index, asked(user('Alice')), 'DescribeKey')).toBe('g');
    expect(found(index, asked(user('Alice')))).toBeUndefined();
  });

  test('forgets what is removed, and replaces what is added again', () => {
    const index = new GrantIndex([grant('g', user('Alice'))]);
    index.add(grant('g', user('Bob')));
    expect([found(index, asked(user('Alice'))), found(index, asked(user('Bob')))]).toEqual([undefined, 'g']);
    index.remove('g');
    index.remove('unknown');
    expect([index.size, index.get('g'), found(index, asked(user('Bob')))]).toEqual([0, undefined, undefined]);
  });

  test('lists what the caller has, whatever it allows', () => {
    const index = new GrantIndex([
      grant('a', role('App'), { operations: ['Encrypt', 'Decrypt'] }),
      grant('b', user('Alice')),
      grant('c', OWNER),
      grant('d', session('App/s1'), { constraints: { encryptionContextSubset: [['x', 'y']] } }),
      grant('e', 'arn:aws-cn:iam::111122223333:role/App'),
    ]);
    expect(index.heldBy(principal(session('App/s1'))).map(({ id }) => id)).toEqual(['a', 'c', 'd']);
    expect(found(index, asked('arn:aws-cn:sts::111122223333:assumed-role/App/s1'))).toBe('e');
  });
});
