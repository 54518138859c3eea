// userIdentity, and where a call comes from.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html

import { parsePrincipal } from '@kmsim/authz';
import { expect, test } from 'vitest';
import type { CloudTrailRecord } from '../../src/audit/record.ts';
import type { Caller } from '../../src/operation.ts';
import { caller, everything, home, ours, TestEngine } from '../engine.ts';

const engine = new TestEngine({ keep: 100 });

function eventBy(by: Caller): CloudTrailRecord {
  try {
    engine.call('ListKeys', {}, by);
  } catch {
    // A refusal has an event, too.
  }
  return engine.kms.trail?.records().at(-1) ?? expect.fail('no event');
}

const role = `arn:aws:iam::${ours}:role/path/App`;
const principal = parsePrincipal(`arn:aws:sts::${ours}:assumed-role/App/i-1`) ?? expect.fail();

test('a session has the role that issued it, its date and its factors', () => {
  engine.attach(role, everything);
  const session = { policies: [], mfa: false, sourceIdentity: 'Ann', issuedAt: Date.UTC(2025, 9, 27, 0, 0, 52, 900) };
  const { userIdentity } = eventBy({ principal: { ...principal, roleArn: role }, region: home, session });
  const issuer = userIdentity.principalId?.replace(':i-1', '');
  expect(issuer).toMatch(/^AROA[A-Z2-7]{17}$/);
  expect(userIdentity).toEqual({
    type: 'AssumedRole',
    principalId: `${issuer}:i-1`,
    arn: principal.arn,
    accountId: ours,
    accessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: issuer, arn: role, accountId: ours, userName: 'App' },
      attributes: { creationDate: '2025-10-27T00:00:52Z', mfaAuthenticated: 'false' },
      sourceIdentity: 'Ann',
    },
  });
});

test('a user with a second factor has a session without an issuer', () => {
  const user = caller(`arn:aws:iam::${ours}:user/Ann`);
  expect(eventBy(user).userIdentity).not.toHaveProperty('sessionContext');
  const { userIdentity } = eventBy({ ...user, session: { policies: [], mfa: true } });
  expect(userIdentity.sessionContext).toEqual({
    attributes: { creationDate: '2026-01-01T00:00:00Z', mfaAuthenticated: 'true' },
  });
});

test('the root user, and services that call by themselves', () => {
  const root = `arn:aws:iam::${ours}:root`;
  expect(eventBy(caller(root)).userIdentity).toMatchObject({ type: 'Root', principalId: ours, arn: root });
  const service = { ...caller('cloudtrail.amazonaws.com'), source: { account: ours } };
  expect(eventBy(service)).toMatchObject({
    userIdentity: { type: 'AWSService', invokedBy: 'cloudtrail.amazonaws.com' },
    sourceIPAddress: 'cloudtrail.amazonaws.com',
    userAgent: 'cloudtrail.amazonaws.com',
    recipientAccountId: ours,
  });
});

test('a service in between stands where address and program would', () => {
  const user = caller(`arn:aws:iam::${ours}:user/Ann`);
  const client = { host: 'localhost', userAgent: 'cli' };
  expect(eventBy({ ...user, via: { service: 's3.us-east-1.amazonaws.com' }, client })).toMatchObject({
    userIdentity: { invokedBy: 's3.amazonaws.com', arn: user.principal.arn },
    sourceIPAddress: 's3.amazonaws.com',
    userAgent: 's3.amazonaws.com',
  });
  expect(eventBy({ ...user, via: { service: 's3.us-east-1.amazonaws.com' }, client })).not.toHaveProperty('tlsDetails');
});

test('an endpoint is named, an address is the one that policies see, and a program is cut off at 1 KB', () => {
  const user = { ...caller(`arn:aws:iam::${ours}:user/Ann`), endpoint: 'vpce-1', sourceIp: '10.0.0.7' };
  const event = eventBy({ ...user, client: { userAgent: 'x'.repeat(2_000), address: '127.0.0.1' } });
  expect(event).toMatchObject({ vpcEndpointId: 'vpce-1', sourceIPAddress: '10.0.0.7' });
  expect(event.userAgent).toHaveLength(1_024);
});

test('ids are those of the world: the same principal has others elsewhere', () => {
  const elsewhere = new TestEngine({ seed: 'another', keep: 1 });
  const user = caller(`arn:aws:iam::${ours}:user/Ann`);
  const here = eventBy(user).userIdentity.principalId;
  expect(() => elsewhere.call('ListKeys', {}, user)).toThrow();
  expect(elsewhere.kms.trail?.records()[0]?.userIdentity.principalId).not.toBe(here);
});
