// Grants out of files.

import { describe, expect, test } from 'vitest';
import { readGrants } from '../src/grant-file.ts';
import { KEY, OTHER_KEY, user } from './sample.ts';

const written = { GranteePrincipal: user('Alice'), Operations: ['Decrypt'] };
const read = { grantee: user('Alice'), operations: ['Decrypt'] };

describe('grants', () => {
  test.each([
    ['one', written, ['grant']],
    ['a list', [written, { ...written, id: 'g' }], ['grant 0', 'g']],
    [
      'an answer of ListGrants',
      { Grants: [{ ...written, GrantId: 'abc', KeyId: 'k', Name: '', CreationDate: 1 }] },
      ['abc'],
    ],
    ['none', [], []],
  ])('are read from %s', (_what, value, ids) => {
    const file = readGrants(value);
    expect(file.ok && file.grants).toMatchObject(ids.map((id) => ({ ...read, id })));
  });

  test('have constraints', () => {
    const file = readGrants({ ...written, Constraints: { EncryptionContextSubset: { a: 'b' } } });
    expect(file.ok && file.grants[0]?.constraints?.encryptionContextSubset).toEqual([['a', 'b']]);
  });

  test.each([
    [7, 'grants is not a list'],
    [{ Grants: 7 }, 'grants is not a list'],
    [[7], 'grants[0] is not an object'],
    [{ GranteePrincipal: user('Alice') }, 'grants[0].Operations is missing'],
    [
      { ...written, Constraints: { EncryptionContextSubset: { a: 1 } } },
      'grants[0].Constraints.EncryptionContextSubset.a is not text',
    ],
  ])('%j: %s', (value, problem) => {
    expect(readGrants(value)).toEqual({ ok: false, problem });
  });

  test.each([
    ['by its ARN', KEY],
    ['by its id', KEY.split('/')[1]],
    ['not at all', undefined],
  ])('may say %s which key they are on', (_how, KeyId) => {
    expect(readGrants({ ...written, KeyId }, 'grant', KEY).ok).toBe(true);
  });

  // On another key they give nothing.
  test.each([[OTHER_KEY], [OTHER_KEY.split('/')[1]], [7]])('on the key %s are refused for this one', (KeyId) => {
    const file = readGrants({ Grants: [written, { ...written, GrantId: 'abc', KeyId }] }, 'grant', KEY);
    expect(file).toEqual({ ok: false, problem: `the grant abc is on the key ${KeyId}, not on ${KEY}` });
  });

  // Read without it, the grant would reach further than was meant.
  test('with a misspelt constraint are refused', () => {
    const file = readGrants({ ...written, Constraint: {} });
    expect(file.ok ? '' : file.problem).toMatch(/^grants\[0\]\.Constraint means nothing/);
  });
});
