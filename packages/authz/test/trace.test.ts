// What each statement says of itself.

import { expect, test } from 'vitest';
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
    { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: {} },
    { Effect: 'Deny', Principal: '*', Action: '*' },
  ),
  identityPolicies: named(
    identityPolicy({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: OTHER_KEY }),
    identityPolicy({ Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*', Condition: {} }),
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
    { ...inKey, statement: 3, effect: 'Allow', matched: false, holds: 'everyone', notEvaluated: ['Condition'] },
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
      notEvaluated: ['Condition'],
    },
  ]);
});

test('a request without policies has an empty trace', () => {
  const { principal: alice, action, resource } = request;
  expect(traceOf({ principal: alice, action, resource, identityPolicies: [] })).toEqual([]);
});
