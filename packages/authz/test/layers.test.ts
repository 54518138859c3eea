// The policies around a decision: what each of them takes away, and what its silence means.

import { describe, expect, test } from 'vitest';
import { authorize } from '../src/authorize.ts';
import { contextOf } from '../src/context.ts';
import type { Grant } from '../src/grant.ts';
import { GrantIndex } from '../src/grant-index.ts';
import type { AuthorizationRequest } from '../src/request.ts';
import {
  identityPolicy,
  KEY,
  keyPolicy,
  named,
  OWNER,
  policy,
  principal,
  role,
  rootOf,
  session,
  user,
} from './sample.ts';

const ALLOW = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };
const DENY = { ...ALLOW, Effect: 'Deny' };
const OTHERS = { ...ALLOW, Action: 's3:*' };
const GRANT: Grant = { id: 'g1', grantee: role('App'), operations: ['Decrypt'] };

function ask(arn: string, AWS: string, more: Partial<AuthorizationRequest>): string {
  const decision = authorize({
    principal: principal(arn),
    action: 'kms:Decrypt',
    resource: KEY,
    keyPolicy: keyPolicy({ ...ALLOW, Principal: { AWS } }),
    keyAccount: OWNER,
    crossAccount: true,
    identityPolicies: named(identityPolicy(ALLOW)),
    ...more,
  });
  return decision.decidedBy?.policyType ?? decision.reason;
}

const boundary = named(policy('permissions boundary', OTHERS))[0];
const sessionPolicies = named(policy('session policy', OTHERS));

describe('a boundary or a session policy that is silent', () => {
  test.each([
    // caller, named in the key policy, with a silent boundary, with a silent session policy
    [user('Alice'), user('Alice'), 'key policy', 'key policy'],
    [session('App/s1'), session('App/s1'), 'key policy', 'key policy'],
    [session('App/s1'), role('App'), 'no permissions boundary allows it', 'no session policy allows it'],
    [role('App'), role('App'), 'no permissions boundary allows it', 'no session policy allows it'],
    [session('App/s1'), '*', 'no permissions boundary allows it', 'no session policy allows it'],
    [user('Alice'), OWNER, 'no permissions boundary allows it', 'no session policy allows it'],
    // Neither is for a root user.
    [rootOf(OWNER), OWNER, 'key policy', 'key policy'],
  ])('%s, of whom the key policy says %s: %s; %s', (arn, AWS, byBoundary, bySession) => {
    expect(ask(arn, AWS, { boundary })).toBe(byBoundary);
    expect(ask(arn, AWS, { sessionPolicies })).toBe(bySession);
    expect(ask(arn, AWS, { sessionPolicies: [] })).not.toMatch(/^no /);
  });

  test('is what stands in the way, where the key policy lets the role in beside the account', () => {
    const both = keyPolicy({ ...ALLOW, Principal: { AWS: OWNER } }, { ...ALLOW, Principal: { AWS: role('App') } });
    for (const identityPolicies of [[], named(identityPolicy(ALLOW))]) {
      const more = { keyPolicy: both, identityPolicies };
      expect(ask(session('App/s1'), '*', { ...more, sessionPolicies })).toBe('no session policy allows it');
      expect(ask(session('App/s1'), '*', { ...more, boundary })).toBe('no permissions boundary allows it');
    }
    expect(ask(session('App/s1'), '*', { keyPolicy: both, identityPolicies: [] })).toBe('key policy');
  });

  test('does not narrow a grant to the caller, only what its account gives on', () => {
    const none = { keyPolicy: keyPolicy({ ...OTHERS, Principal: '*' }), boundary };
    expect(ask(session('App/s1'), '*', { ...none, grants: new GrantIndex([GRANT]) })).toBe('grant');
    const toAccount = new GrantIndex([{ ...GRANT, grantee: rootOf(OWNER) }]);
    expect(ask(session('App/s1'), '*', { ...none, grants: toAccount })).toBe('no key policy statement allows it');
    expect(ask(session('App/s1'), '*', { ...none, boundary: undefined, grants: toAccount })).toBe('identity policy');
  });
});

describe('a Deny', () => {
  const deny = {
    boundary: { boundary: named(policy('permissions boundary', ALLOW, DENY))[0] },
    'session policy': { sessionPolicies: named(policy('session policy', ALLOW, DENY)) },
    'service control policy': { serviceControlPolicies: [named(policy('service control policy', ALLOW, DENY))] },
    'resource control policy': {
      resourceControlPolicies: named(policy('resource control policy', { ...DENY, Principal: '*' })),
    },
    'VPC endpoint policy': { endpointPolicy: named(policy('VPC endpoint policy', { ...DENY, Principal: '*' }))[0] },
  };

  test.each(Object.entries(deny))('of a %s beats the key policy and every grant', (_name, more) => {
    const by = ask(user('Alice'), user('Alice'), {
      ...more,
      grants: new GrantIndex([{ ...GRANT, grantee: user('Alice') }]),
    });
    expect(Object.keys(deny).map((name) => (name === 'boundary' ? 'permissions boundary' : name))).toContain(by);
  });
});

// reference_policies_elements_notprincipal.html: it denies "any IAM principal that has a permissions boundary".
describe('a Deny for all but some', () => {
  const giving = named(policy('permissions boundary', ALLOW))[0];
  const sparing = (AWS: string) =>
    keyPolicy({ ...ALLOW, Principal: '*' }, { ...DENY, NotPrincipal: { AWS: [AWS, OWNER] } });

  test.each([
    [user('Alice'), user('Alice')],
    [role('App'), role('App')],
    [session('App/s1'), role('App')],
  ])('spares %s, unless there is a permissions boundary', (arn, spared) => {
    const request = { principal: principal(arn), action: 'kms:Decrypt', resource: KEY, keyAccount: OWNER };
    const outcome = (more: Partial<AuthorizationRequest>) =>
      authorize({ ...request, keyPolicy: sparing(spared), identityPolicies: [], ...more }).outcome;
    expect(outcome({})).toBe('Allow');
    expect(outcome({ boundary: giving })).toBe('ExplicitDeny');
  });

  test('spares a root user all the same, for whom there is no boundary', () => {
    const request = { principal: principal(rootOf(OWNER)), action: 'kms:Decrypt', resource: KEY, keyAccount: OWNER };
    const keyed = { ...request, keyPolicy: sparing(user('Alice')), identityPolicies: [] };
    expect(authorize({ ...keyed, boundary: giving }).outcome).toBe('Allow');
  });

  test('an Allow for all but some is not for them, boundary or not', () => {
    const allowing = keyPolicy({ ...ALLOW, NotPrincipal: { AWS: user('Alice') } });
    const request = { principal: principal(user('Alice')), action: 'kms:Decrypt', resource: KEY, keyAccount: OWNER };
    const keyed = { ...request, keyPolicy: allowing, identityPolicies: [], boundary: giving };
    expect(authorize(keyed).outcome).toBe('ImplicitDeny');
  });
});

describe('guardrails', () => {
  const level = named(policy('service control policy', ALLOW));
  const silent = named(policy('service control policy', OTHERS));

  test('every level of an organization must allow', () => {
    expect(ask(user('Alice'), user('Alice'), { serviceControlPolicies: [level, level] })).toBe('key policy');
    expect(ask(user('Alice'), user('Alice'), { serviceControlPolicies: [level, [...silent, ...level]] })).toBe(
      'key policy',
    );
    for (const levels of [
      [level, silent],
      [silent, level],
      [level, []],
    ]) {
      expect(ask(user('Alice'), user('Alice'), { serviceControlPolicies: levels })).toBe(
        'no service control policy allows it',
      );
    }
    expect(ask(rootOf(OWNER), OWNER, { serviceControlPolicies: [silent] })).toBe('no service control policy allows it');
  });

  test('an organization has no say over services and roles linked to them', () => {
    const linked = role('aws-service-role/x.amazonaws.com/Linked');
    const resourceControlPolicies = named(policy('resource control policy', { ...DENY, Principal: '*' }));
    expect(ask(linked, linked, { serviceControlPolicies: [silent], resourceControlPolicies })).toBe('key policy');
    expect(ask('s3.amazonaws.com', '*', { serviceControlPolicies: [silent] })).toBe('key policy');
    expect(ask('s3.amazonaws.com', '*', { resourceControlPolicies })).toBe('resource control policy');
  });

  test.each([
    user('a:role/aws-service-role/bob'),
    user(role('aws-service-role/bob')),
    role('x:role/aws-service-role/evil'),
    role('x/aws-service-role/y'),
  ])('an organization has a say over %s, which only reads like a role linked to a service', (arn) => {
    const resourceControlPolicies = named(policy('resource control policy', { ...DENY, Principal: '*' }));
    expect(ask(arn, arn, { serviceControlPolicies: [silent] })).toBe('no service control policy allows it');
    expect(ask(arn, arn, { resourceControlPolicies })).toBe('resource control policy');
  });

  test('a resource control policy gives nothing, and spares keys that AWS manages', () => {
    const giving = named(policy('resource control policy', { ...ALLOW, Principal: '*' }));
    expect(ask(user('Bob'), user('Alice'), { resourceControlPolicies: giving })).toBe(
      'no key policy statement allows it',
    );
    const denying = named(policy('resource control policy', { ...DENY, Principal: '*' }));
    expect(ask(user('Alice'), user('Alice'), { resourceControlPolicies: denying, awsManaged: true })).toBe(
      'key policy',
    );
  });

  test('a resource control policy is about keys, and about every action on them but RetireGrant', () => {
    const resourceControlPolicies = named(policy('resource control policy', { ...DENY, Action: '*', Principal: '*' }));
    const keyless = { keyPolicy: undefined, resource: '*', resourceControlPolicies };
    expect(ask(user('Alice'), '*', keyless)).toBe('identity policy');
    expect(ask(user('Alice'), '*', { action: 'akms:RetireGrant', resourceControlPolicies })).toBe(
      'resource control policy',
    );
  });

  test('an endpoint that is silent lets nobody through', () => {
    const endpointPolicy = named(policy('VPC endpoint policy', { ...ALLOW, Principal: { AWS: user('Bob') } }))[0];
    expect(ask(user('Alice'), user('Alice'), { endpointPolicy })).toBe('no VPC endpoint policy allows it');
    expect(ask(user('Bob'), user('Bob'), { endpointPolicy })).toBe('key policy');
  });

  test('an endpoint does not see the tags of the key', () => {
    const Condition = { StringNotEquals: { 'aws:ResourceTag/Stage': 'test' } };
    const endpointPolicy = named(policy('VPC endpoint policy', { ...ALLOW, Principal: '*', Condition }))[0];
    const context = contextOf([['aws:ResourceTag/Stage', 'test']]);
    expect(ask(user('Alice'), user('Alice'), { endpointPolicy, context })).toBe('key policy');
  });
});

test('a key policy does not see the tags of its key', () => {
  const Condition = { StringNotEquals: { 'aws:ResourceTag/Stage': 'test' } };
  const keyed = keyPolicy({ ...ALLOW, Principal: { AWS: user('Alice') }, Condition });
  const context = contextOf([['aws:ResourceTag/Stage', 'test']]);
  expect(ask(user('Alice'), '*', { keyPolicy: keyed, context, identityPolicies: [] })).toBe('key policy');
});

describe('what cannot be asked', () => {
  test('an action that KMS does not have', () => {
    expect(ask(user('Alice'), '*', { action: 'kms:Decript' })).toBe('the action is unknown');
    expect(ask(user('Alice'), '*', { action: 'KMS:decrypt' })).toBe('key policy');
    const more = { action: 'iam:CreateServiceLinkedRole', keyPolicy: undefined, resource: '*' };
    expect(ask(user('Alice'), '*', more)).toBe('no identity policy statement allows it');
  });

  test('a Deny that nobody can judge, which denies, and an Allow, which does not allow', () => {
    const twice = contextOf([
      ['aws:SourceVpc', 'vpc-1'],
      ['AWS:SourceVpc', 'vpc-2'],
    ]);
    const Condition = { StringEquals: { 'aws:SourceVpc': 'vpc-3' } };
    const identityPolicies = named(identityPolicy({ ...DENY, Condition }));
    expect(ask(user('Alice'), '*', { context: twice, identityPolicies })).toBe('identity policy');
    const allowing = named(identityPolicy({ ...ALLOW, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }));
    expect(ask(user('Alice'), OWNER, { context: twice, identityPolicies: allowing })).toBe(
      'no identity policy statement allows it',
    );
  });

  test('a context that throws', () => {
    const context = (): never => {
      throw new Error('boom');
    };
    const Condition = { StringEquals: { 'kms:ViaService': 'x' } };
    const identityPolicies = named(identityPolicy({ ...DENY, Condition }));
    expect(ask(user('Alice'), '*', { context, identityPolicies })).toBe('the evaluation failed');
  });

  test.each([
    [{ boundary: named(identityPolicy(ALLOW))[0] }],
    [{ sessionPolicies: named(identityPolicy(ALLOW)) }],
    [{ serviceControlPolicies: [named(identityPolicy(ALLOW))] }],
    [{ resourceControlPolicies: named(identityPolicy(ALLOW)) }],
    [{ endpointPolicy: named(identityPolicy(ALLOW))[0] }],
  ])('a policy in the place of another type', (more) => {
    expect(() => ask(user('Alice'), '*', more)).toThrow(TypeError);
  });

  test('a policy in the place of another type is named', () => {
    expect(() => ask(user('Alice'), '*', { keyPolicy: identityPolicy(ALLOW) })).toThrow(
      'Expected a policy parsed as key policy, not as identity policy.',
    );
  });
});

test('the context is asked only for what a policy that could matter asks for', () => {
  const asked: string[] = [];
  const context = (name: string): undefined => {
    asked.push(name);
    return undefined;
  };
  const conditional = (Action: string, key: string) => ({
    ...ALLOW,
    Action,
    Condition: { StringEquals: { [key]: 'x' } },
  });
  const identityPolicies = named(
    identityPolicy(conditional('kms:Sign', 'kms:KeySpec'), conditional('*', 'kms:ViaService')),
  );
  ask(user('Alice'), OWNER, { context, identityPolicies });
  expect(asked).toEqual(['kms:viaservice']);
});
