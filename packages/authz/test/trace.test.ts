// What each statement says of itself.

import { expect, test } from 'vitest';
import { contextOf } from '../src/context.ts';
import { GrantIndex } from '../src/grant-index.ts';
import { traceOf } from '../src/trace.ts';
import { identityPolicy, KEY, keyPolicy, named, OTHER_KEY, OWNER, principal, rootOf, user } from './sample.ts';

const request = {
  principal: principal(user('Alice')),
  action: 'kms:Decrypt',
  resource: KEY,
  keyAccount: OWNER,
  keyPolicy: keyPolicy(
    { Sid: 'Account', Effect: 'Allow', Principal: { AWS: rootOf(OWNER) }, Action: 'kms:*', Resource: '*' },
    { Effect: 'Allow', Principal: { AWS: [user('Bob'), OWNER] }, Action: ['kms:Sign', 'kms:Verify'], Resource: '*' },
    { Effect: 'Deny', Principal: { AWS: user('Bob') }, Action: '*', Resource: '*' },
    { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Note: 1 },
    { Effect: 'Deny', Principal: '*', Action: '*' },
  ),
  identityPolicies: named(
    identityPolicy({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: OTHER_KEY }),
    identityPolicy({ Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*', Note: 1 }),
  ),
};

test('a trace has every statement in order, with the first element that did not match', () => {
  const inKey = { policyType: 'key policy', policy: 'default' };
  expect(traceOf(request)).toEqual([
    { ...inKey, statement: 0, sid: 'Account', effect: 'Allow', matched: true, holds: 'account', notEvaluated: [] },
    {
      ...inKey,
      statement: 1,
      effect: 'Allow',
      matched: false,
      holds: 'account',
      mismatch: { element: 'Action', asked: 'kms:Decrypt', written: ['kms:Sign', 'kms:Verify'] },
      notEvaluated: [],
    },
    {
      ...inKey,
      statement: 2,
      effect: 'Deny',
      matched: false,
      mismatch: { element: 'Principal', asked: user('Alice'), written: [user('Bob')] },
      notEvaluated: [],
    },
    { ...inKey, statement: 3, effect: 'Allow', matched: false, holds: 'everyone', notEvaluated: ['Note'] },
    {
      ...inKey,
      statement: 4,
      effect: 'Deny',
      matched: false,
      holds: 'everyone',
      mismatch: { element: 'Resource', asked: KEY, written: [] },
      notEvaluated: [],
    },
    {
      policyType: 'identity policy',
      policy: 'policy-0',
      statement: 0,
      effect: 'Allow',
      matched: false,
      mismatch: { element: 'Resource', asked: KEY, written: [OTHER_KEY] },
      notEvaluated: [],
    },
    {
      policyType: 'identity policy',
      policy: 'policy-1',
      statement: 0,
      effect: 'Deny',
      matched: true,
      notEvaluated: ['Note'],
    },
  ]);
});

test('a request without policies has an empty trace', () => {
  const { principal: alice, action, resource } = request;
  expect(traceOf({ principal: alice, action, resource, identityPolicies: [] })).toEqual([]);
});

test('a condition that fails says what was compared, and which keys were missing', () => {
  const Condition = {
    StringEquals: { 'kms:EncryptionContext:user': ['${aws:username}', '${aws:userid}'] },
    Bool: { 'aws:SecureTransport': 'true' },
  };
  const conditional = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Condition };
  const asked = {
    ...request,
    keyPolicy: keyPolicy({ ...conditional, Principal: '*' }, { ...conditional, Principal: '*', Action: 'kms:Sign' }),
    identityPolicies: [],
  };
  const [failed, elsewhere] = traceOf({ ...asked, context: contextOf([['kms:encryptioncontext:USER', 'bob']]) });
  expect(failed).toMatchObject({
    matched: false,
    mismatch: {
      element: 'Condition',
      operator: 'StringEquals',
      key: 'kms:EncryptionContext:user',
      asked: 'bob',
      written: ['${aws:username}', '${aws:userid}'],
      filled: ['Alice'],
    },
    missingKeys: ['aws:userid', 'aws:SecureTransport'],
  });
  // Another action is asked for, so what it lacks is of no interest.
  expect(elsewhere?.missingKeys).toBeUndefined();
  const [missing] = traceOf(asked);
  expect(missing?.mismatch).toMatchObject({ asked: '(not in the request)' });
});

test('the exceptions of a statement are named as what they are', () => {
  const base = { Effect: 'Deny', Action: '*', Resource: '*' };
  const { Action: _action, Resource: _resource, ...bare } = base;
  const traces = traceOf({
    ...request,
    identityPolicies: [],
    keyPolicy: keyPolicy(
      { ...base, NotPrincipal: { AWS: user('Alice') } },
      { ...bare, Principal: '*', NotAction: 'kms:*', Resource: '*' },
      { ...bare, Principal: '*', Action: '*', NotResource: KEY },
    ),
  });
  expect(traces.map(({ mismatch }) => mismatch?.element)).toEqual(['NotPrincipal', 'NotAction', 'NotResource']);
});

test('the grants of the caller follow, with what stands in their way; those of others do not', () => {
  const grant = { grantee: user('Alice'), operations: ['Decrypt'] };
  const grants = new GrantIndex([
    { ...grant, id: 'good' },
    { ...grant, id: 'other', grantee: user('Bob') },
    { ...grant, id: 'sign', operations: ['Sign'] },
    { ...grant, id: 'fresh', activeAt: 5 },
    { ...grant, id: 'bound', constraints: { encryptionContextSubset: [['a', 'b']], sourceArn: 'x' } },
  ]);
  const context = contextOf([
    ['kms:EncryptionContext:C', 'd'],
    ['kms:EncryptionContextKeys', ['C']],
  ]);
  const { principal: alice, action, resource } = request;
  const traces = traceOf({ principal: alice, action, resource, identityPolicies: [], grants, context });
  const inGrant = { policyType: 'grant', statement: 0, effect: 'Allow', holds: 'named', notEvaluated: [] };
  expect(traces).toEqual([
    { ...inGrant, policy: 'good', matched: true },
    {
      ...inGrant,
      policy: 'sign',
      matched: false,
      mismatch: { element: 'Operations', asked: action, written: ['Sign'] },
    },
    {
      ...inGrant,
      policy: 'fresh',
      matched: false,
      mismatch: { element: 'grant token', asked: '(no token of this grant)', written: ['needed before 5'] },
    },
    {
      ...inGrant,
      policy: 'bound',
      matched: false,
      mismatch: { element: 'Constraints', asked: 'C=d', written: ['EncryptionContextSubset {a=b}', 'SourceArn x'] },
    },
  ]);
});
