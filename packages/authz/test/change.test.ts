// What would have to change for an Allow.

import { describe, expect, test } from 'vitest';
import { authorize } from '../src/authorize.ts';
import { changesToAllow } from '../src/change.ts';
import { parsePolicy } from '../src/policy.ts';
import type { PolicyType } from '../src/policy-type.ts';
import type { AuthorizationRequest, NamedPolicy } from '../src/request.ts';
import {
  DEFAULT_KEY_POLICY,
  identityPolicy,
  KEY,
  named,
  OTHER,
  OWNER,
  principal,
  role,
  user,
  type Written,
} from './sample.ts';

const all = { Effect: 'Allow', Action: '*', Resource: '*' };
const none = { ...all, Action: 's3:*' };
const no = { ...all, Effect: 'Deny' };

function policy(type: PolicyType, ...Statement: readonly Written[]): NamedPolicy {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), type);
  if (!parsed.ok) throw new Error(parsed.problem);
  return { name: 'p', policy: parsed.policy };
}

function changes(over: Partial<AuthorizationRequest>) {
  const request = {
    principal: principal(role('App')),
    action: 'kms:Decrypt',
    resource: KEY,
    keyPolicy: DEFAULT_KEY_POLICY,
    keyAccount: OWNER,
    crossAccount: true,
    identityPolicies: named(identityPolicy(all)),
    ...over,
  };
  return changesToAllow(authorize(request))?.map(({ change, policyType }) => `${change}: ${policyType}`);
}

describe('the changes', () => {
  test('are none for what is allowed', () => {
    expect(changes({})).toEqual([]);
  });

  test('are one for each layer that is silent', () => {
    expect(
      changes({
        identityPolicies: [],
        boundary: policy('permissions boundary', none),
        sessionPolicies: [policy('session policy', none)],
        serviceControlPolicies: [[policy('service control policy', all)], [policy('service control policy', none)]],
        endpointPolicy: policy('VPC endpoint policy', { ...none, Principal: '*' }),
      })?.sort(),
    ).toEqual([
      'add: VPC endpoint policy',
      'add: identity policy',
      'add: permissions boundary',
      'add: service control policy',
      'add: session policy',
    ]);
  });

  test('are one statement for all levels of service control policies', () => {
    const level = [policy('service control policy', none)];
    expect(changes({ serviceControlPolicies: [level, level] })).toEqual(['add: service control policy']);
  });

  test('take away every Deny, and then add what is missing', () => {
    const identityPolicies = [policy('identity policy', no, no)];
    expect(changes({ identityPolicies })).toEqual([
      'remove: identity policy',
      'remove: identity policy',
      'add: identity policy',
    ]);
    const resourceControlPolicies = [policy('resource control policy', { ...no, Principal: '*' })];
    expect(changes({ resourceControlPolicies })).toEqual(['remove: resource control policy']);
  });

  test('need both accounts where neither says anything', () => {
    expect(changes({ principal: principal(user('Eve', OTHER)), identityPolicies: [] })).toEqual([
      'add: key policy',
      'add: identity policy',
    ]);
  });

  test('do not exist where no policy helps', () => {
    expect(changes({ principal: principal(user('Eve', OTHER)), crossAccount: false })).toBeUndefined();
    expect(changes({ action: 'kms:Nothing' })).toBeUndefined();
    expect(
      changes({ principal: principal('ec2.amazonaws.com'), keyPolicy: undefined, identityPolicies: [] }),
    ).toBeUndefined();
  });

  test('let a role in, not one of its sessions', () => {
    const session = principal(`arn:aws:sts::${OTHER}:assumed-role/App/s`);
    const request = {
      principal: session,
      action: 'kms:Decrypt',
      resource: KEY,
      keyPolicy: DEFAULT_KEY_POLICY,
      keyAccount: OWNER,
    };
    expect(changesToAllow(authorize({ ...request, crossAccount: true, identityPolicies: [] }))).toEqual([
      {
        change: 'add',
        policyType: 'key policy',
        statement: { Effect: 'Allow', Principal: { AWS: role('App', OTHER) }, Action: 'kms:Decrypt', Resource: '*' },
      },
      {
        change: 'add',
        policyType: 'identity policy',
        statement: { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY },
      },
    ]);
  });
});
