// Who may retire a grant.

import { describe, expect, test } from 'vitest';
import type { Grant } from '../src/grant.ts';
import type { AuthorizationRequest } from '../src/request.ts';
import { authorizeRetire } from '../src/retire.ts';
import {
  identityPolicy,
  KEY,
  keyPolicy,
  named,
  OTHER,
  OWNER,
  policy,
  principal,
  role,
  rootOf,
  session,
  user,
} from './sample.ts';

const RETIRE = { Effect: 'Allow', Action: 'kms:RetireGrant', Resource: '*' };
const THIRD = '777788889999';
const GRANT: Grant = {
  id: 'g1',
  grantee: user('Alice'),
  retiring: role('Ops', OTHER),
  issuingAccount: rootOf(THIRD),
  operations: ['Decrypt'],
};

function ask(arn: string, grant: Partial<Grant> = {}, more: Partial<AuthorizationRequest> = {}): string {
  const decision = authorizeRetire(
    {
      principal: principal(arn),
      action: 'kms:RetireGrant',
      resource: KEY,
      keyAccount: OWNER,
      keyPolicy: keyPolicy({ ...RETIRE, Principal: '*' }),
      identityPolicies: [],
      ...more,
    },
    { ...GRANT, ...grant },
  );
  return `${decision.outcome}: ${decision.decidedBy?.policyType ?? decision.reason}`;
}

const byIam = { identityPolicies: named(identityPolicy(RETIRE)) };
const NOBODY = 'ImplicitDeny: nothing lets the caller retire the grant';
const NOT_BY_IAM = 'ImplicitDeny: no identity policy statement allows it';

describe('a grant is retired', () => {
  test.each([
    ['by its retiring principal', session('Ops/s1', OTHER), {}, {}, 'Allow: grant'],
    ['by a grantee that may', user('Alice'), { operations: ['RetireGrant'] }, {}, 'Allow: grant'],
    ['not by a grantee that may not', user('Alice'), {}, {}, NOT_BY_IAM],
    ['by the root user of the account that issued it', rootOf(THIRD), {}, {}, 'Allow: grant'],
    ['by IAM in the account that issued it', user('Eve', THIRD), {}, byIam, 'Allow: identity policy'],
    ['by IAM in the account that owns the key', user('Eve'), {}, byIam, 'Allow: identity policy'],
    ['by IAM in a retiring account', user('Eve', OTHER), { retiring: OTHER }, byIam, 'Allow: identity policy'],
    ['not by IAM alone', user('Eve', OTHER), {}, byIam, NOBODY],
    ['not in the issuing account without IAM', user('Eve', THIRD), {}, {}, NOT_BY_IAM],
    ['by a retiring service', 's3.amazonaws.com', { retiring: 's3.amazonaws.com' }, {}, 'Allow: grant'],
    ['not by another service', 'ec2.amazonaws.com', { retiring: 's3.amazonaws.com' }, {}, NOBODY],
  ] as const)('%s', (_what, arn, grant, more, expected) => {
    expect(ask(arn, grant, more)).toBe(expected);
  });

  test('unless a policy of the caller denies it', () => {
    const deny = { identityPolicies: named(identityPolicy({ ...RETIRE, Effect: 'Deny' })) };
    expect(ask(session('Ops/s1', OTHER), {}, deny)).toBe('ExplicitDeny: identity policy');
    const control = {
      serviceControlPolicies: [named(policy('service control policy', { ...RETIRE, Action: 's3:*' }))],
    };
    expect(ask(session('Ops/s1', OTHER), {}, control)).toBe('ImplicitDeny: no service control policy allows it');
  });

  test('whatever a key policy or a resource control policy says', () => {
    const deny = { ...RETIRE, Effect: 'Deny', Principal: '*' };
    const policies = {
      keyPolicy: keyPolicy(deny),
      resourceControlPolicies: named(policy('resource control policy', deny)),
    };
    expect(ask(session('Ops/s1', OTHER), {}, policies)).toBe('Allow: grant');
  });

  test('by nobody where the evaluation fails', () => {
    const context = (): string => {
      throw new Error('no context');
    };
    const asks = {
      identityPolicies: named(
        identityPolicy({ ...RETIRE, Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'x' } } }),
      ),
    };
    expect(ask(session('Ops/s1', OTHER), {}, { ...asks, context })).toBe('ImplicitDeny: the evaluation failed');
  });
});
