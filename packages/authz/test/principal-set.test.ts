// Whom a Principal element holds.

import { describe, expect, test } from 'vitest';
import { compilePrincipals, holds, type PrincipalSet } from '../src/principal-set.ts';
import { OTHER, OWNER, principal, role, rootOf, session, user } from './sample.ts';

function compile(element: unknown): PrincipalSet {
  const compiled = compilePrincipals(element);
  if (!compiled.ok) throw new Error(compiled.problem);
  return compiled.principals;
}

describe('a Principal element', () => {
  test.each([
    // element, caller, hold
    [{ AWS: rootOf(OWNER) }, user('Alice'), 'account'],
    [{ AWS: OWNER }, user('Alice'), 'account'],
    [{ AWS: OWNER }, rootOf(OWNER), 'account'],
    [{ AWS: OWNER }, user('Alice', OTHER), undefined],
    [{ AWS: `arn:aws-cn:iam::${OWNER}:root` }, user('Alice'), undefined],
    [{ AWS: user('Alice') }, user('Alice'), 'named'],
    [{ AWS: user('Alice') }, user('team/Alice'), undefined],
    [{ AWS: user('Alice') }, user('Alice', OTHER), undefined],
    [{ AWS: user('Alice') }, user('alice'), undefined],
    [{ AWS: [user('Bob'), user('Alice')] }, user('Alice'), 'named'],
    [{ AWS: role('App') }, role('App'), 'named'],
    [{ AWS: role('App') }, session('App/s1'), 'named'],
    [{ AWS: role('App') }, session('App2/s1'), undefined],
    [{ AWS: role('App') }, session('App/s1', OTHER), undefined],
    [{ AWS: role('App') }, role('App', OTHER), undefined],
    [{ AWS: role('App') }, `arn:aws-cn:iam::${OWNER}:role/App`, undefined],
    [{ AWS: role('App') }, user('App'), undefined],
    [{ AWS: role('App') }, role('MyApp'), undefined],
    [{ AWS: role('team/App') }, session('App/s1'), 'named'],
    [{ AWS: role('team/App') }, role('team/App'), 'named'],
    [{ AWS: session('App/s1') }, session('App/s1'), 'named'],
    [{ AWS: session('App/s1') }, session('App/s2'), undefined],
    [{ AWS: session('App/s1') }, role('App'), undefined],
    [{ AWS: '*' }, user('Alice'), 'everyone'],
    ['*', user('Alice', OTHER), 'everyone'],
    ['*', 'cloudtrail.amazonaws.com', 'everyone'],
    [{ AWS: [OWNER, '*'] }, user('Alice'), 'everyone'],
    [{ AWS: [OWNER, '*', user('Alice')] }, user('Alice'), 'named'],
    [{ Service: 'cloudtrail.amazonaws.com' }, 'cloudtrail.amazonaws.com', 'unknown'],
    [{ AWS: OWNER, Service: 'cloudtrail.amazonaws.com' }, user('Alice'), 'account'],
    [{ AWS: `arn:aws:sts::${OWNER}:federated-user/Bob` }, user('Alice'), 'unknown'],
  ])('%j holds %s: %s', (element, arn, expected) => {
    expect(holds(compile(element), principal(arn))).toBe(expected);
  });

  test('of a role holds a session of it by the role it comes from, whatever its path', () => {
    const caller = { ...principal(session('App/s1')), roleArn: role('team/App') };
    expect(holds(compile({ AWS: role('team/App') }), caller)).toBe('named');
  });

  test.each([
    [`arn:aws:iam::${OWNER}:group/Developers`],
    [user('*')],
    ['arn:aws:iam::*:root'],
    ['AIDACKCEVSQ6C2EXAMPLE'],
    ['11112222333'],
    ['cloudtrail.amazonaws.com'],
    [''],
    [7],
    [null],
    [[OWNER, 'nobody']],
  ])('refuses %j as an AWS principal', (name) => {
    const problem = 'Policy contains a statement with one or more invalid principals.';
    expect(compilePrincipals({ AWS: name })).toEqual({ ok: false, problem });
  });

  test.each([[OWNER], [user('Alice')], [['*']], [null], [7]])('refuses %j in place of a map', (element) => {
    const problem = 'Policy contains a statement with one or more invalid principals.';
    expect(compilePrincipals(element)).toEqual({ ok: false, problem });
  });

  test.each([[undefined], [{}], [{ AWS: [] }]])('refuses %j as nobody', (element) => {
    expect(compilePrincipals(element)).toEqual({
      ok: false,
      problem: 'Policy contains a statement with no principal.',
    });
  });

  test('says which kinds it did not evaluate', () => {
    const element = { AWS: OWNER, Service: 'cloudtrail.amazonaws.com', Federated: 'cognito-identity.amazonaws.com' };
    expect(compilePrincipals(element)).toMatchObject({ notEvaluated: ['Principal.Service', 'Principal.Federated'] });
  });
});
