// How a caller is described: sessions, services in between, endpoints, addresses; and the mistakes in it.

import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { type CallerOptions, createKmsim, type Kmsim, type SessionOptions } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const role = 'arn:aws:iam::000000000000:role/team/App';
const session = 'arn:aws:sts::000000000000:assumed-role/App/run-1';
const user = 'arn:aws:iam::000000000000:user/Ann';
const allow = (Action: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action, Resource: '*', ...more },
});

function simulation(): Kmsim {
  return createKmsim({
    seed: 1,
    identities: [
      { arn: role, policies: { all: allow('kms:*') }, tags: { team: 'orders' } },
      { arn: user, policies: { all: allow('kms:*') } },
    ],
    endpoints: [{ id: 'vpce-1', vpc: 'vpc-1', policy: allow('kms:ListKeys', { Principal: '*' }) }],
  });
}

const denied = { name: 'AccessDeniedException' };

describe('a session', () => {
  test('is the role under another name, narrowed to its policies', async () => {
    const sim = simulation();
    const options = { session: { name: 'run-1', policies: { reading: allow('kms:List*') } } };
    expect(sim.caller({ as: role, ...options }).principal).toMatchObject({
      kind: 'session',
      arn: session,
      roleArn: role,
    });
    await expect(sim.as(role, options).listKeys()).resolves.toHaveProperty('Keys');
    await expect(sim.as(role, options).createKey()).rejects.toThrow(
      'because no session policy allows the kms:CreateKey',
    );
    await expect(sim.as(role).createKey()).resolves.toHaveProperty('KeyMetadata');
  });

  test('is called kmsim unless it is named, and may be named by its ARN', async () => {
    const sim = simulation();
    expect(sim.caller({ as: role, session: {} }).principal.arn).toMatch(/assumed-role\/App\/kmsim$/);
    expect(sim.caller({ as: session }).principal).toMatchObject({ arn: session, roleArn: role });
    const policies = { reading: JSON.stringify(allow('kms:List*')) };
    await expect(sim.as(session, { session: { policies } }).createKey()).rejects.toMatchObject(denied);
  });

  test('has tags, a source identity, a second factor', async () => {
    const sim = simulation();
    const conditions: readonly (readonly [object, SessionOptions])[] = [
      [{ 'aws:PrincipalTag/team': 'orders' }, {}],
      [{ 'aws:PrincipalTag/team': 'billing' }, { tags: { team: 'billing' } }],
      [{ 'aws:SourceIdentity': 'Ann' }, { sourceIdentity: 'Ann' }],
      [{ 'aws:MultiFactorAuthPresent': 'true' }, { mfa: true }],
    ];
    const tags = { team: 'orders' };
    for (const [StringEquals, options] of conditions) {
      sim.identities.put({ arn: role, tags, policies: { p: allow('kms:ListKeys', { Condition: { StringEquals } }) } });
      await expect(sim.as(role, { session: options }).listKeys()).resolves.toHaveProperty('Keys');
      const other = { tags: { team: 'none' } };
      await expect(sim.as(role, { session: other }).listKeys()).rejects.toMatchObject(denied);
    }
  });

  test('of a user has at most a second factor', () => {
    expect(simulation().caller({ as: user, session: { mfa: true } }).principal.arn).toBe(user);
  });

  const wrong: readonly (readonly [string, unknown, string, RegExp])[] = [
    [user, { name: 'x1' }, 'InvalidSession', /user\/Ann is a user, whose session has no name, policies or tags\. Say/],
    [user, { policies: {} }, 'InvalidSession', /is a user/],
    ['arn:aws:iam::000000000000:root', {}, 'InvalidSession', /root has no sessions/],
    ['s3.amazonaws.com', {}, 'InvalidSession', /s3\.amazonaws\.com has no sessions/],
    [session, { name: 'other' }, 'InvalidSession', /has a session name already/],
    [role, { name: 'a b' }, 'InvalidOption', /name is a name of 2 to 64 letters/],
    [role, { nam: 'x' }, 'InvalidOption', /A session has no option "nam"\. Did you mean name\?/],
    [
      role,
      { policies: [] },
      'InvalidPolicy',
      /session: policies are an object of named policies, not that list\. .* policies: \{ anyName: policy \}\.$/,
    ],
    [role, { policies: { bad: '{' } }, 'InvalidPolicy', /^session policy bad: Policy is not valid JSON/],
    [role, { tags: { team: 1 } }, 'InvalidOption', /the value of "team" is no text/],
    [role, { tags: 'x' }, 'InvalidOption', /session: tags are an object of strings, not "x"/],
    [role, { mfa: 'yes' }, 'InvalidOption', /mfa is true or false/],
  ];

  test.each(wrong)('%s with %j is refused', (as, options, code, message) => {
    const sim = simulation();
    const error = kmsimErrorOf(() => sim.as(as, { session: options as SessionOptions }));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});

describe('the way of a call', () => {
  test('via a service', async () => {
    const sim = simulation();
    const KeyId = 'alias/aws/s3';
    const input = { KeyId, KeySpec: 'AES_256' } as const;
    await expect(sim.as(user, { via: 's3' }).generateDataKey(input)).resolves.toHaveProperty('Plaintext');
    await expect(sim.as(user).generateDataKey(input)).rejects.toMatchObject(denied);
    expect(sim.caller({ via: 's3', region: 'eu-west-1' }).via).toEqual({ service: 's3.eu-west-1.amazonaws.com' });
    expect(sim.caller({ via: 'sqs.us-east-2.amazonaws.com' }).via).toEqual({ service: 'sqs.us-east-2.amazonaws.com' });
    expect(sim.explain({ as: user, via: 's3', operation: 'GenerateDataKey', keyId: KeyId }).allowed).toBe(true);
    expect(sim.explain({ as: user, operation: 'GenerateDataKey', keyId: KeyId }).allowed).toBe(false);
  });

  test('through an endpoint, by every door', async () => {
    const sim = simulation();
    const options = { as: user, endpoint: 'vpce-1' };
    const client = new KMSClient(sim.clientConfig(options));
    await expect(client.send(new ListKeysCommand({}))).resolves.toHaveProperty('Keys');
    await expect(sim.as(user, { endpoint: 'vpce-1' }).createKey()).rejects.toThrow('no VPC endpoint policy allows');
    expect(sim.explain({ ...options, operation: 'CreateKey' }).decisions[0]?.reason).toBe(
      'no VPC endpoint policy allows it',
    );
  });

  test('a service by itself, for a resource', async () => {
    const sim = simulation();
    const Condition = {
      StringEquals: { 'aws:SourceAccount': '111122223333' },
      ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:t' },
    };
    const { KeyMetadata } = await sim.as().createKey({
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'kms:*', Resource: '*' },
          { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'kms:*', Resource: '*', Condition },
        ],
      }),
    });
    const KeyId = KeyMetadata?.Arn ?? '';
    const sourceArn = 'arn:aws:sns:us-east-1:111122223333:t';
    await expect(sim.as('sns.amazonaws.com', { sourceArn }).describeKey({ KeyId })).resolves.toHaveProperty(
      'KeyMetadata',
    );
    const foreign = { sourceArn, sourceAccount: '444455556666' };
    await expect(sim.as('sns.amazonaws.com', foreign).describeKey({ KeyId })).rejects.toMatchObject(denied);
    await expect(sim.as('sns.amazonaws.com').describeKey({ KeyId })).rejects.toMatchObject(denied);
    // The ARN of a bucket names no account.
    expect(sim.caller({ as: 's3.amazonaws.com', sourceArn: 'arn:aws:s3:::b' }).source).toEqual({
      arn: 'arn:aws:s3:::b',
    });
  });

  const wrong: readonly (readonly [CallerOptions, string, RegExp])[] = [
    [{ endpoint: 'vpce-2' }, 'UnknownEndpoint', /no VPC endpoint "vpce-2"\. Define it first/],
    [{ via: 's3', endpoint: 'vpce-1' }, 'InvalidOption', /A call via s3 comes from that service: leave endpoint out/],
    [{ via: 's3', sourceIp: '192.0.2.1' }, 'InvalidOption', /leave sourceIp out/],
    [{ via: 's3', as: 'sns.amazonaws.com' }, 'InvalidOption', /leave the service principal out/],
    [{ via: 'S3' }, 'InvalidOption', /via is the name of a service \('s3'\), not "S3"/],
    [{ sourceArn: 'arn:aws:s3:::b' }, 'InvalidOption', /sourceArn is for calls that a service makes by itself/],
    [{ sourceAccount: '111122223333' }, 'InvalidOption', /sourceAccount is for calls/],
    [{ as: 's3.amazonaws.com', sourceAccount: '1' }, 'InvalidOption', /sourceAccount is an account id/],
    [{ as: 's3.amazonaws.com', sourceArn: 'b' }, 'InvalidOption', /sourceArn is an ARN/],
    [{ sourceIp: 'localhost' }, 'InvalidOption', /sourceIp is an IP address/],
  ];

  test.each(wrong)('%j is refused by every door', (options, code, message) => {
    const sim = simulation();
    for (const use of [
      () => sim.caller(options),
      () => sim.clientConfig(options),
      () => sim.explain({ ...options, operation: 'ListKeys' }),
    ]) {
      const error = kmsimErrorOf(use);
      expect(error.code).toBe(code);
      expect(error.message).toMatch(message);
    }
  });
});
