// What a Decision tells, and when it works it out.

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { authorize } from '../src/authorize.ts';
import { GrantIndex } from '../src/grant-index.ts';
import type { Policy } from '../src/policy.ts';
import { DEFAULT_KEY_POLICY, identityPolicy, KEY, named, OWNER, principal, rootOf, user } from './sample.ts';

const request = {
  principal: principal(user('Alice')),
  action: 'kms:Decrypt',
  resource: KEY,
  keyPolicy: DEFAULT_KEY_POLICY,
  keyAccount: OWNER,
  identityPolicies: named(identityPolicy({ Sid: 'Read', Effect: 'Allow', Action: '*', Resource: '*' })),
};

describe('a grant that decides', () => {
  const to = (grantee: string): GrantIndex => new GrantIndex([{ id: 'g1', grantee, operations: ['Decrypt'] }]);

  test('needs no policy when it is to the caller', () => {
    const expected = { outcome: 'Allow', reason: 'allowed', delegated: false };
    expect(authorize({ ...request, grants: to(user('Alice')), identityPolicies: [] })).toMatchObject(expected);
  });

  test('is enough for the root user of the account that it is to', () => {
    const root = authorize({ ...request, principal: principal(rootOf(OWNER)), grants: to(rootOf(OWNER)) });
    expect(root.decidedBy).toEqual({ policyType: 'grant', policy: 'g1', statement: 0 });
  });

  test('leaves it to the IAM policies when it is to the account', () => {
    const expected = { outcome: 'Allow', reason: 'allowed', delegated: true };
    expect(authorize({ ...request, grants: to(rootOf(OWNER)) })).toMatchObject(expected);
    expect(authorize({ ...request, grants: to(rootOf(OWNER)), identityPolicies: [] }).outcome).toBe('ImplicitDeny');
  });
});

describe('a decision', () => {
  test('names the statement that settled it', () => {
    expect(authorize(request).decidedBy).toEqual({
      policyType: 'identity policy',
      policy: 'policy-0',
      statement: 0,
      sid: 'Read',
    });
    const root = authorize({ ...request, principal: principal(`arn:aws:iam::${OWNER}:root`) });
    expect(root.decidedBy).toEqual({
      policyType: 'key policy',
      policy: 'default',
      statement: 0,
      sid: 'Enable IAM User Permissions',
    });
  });

  test('names none when none settled it', () => {
    expect(authorize({ ...request, identityPolicies: [] }).decidedBy).toBeUndefined();
  });

  test('answers the request it was asked', () => {
    expect(authorize(request).request).toBe(request);
  });

  test('looks at statements that could not matter only when its reasons are read', () => {
    let reads = 0;
    const watched: Policy = {
      ...DEFAULT_KEY_POLICY,
      get statements() {
        reads++;
        return DEFAULT_KEY_POLICY.statements;
      },
    };
    const decision = authorize({ ...request, keyPolicy: watched });
    expect([decision.outcome, decision.delegated, reads]).toEqual(['Allow', true, 0]);
    expect(decision.considered).toHaveLength(2);
    expect(reads).toBe(1);
  });

  test('shows its reasons on the console', () => {
    const text = inspect([authorize({ ...request, identityPolicies: [] })]);
    expect(text).toContain("Decision {\n    outcome: 'ImplicitDeny',");
    expect(text).toContain("sid: 'Enable IAM User Permissions',");
    expect(inspect(authorize(request))).toContain("decidedBy: {\n    policyType: 'identity policy',");
  });

  test('is written as JSON with its reasons and without the policies', () => {
    expect(JSON.parse(JSON.stringify(authorize({ ...request, identityPolicies: [] })))).toEqual({
      outcome: 'ImplicitDeny',
      reason: 'no identity policy statement allows it',
      delegated: true,
      missingKeys: [],
      considered: [
        {
          policyType: 'key policy',
          policy: 'default',
          statement: 0,
          sid: 'Enable IAM User Permissions',
          effect: 'Allow',
          matched: true,
          holds: 'account',
          notEvaluated: [],
        },
      ],
    });
  });
});
