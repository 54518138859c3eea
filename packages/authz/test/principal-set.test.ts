// Whom a Principal element holds.

import { describe, expect, test } from 'vitest';
import type { Principal } from '../src/principal.ts';
import { compilePrincipals, type Hold, holds as holdsFor, listing, type PrincipalSet } from '../src/principal-set.ts';
import { OTHER, OWNER, principal, role, rootOf, session, user } from './sample.ts';

const holds = (set: PrincipalSet, caller: Principal): Hold | undefined => holdsFor(set, caller, 'Deny');

function compile(element: unknown, negated = false): PrincipalSet {
  const compiled = compilePrincipals(element, negated);
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
    [{ AWS: role('App') }, role('App'), 'role'],
    [{ AWS: role('App') }, session('App/s1'), 'role'],
    [{ AWS: role('App') }, session('App2/s1'), undefined],
    [{ AWS: role('App') }, session('App/s1', OTHER), undefined],
    [{ AWS: role('App') }, role('App', OTHER), undefined],
    [{ AWS: role('App') }, `arn:aws-cn:iam::${OWNER}:role/App`, undefined],
    [{ AWS: role('App') }, user('App'), undefined],
    [{ AWS: role('App') }, role('MyApp'), undefined],
    [{ AWS: role('team/App') }, session('App/s1'), 'role'],
    [{ AWS: role('team/App') }, role('team/App'), 'role'],
    [{ AWS: session('App/s1') }, session('App/s1'), 'named'],
    [{ AWS: session('App/s1') }, session('App/s2'), undefined],
    [{ AWS: session('App/s1') }, role('App'), undefined],
    [{ AWS: '*' }, user('Alice'), 'everyone'],
    ['*', user('Alice', OTHER), 'everyone'],
    ['*', 'cloudtrail.amazonaws.com', 'everyone'],
    [{ AWS: [OWNER, '*'] }, user('Alice'), 'everyone'],
    [{ AWS: [OWNER, '*', user('Alice')] }, user('Alice'), 'named'],
    [{ AWS: [role('App'), session('App/s1')] }, session('App/s1'), 'named'],
    [{ Service: 'cloudtrail.amazonaws.com' }, 'cloudtrail.amazonaws.com', 'named'],
    [{ Service: 'cloudtrail.amazonaws.com' }, 'ec2.amazonaws.com', undefined],
    [{ Service: ['ec2.amazonaws.com', 'cloudtrail.amazonaws.com'] }, 'cloudtrail.amazonaws.com', 'named'],
    [{ Service: 'cloudtrail.amazonaws.com' }, user('Alice'), undefined],
    [{ AWS: OWNER }, 'cloudtrail.amazonaws.com', undefined],
    [{ Federated: 'cognito-identity.amazonaws.com' }, user('Alice'), undefined],
    [{ Federated: 'cognito-identity.amazonaws.com' }, 'cognito-identity.amazonaws.com', undefined],
    [{ CanonicalUser: 'ab'.repeat(32) }, user('Alice'), 'unknown'],
    [{ CanonicalUser: 'ab'.repeat(32) }, 'ec2.amazonaws.com', undefined],
    [{ AWS: OWNER, Service: 'cloudtrail.amazonaws.com' }, user('Alice'), 'account'],
    [{ AWS: `arn:aws:sts::${OWNER}:federated-user/Bob` }, user('Alice'), undefined],
  ])('%j holds %s: %s', (element, arn, expected) => {
    expect(holds(compile(element), principal(arn))).toBe(expected);
  });

  test('of a role holds a session of it by the role it comes from, whatever its path', () => {
    const caller = { ...principal(session('App/s1')), roleArn: role('team/App') };
    expect(holds(compile({ AWS: role('team/App') }), caller)).toBe('role');
  });

  test('of an account by its canonical user id holds those who carry that id', () => {
    const set = compile({ CanonicalUser: 'ab'.repeat(32) });
    const alice = principal(user('Alice'));
    expect(holds(set, { ...alice, canonicalUser: 'ab'.repeat(32) })).toBe('account');
    expect(holds(set, { ...alice, canonicalUser: 'cd'.repeat(32) })).toBeUndefined();
    // Not known: perhaps, which only a Deny counts.
    expect(listing(set, alice)).toBe('unknown');
    expect(holdsFor(set, alice, 'Allow')).toBeUndefined();
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

  test.each([[{ Service: 'EC2' }], [{ Service: 'ec2' }], [{ CanonicalUser: 'ab' }], [{ Service: 7 }]])(
    'refuses %j',
    (element) => {
      const problem = 'Policy contains a statement with one or more invalid principals.';
      expect(compilePrincipals(element)).toEqual({ ok: false, problem });
    },
  );

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

  test('says which kinds it does not know', () => {
    const element = { AWS: OWNER, Organization: 'o-1', constructor: 'x' };
    expect(compilePrincipals(element)).toMatchObject({
      notEvaluated: ['Principal.Organization', 'Principal.constructor'],
    });
  });
});

describe('a NotPrincipal element', () => {
  test.each([
    // element, caller, whether an Allow and whether a Deny is about the caller
    [{ AWS: user('Alice') }, user('Alice'), false, false],
    [{ AWS: user('Alice') }, user('Bob'), true, true],
    [{ AWS: user('Alice') }, user('Alice', OTHER), true, true],
    [{ AWS: role('App') }, session('App/s1'), false, false],
    [{ AWS: session('App/s1') }, session('App/s2'), true, true],
    [{ AWS: '*' }, user('Alice'), false, false],
    [{ Service: 'ec2.amazonaws.com' }, 'ec2.amazonaws.com', false, false],
    [{ Service: 'ec2.amazonaws.com' }, user('Alice'), true, true],
    // reference_policies_elements_notprincipal.html: a Deny asks for the account and the user.
    [{ AWS: rootOf(OWNER) }, rootOf(OWNER), false, false],
    [{ AWS: rootOf(OWNER) }, user('Alice'), false, true],
    [{ AWS: [rootOf(OWNER), user('Alice')] }, user('Alice'), false, false],
    [{ AWS: [rootOf(OWNER), user('Alice')] }, user('Bob'), false, true],
    [{ CanonicalUser: 'ab'.repeat(32) }, user('Alice'), false, true],
  ])('%j: an Allow is about %s: %s; a Deny: %s', (element, arn, allow, deny) => {
    const set = compile(element, true);
    expect(holdsFor(set, principal(arn), 'Allow')).toBe(allow ? 'everyone' : undefined);
    expect(holdsFor(set, principal(arn), 'Deny')).toBe(deny ? 'everyone' : undefined);
  });
});
