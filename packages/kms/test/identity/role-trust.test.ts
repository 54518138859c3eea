// Who may assume a role: its trust policy and the caller's own policies, as for a key.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html

import { describe, expect, test } from 'vitest';
import { trustDecision } from '../../src/identity/role-trust.ts';
import { defaultTrust } from '../../src/identity/trust.ts';
import type { Caller } from '../../src/operation.ts';
import {
  admin,
  caller,
  everything,
  ours,
  policyText,
  type StatementText,
  stranger,
  TestEngine,
  theirs,
} from '../engine.ts';

const roleArn = `arn:aws:iam::${ours}:role/App`;
const user = caller(`arn:aws:iam::${ours}:user/u`);
const may = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn } as const;

interface Asked {
  readonly trust?: StatementText | undefined;
  readonly by?: Caller;
  readonly own?: readonly StatementText[];
  readonly input?: object;
  readonly tags?: readonly (readonly [string, string])[];
}

function outcome({ by = user, input = {}, own = [], tags = [], trust }: Asked): string {
  const engine = new TestEngine();
  if (by === user) engine.attach(user.principal.arn, ...own);
  const record = { arn: roleArn, policies: [], tags };
  engine.kms.identities.put(record);
  const text = trust === undefined ? defaultTrust(ours, 'aws') : policyText(trust);
  const request = { RoleArn: roleArn, RoleSessionName: 'run-1', ...input };
  return trustDecision(engine.kms, 'sts:AssumeRole', {
    caller: by,
    input: request,
    role: record,
    account: ours,
    trust: text,
  }).outcome;
}

const trusting = (AWS: string, Condition: object = {}): StatementText => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action: 'sts:AssumeRole',
  Condition,
});

describe('a role that says nothing', () => {
  test.each<[string, Asked, string]>([
    ['is for those of its account whose own policies say so', { own: [may] }, 'Allow'],
    ['is for nobody else', {}, 'ImplicitDeny'],
    ['nor for those who may be another role', { own: [{ ...may, Resource: `${roleArn}x` }] }, 'ImplicitDeny'],
    ['nor for other accounts', { by: stranger }, 'ImplicitDeny'],
    ['nor for those whose own policies deny it', { own: [everything, { ...may, Effect: 'Deny' }] }, 'ExplicitDeny'],
  ])('%s', (_who, asked, expected) => expect(outcome(asked)).toBe(expected));
});

describe('a role that says', () => {
  test.each<[string, Asked, string]>([
    ['who by name, needs no more in its own account', { trust: trusting(user.principal.arn) }, 'Allow'],
    ['who, is not for others', { trust: trusting(user.principal.arn), by: admin }, 'ImplicitDeny'],
    ['another account, leaves it to that account', { trust: trusting(theirs), by: stranger }, 'Allow'],
    [
      'a poor principal of another account',
      { trust: trusting(theirs), by: caller(`arn:aws:iam::${theirs}:user/poor`) },
      'ImplicitDeny',
    ],
  ])('%s', (_who, asked, expected) => expect(outcome(asked)).toBe(expected));

  test.each<[string, string, object, object]>([
    ['sts:ExternalId', 'secret', { ExternalId: 'secret' }, {}],
    ['sts:RoleSessionName', 'run-1', {}, { RoleSessionName: 'other' }],
    ['sts:SourceIdentity', 'Ann', { SourceIdentity: 'Ann' }, {}],
    ['aws:RequestTag/team', 'a', { Tags: [{ Key: 'team', Value: 'a' }] }, { Tags: [{ Key: 'team', Value: 'b' }] }],
    ['aws:PrincipalAccount', ours, {}, {}],
  ])('with %s, is for those who have it', (key, value, good, bad) => {
    const trust = trusting('*', { StringEquals: { [key]: value } });
    expect(outcome({ trust, input: good })).toBe('Allow');
    const wrong = { trust, input: bad, by: key === 'aws:PrincipalAccount' ? stranger : user };
    expect(outcome(wrong)).toBe('ImplicitDeny');
  });

  test('its tags are seen by the callers’ own policies', () => {
    const tagged = { ...may, Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } };
    expect(outcome({ own: [tagged], tags: [['team', 'a']] })).toBe('Allow');
    expect(outcome({ own: [tagged] })).toBe('ImplicitDeny');
  });
});
