// What conditions learn of the caller and of the way of the call: each lets one call in and keeps its neighbour out.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

import { describe, expect, test } from 'vitest';
import type { Caller } from '../src/operation.ts';
import { admin, caller, delegatingTo, everything, home, ours, policyText, TestEngine, theirs } from './engine.ts';

const user = caller(`arn:aws:iam::${ours}:user/u`);
const session = caller(`arn:aws:sts::${ours}:assumed-role/App/s`);
const service = caller('s3.amazonaws.com');
const role = `arn:aws:iam::${ours}:role/team/App`;
const bucket = 'arn:aws:s3:::bucket';

// A world with an organization, an endpoint, tags, and a key whose policy lets everybody in under one condition.
function world(condition: object) {
  const engine = new TestEngine();
  const controls = { serviceControls: [{ name: 'all', text: policyText(everything) }], resourceControls: [] };
  const unit = { id: 'ou-1', ...controls, units: [], accounts: [{ id: ours, ...controls }] };
  engine.kms.organizations.put({ id: 'o-1', root: { id: 'r-1', ...controls, accounts: [], units: [unit] } });
  engine.kms.endpoints.put({ id: 'vpce-1', vpc: 'vpc-1', account: ours });
  const named = [{ name: 'p', text: policyText(everything) }];
  for (const arn of [user.principal.arn, role])
    engine.kms.identities.put({ arn, policies: named, tags: [['Team', 'orders']] });
  const allow = {
    Effect: 'Allow',
    Principal: '*',
    Action: 'kms:DescribeKey',
    Resource: '*',
    Condition: condition,
  } as const;
  const account = JSON.parse(delegatingTo(theirs)).Statement as never[];
  const { Arn } = engine.createKey({ Policy: policyText(...account, allow), BypassPolicyLockoutSafetyCheck: true });
  return (by: Caller): boolean => {
    try {
      engine.call('DescribeKey', { KeyId: Arn }, by);
      return true;
    } catch {
      expect(engine.error('DescribeKey', { KeyId: Arn }, by).code).toBe('AccessDeniedException');
      return false;
    }
  };
}

const via = { service: `s3.${home}.amazonaws.com` };
const empty = { policies: [] };
const start = Date.UTC(2026, 0, 1);

const cases: readonly (readonly [key: string, value: string, good: Caller, bad: Caller])[] = [
  ['kms:ViaService', via.service, { ...user, via }, user],
  ['aws:ViaAWSService', 'true', { ...user, via }, user],
  ['aws:CalledViaFirst', 's3.amazonaws.com', { ...user, via }, user],
  ['aws:CalledViaLast', 's3.amazonaws.com', { ...user, via }, user],
  ['kms:CallerAccount', ours, { ...user, via }, service],
  ['aws:PrincipalOrgID', 'o-1', user, service],
  ['aws:PrincipalIsAWSService', 'true', service, { ...user, via }],
  ['aws:SourceArn', bucket, { ...service, source: { arn: bucket } }, service],
  ['aws:SourceAccount', ours, { ...service, source: { account: ours } }, { ...service, source: { account: theirs } }],
  ['aws:SourceOrgID', 'o-1', { ...service, source: { account: ours } }, { ...service, source: { account: theirs } }],
  ['aws:SourceVpce', 'vpce-1', { ...user, endpoint: 'vpce-1' }, user],
  ['aws:SourceVpc', 'vpc-1', { ...user, endpoint: 'vpce-1' }, { ...user, endpoint: 'vpce-1', via }],
  ['aws:SourceVpcArn', `arn:aws:ec2:${home}:${ours}:vpc/vpc-1`, { ...user, endpoint: 'vpce-1' }, user],
  ['aws:VpceAccount', ours, { ...user, endpoint: 'vpce-1' }, user],
  ['aws:VpceOrgID', 'o-1', { ...user, endpoint: 'vpce-1' }, user],
  [
    'aws:VpcSourceIp',
    '10.0.0.1',
    { ...user, endpoint: 'vpce-1', sourceIp: '10.0.0.1' },
    { ...user, sourceIp: '10.0.0.1' },
  ],
  [
    'aws:SourceIp',
    '192.0.2.7',
    { ...user, sourceIp: '192.0.2.7' },
    { ...user, sourceIp: '192.0.2.7', endpoint: 'vpce-1' },
  ],
  ['aws:SourceIp', '192.0.2.7', { ...user, sourceIp: '192.0.2.7' }, { ...user, sourceIp: '192.0.2.7', via }],
  ['aws:PrincipalTag/team', 'orders', user, admin],
  ['aws:PrincipalTag/Team', 'orders', session, { ...session, session: { ...empty, tags: [['team', 'other']] } }],
  ['aws:PrincipalTag/new', 'yes', { ...session, session: { ...empty, tags: [['new', 'yes']] } }, session],
  ['aws:SourceIdentity', 'Ann', { ...session, session: { ...empty, sourceIdentity: 'Ann' } }, session],
  ['aws:MultiFactorAuthPresent', 'true', { ...user, session: { ...empty, mfa: true } }, session],
  ['aws:MultiFactorAuthPresent', 'false', session, user],
  // What calls as a role has temporary credentials, whether a session is named or not.
  ['aws:MultiFactorAuthPresent', 'false', caller(role), user],
  ['aws:PrincipalTag/Ämter', 'ja', { ...session, session: { ...empty, tags: [['Ämter', 'ja']] } }, session],
  ['aws:TokenIssueTime', '2026-01-01T00:00:00.000Z', { ...session, session: { ...empty, issuedAt: start } }, session],
];

describe('one call is let in, its neighbour is not', () => {
  test.each(cases)('%s is %s', (key, value, good, bad) => {
    const operator = /Time$/.test(key) ? 'DateEquals' : /Ip$/.test(key) ? 'IpAddress' : 'StringEquals';
    const allowed = world({ [operator]: { [key]: value } });
    expect(allowed(good)).toBe(true);
    expect(allowed(bad)).toBe(false);
  });

  test.each([
    ['aws:CalledVia', 's3.amazonaws.com', { ...user, via }, user],
    ['aws:PrincipalOrgPaths', 'o-1/r-1/ou-1/*', user, service],
    ['aws:PrincipalServiceNamesList', 's3.amazonaws.com', service, user],
    ['aws:SourceOrgPaths', 'o-1/r-1/ou-1/', { ...service, source: { account: ours } }, service],
    ['aws:VpceOrgPaths', 'o-1/*', { ...user, endpoint: 'vpce-1' }, user],
  ] as const)('%s has %s among its values', (key, value, good, bad) => {
    const allowed = world({ 'ForAnyValue:StringLike': { [key]: value } });
    expect(allowed(good)).toBe(true);
    expect(allowed(bad)).toBe(false);
  });
});

test.each([
  ['StringEquals', 'aws:ResourceOrgID', 'o-1', 'o-2'],
  ['ForAnyValue:StringLike', 'aws:ResourceOrgPaths', 'o-1/r-1/*', 'o-1/r-2/*'],
  ['StringEquals', 'aws:PrincipalAccount', ours, theirs],
  ['StringEquals', 'aws:PrincipalType', 'User', 'AssumedRole'],
  ['StringEquals', 'aws:username', 'u', 'v'],
  ['StringLike', 'aws:userid', 'AIDA*', 'AROA*'],
])('%s of %s: %s and not %s', (operator, key, right, wrong) => {
  expect(world({ [operator]: { [key]: right } })(user)).toBe(true);
  expect(world({ [operator]: { [key]: wrong } })(user)).toBe(false);
});

test('aws:userid of a session ends in its name', () => {
  expect(world({ StringLike: { 'aws:userid': 'AROA*:s' } })(session)).toBe(true);
});

test('aws:PrincipalArn of a session is its role, with the path where it is known', () => {
  const engine = new TestEngine();
  engine.attach(role, everything);
  const { principal } = session;
  expect(engine.kms.identities.complete(principal).roleArn).toBe(role);
  expect(
    world({ ArnEquals: { 'aws:PrincipalArn': role } })({ ...session, principal: { ...principal, roleArn: role } }),
  ).toBe(true);
});

describe('kms:GrantIsForAWSResource', () => {
  test('is true for what a service asks for somebody', () => {
    const engine = new TestEngine();
    const Condition = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
    const who = engine.attach(user.principal.arn, { Effect: 'Allow', Action: 'kms:*', Resource: '*', Condition });
    const { KeyId } = engine.createKey();
    const outcome = (by: Caller, operation: 'ListGrants' | 'CreateGrant' | 'RevokeGrant' | 'DescribeKey') =>
      engine.kms.explain({ caller: by, operation, keyId: KeyId })[0]?.outcome;
    for (const operation of ['CreateGrant', 'ListGrants', 'RevokeGrant'] as const) {
      expect(outcome({ ...who, via }, operation)).toBe('Allow');
      expect(outcome(who, operation)).toBe('ImplicitDeny');
    }
    expect(outcome({ ...who, via }, 'DescribeKey')).toBe('ImplicitDeny');
  });
});

test('kms:ViaService is about keys: a call without one does not have it', () => {
  const engine = new TestEngine();
  const Condition = { StringEquals: { 'kms:ViaService': via.service } };
  const who = engine.attach(user.principal.arn, { Effect: 'Allow', Action: 'kms:*', Resource: '*', Condition });
  expect(engine.refusal('ListKeys', {}, { ...who, via }).code).toBe('AccessDeniedException');
});

test('the key of a service is used through that service, and in no other way', () => {
  const engine = new TestEngine();
  const KeyId = 'alias/aws/s3';
  const Plaintext = new Uint8Array(4);
  const { CiphertextBlob } = engine.call('Encrypt', { KeyId, Plaintext }, { ...admin, via });
  expect(engine.call('Decrypt', { CiphertextBlob }, { ...admin, via }).Plaintext).toEqual(Plaintext);
  expect(engine.refusal('Encrypt', { KeyId, Plaintext }).code).toBe('AccessDeniedException');
  const other = { service: `sqs.${home}.amazonaws.com` };
  expect(engine.refusal('Encrypt', { KeyId, Plaintext }, { ...admin, via: other }).code).toBe('AccessDeniedException');
});
