import { expect, test } from 'vitest';
import { callerOf } from '../../src/cloudtrail/callers.ts';
import { eventOf, type KmsEvent } from '../../src/cloudtrail/event.ts';
import { account, record, role, session } from './log.ts';

function rebuilt(members: Record<string, unknown>) {
  return callerOf(eventOf(record({ eventName: 'Decrypt', ...members })) as KmsEvent);
}

test('a session knows its role by the path that its own ARN leaves out', () => {
  const { caller, instead } = rebuilt({}) ?? {};
  expect(caller).toMatchObject({
    principal: { kind: 'session', arn: session['arn'], roleArn: role, account },
    region: 'us-east-1',
    session: { mfa: false, issuedAt: Date.UTC(2026, 2, 1, 8) },
    sourceIp: '192.0.2.7',
  });
  expect(instead).toBeUndefined();
});

test('users, with or without a second factor, and the root user', () => {
  const arn = `arn:aws:iam::${account}:user/Ann`;
  const sessionContext = { attributes: { mfaAuthenticated: 'true' } };
  expect(rebuilt({ userIdentity: { type: 'IAMUser', arn } })?.caller.session).toBeUndefined();
  expect(rebuilt({ userIdentity: { type: 'IAMUser', arn, sessionContext } })?.caller.session?.mfa).toBe(true);
  const root = { type: 'Root', arn: `arn:aws:iam::${account}:root`, sessionContext };
  expect(rebuilt({ userIdentity: root })?.caller.principal.kind).toBe('root');
});

test.each([
  [{ invokedBy: 's3.amazonaws.com' }, {}, 's3.us-east-1.amazonaws.com'],
  [{ invokedBy: 'AWS Internal' }, { 'aws:s3:arn': 'arn:aws:s3:::b/k' }, 's3.us-east-1.amazonaws.com'],
  [{ invokedBy: 'AWS Internal' }, { SecretARN: 'arn:aws:x' }, 'secretsmanager.us-east-1.amazonaws.com'],
  [{ invokedBy: 'AWS Internal' }, { 'aws:ebs:id': 'vol-1' }, 'ec2.us-east-1.amazonaws.com'],
  [{ invokedBy: 'AWS Internal' }, { tenant: 'acme' }, 'aws-internal.us-east-1.amazonaws.com'],
  [{}, { 'aws:s3:arn': 'arn:aws:s3:::b/k' }, undefined],
])('a call with %j and the context %j came via %s', (more, encryptionContext, service) => {
  const found = rebuilt({ userIdentity: { ...session, ...more }, requestParameters: { encryptionContext } });
  expect(found?.caller.via?.service).toBe(service);
  // A service calls from a network of its own.
  expect(found?.caller.sourceIp === undefined).toBe(service !== undefined);
});

test('a service for itself, and what it works for', () => {
  const arn = `arn:aws:logs:us-east-1:${account}:log-group:app`;
  const { caller } =
    rebuilt({
      userIdentity: { type: 'AWSService', invokedBy: 'logs.amazonaws.com' },
      requestParameters: { encryptionContext: { 'aws:logs:arn': arn } },
    }) ?? {};
  expect(caller).toMatchObject({ principal: { kind: 'service', arn: 'logs.amazonaws.com' }, source: { arn, account } });
  expect(caller?.via).toBeUndefined();
});

test('an endpoint, and an address that is none', () => {
  const { caller } = rebuilt({ vpcEndpointId: 'vpce-1', sourceIPAddress: '10.0.0.9' }) ?? {};
  expect(caller).toMatchObject({ endpoint: 'vpce-1', sourceIp: '10.0.0.9' });
  expect(rebuilt({ sourceIPAddress: 'somewhere' })?.caller.sourceIp).toBeUndefined();
});

test('who is told of less exactly is somebody instead', () => {
  const other = rebuilt({ userIdentity: { type: 'AWSAccount', accountId: '444455556666', principalId: 'AROAX:s' } });
  expect(other).toMatchObject({
    caller: { principal: { arn: 'arn:aws:iam::444455556666:root' } },
    instead: 'the root user of account 444455556666',
  });
  const ann = `arn:aws:iam::${account}:user/Ann`;
  const federated = rebuilt({
    userIdentity: {
      type: 'FederatedUser',
      arn: `arn:aws:sts::${account}:federated-user/Bob`,
      sessionContext: { sessionIssuer: { arn: ann } },
    },
  });
  expect(federated).toMatchObject({ caller: { principal: { arn: ann } }, instead: ann });
});

test.each([
  [{ type: 'IdentityCenterUser', accountId: account }],
  [{ type: 'AssumedRole', arn: `arn:aws:sts::${account}:assumed-role/aws:ec2-infrastructure/i-1` }],
  [{ type: 'IAMUser', arn: `arn:aws-cn:iam::${account}:user/Ann` }],
  [{}],
])('nobody that the simulation knows: %j', (userIdentity) => {
  expect(rebuilt({ userIdentity })).toBeUndefined();
});
