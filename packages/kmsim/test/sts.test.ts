// STS over HTTP: who am I, be that role for a while, and use KMS as that role.

import { KMS } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim, type KmsimServer, serve } from '../src/index.ts';
import { whyNoAwsCli } from './aws-cli.ts';
import { start } from './child.ts';
import { failureOf } from './doors/doors.ts';
import { type Credentials, credentialsOf, sts } from './sts-request.ts';

const root = { accessKeyId: 'test', secretAccessKey: 'test' };
const RoleArn = 'arn:aws:iam::000000000000:role/App';
const input = { RoleArn, RoleSessionName: 'run-1' };
const allow = (Action: string) => ({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } });

function simulation(): Kmsim {
  return createKmsim({ seed: 'sts', identities: [{ arn: RoleArn, policies: { kms: allow('kms:*') } }] });
}

function sdk(server: KmsimServer, credentials: Credentials): KMS {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const given = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
  return new KMS({ endpoint: server.url, region: 'us-east-1', credentials: given, maxAttempts: 1 });
}

describe('GetCallerIdentity', () => {
  test('says who signed', async () => {
    await using server = await serve(simulation());
    const reply = await sts(server.url, root, 'GetCallerIdentity');
    expect([reply.status, reply.type]).toEqual([200, 'text/xml']);
    expect(reply.element('Arn')).toBe('arn:aws:iam::000000000000:user/administrator');
    expect(reply.element('Account')).toBe('000000000000');
    expect(reply.element('UserId')).toMatch(/^AIDA/);
    expect(reply.element('RequestId')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    ['a wrong secret', { ...root, secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'],
    ['an unknown access key', { ...root, accessKeyId: 'AKIAUNKNOWN' }, 'InvalidClientTokenId'],
    ['a token that nobody gave', { ...root, sessionToken: 'x' }, 'InvalidClientTokenId'],
  ])('%s is refused in XML', async (_what, credentials, code) => {
    await using server = await serve(simulation());
    const reply = await sts(server.url, credentials, 'GetCallerIdentity');
    expect([reply.status, reply.element('Code'), reply.element('Type')]).toEqual([403, code, 'Sender']);
  });

  test('no signature, no answer, also where none is checked', async () => {
    for (const credentials of ['strict', 'permissive'] as const) {
      await using server = await serve(simulation(), { credentials });
      const body = new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' });
      expect((await fetch(server.url, { method: 'POST', body })).status).toBe(415);
    }
  });
});

describe('AssumeRole', () => {
  test('gives credentials that sign calls to KMS and STS', async () => {
    const sim = simulation();
    await using server = await serve(sim);
    const reply = await sts(server.url, root, 'AssumeRole', input);
    expect(reply.element('Expiration')).toBe('2026-01-01T01:00:00Z');
    const credentials = credentialsOf(reply);
    expect(credentials.accessKeyId).toMatch(/^ASIA/);
    const kms = sdk(server, credentials);
    const { KeyMetadata } = await kms.createKey({});
    const { CiphertextBlob } = await kms.encrypt({ KeyId: KeyMetadata?.KeyId, Plaintext: new Uint8Array(4) });
    await expect(kms.decrypt({ CiphertextBlob })).resolves.toMatchObject({ Plaintext: new Uint8Array(4) });
    const who = await sts(server.url, credentials, 'GetCallerIdentity');
    expect(who.element('Arn')).toBe('arn:aws:sts::000000000000:assumed-role/App/run-1');
    expect(who.element('UserId')).toBe(reply.element('AssumedRoleId'));
  });

  test('a session policy narrows what they may do', async () => {
    await using server = await serve(simulation());
    const Policy = JSON.stringify(allow('kms:List*'));
    const kms = sdk(server, credentialsOf(await sts(server.url, root, 'AssumeRole', { ...input, Policy })));
    await expect(kms.listKeys({})).resolves.toMatchObject({ Keys: [] });
    expect(await failureOf(kms.createKey({}))).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('because no session policy allows the kms:CreateKey action'),
    });
  });

  test('they need their token, and no other', async () => {
    await using server = await serve(simulation());
    const credentials = credentialsOf(await sts(server.url, root, 'AssumeRole', input));
    const another = credentialsOf(await sts(server.url, root, 'AssumeRole', input));
    const { sessionToken: _, ...without } = credentials;
    for (const wrong of [without, { ...credentials, sessionToken: another.sessionToken }]) {
      expect(await failureOf(sdk(server, wrong).listKeys({}))).toMatchObject({ name: 'UnrecognizedClientException' });
      expect((await sts(server.url, wrong, 'GetCallerIdentity')).element('Code')).toBe('InvalidClientTokenId');
    }
  });

  test('they end with their time, on the clock of the simulation', async () => {
    const sim = simulation();
    await using server = await serve(sim);
    const reply = await sts(server.url, root, 'AssumeRole', { ...input, DurationSeconds: '900' });
    const credentials = credentialsOf(reply);
    sim.clock.advance('899 seconds');
    await expect(sdk(server, credentials).listKeys({})).resolves.toHaveProperty('Keys');
    sim.clock.advance('1 second');
    expect(await failureOf(sdk(server, credentials).listKeys({}))).toMatchObject({ name: 'ExpiredTokenException' });
    const late = await sts(server.url, credentials, 'GetCallerIdentity');
    expect([late.status, late.element('Code')]).toEqual([403, 'ExpiredToken']);
  });

  test('the trust policy of a role is asked', async () => {
    const sim = simulation();
    await using server = await serve(sim);
    const AWS = 'arn:aws:iam::111122223333:root';
    const trust = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' },
    };
    sim.identities.put({ arn: RoleArn, trust });
    const reply = await sts(server.url, root, 'AssumeRole', input);
    expect([reply.status, reply.element('Code'), reply.element('Message')]).toEqual([
      403,
      'AccessDenied',
      `User: arn:aws:iam::000000000000:user/administrator is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    ]);
  });

  test('where signatures are not checked the session is the session all the same', async () => {
    await using server = await serve(simulation(), { credentials: 'permissive' });
    const credentials = credentialsOf(await sts(server.url, root, 'AssumeRole', input));
    const who = await sts(server.url, { ...credentials, secretAccessKey: 'any' }, 'GetCallerIdentity');
    expect(who.element('Arn')).toBe('arn:aws:sts::000000000000:assumed-role/App/run-1');
  });

  test('those of before a mark are good after going back there, and in a fork; later ones stand for nobody', async () => {
    const sim = simulation();
    const admin = 'arn:aws:iam::000000000000:role/Admin';
    sim.identities.put({ arn: admin });
    await using server = await serve(sim);
    const before = credentialsOf(await sts(server.url, root, 'AssumeRole', input));
    const mark = sim.mark();
    const later = credentialsOf(await sts(server.url, root, 'AssumeRole', input));
    for (let time = 0; time < 2; time++) {
      sim.rewind(mark);
      await expect(sdk(server, before).listKeys({})).resolves.toHaveProperty('Keys');
      expect(await failureOf(sdk(server, later).listKeys({}))).toMatchObject({ name: 'UnrecognizedClientException' });
      // The same turn, taken by somebody else.
      const other = credentialsOf(await sts(server.url, root, 'AssumeRole', { ...input, RoleArn: admin }));
      expect(other.accessKeyId).not.toBe(later.accessKeyId);
      expect(await failureOf(sdk(server, later).listKeys({}))).toMatchObject({ name: 'UnrecognizedClientException' });
    }
    await using second = await serve(sim.fork());
    await expect(sdk(second, before).listKeys({})).resolves.toHaveProperty('Keys');
    sim.clock.advance('1 hour');
    expect(await failureOf(sdk(server, before).listKeys({}))).toMatchObject({ name: 'ExpiredTokenException' });
  });

  test('a simulation that has ended gives none', async () => {
    const sim = simulation();
    await using server = await serve(sim);
    sim.close();
    const reply = await sts(server.url, root, 'AssumeRole', input);
    expect([reply.status, reply.element('Code')]).toEqual([503, 'ServiceUnavailable']);
  });
});

const reason = whyNoAwsCli();

test.skipIf(reason !== undefined)(
  `the AWS CLI${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  { timeout: 60_000 },
  async () => {
    const sim = simulation();
    await using server = await serve(sim);
    async function aws(args: readonly string[], { accessKeyId, secretAccessKey, sessionToken }: Credentials) {
      const env = {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_MAX_ATTEMPTS: '1',
        AWS_PAGER: '',
        NO_PROXY: '127.0.0.1',
        no_proxy: '127.0.0.1',
      };
      const all = [...args, '--endpoint-url', server.url, '--output', 'json'];
      return start('aws', all, { env, timeout: 30_000 }).ended;
    }
    const me = await aws(['sts', 'get-caller-identity'], root);
    expect(JSON.parse(me.stdout)).toMatchObject({ Arn: 'arn:aws:iam::000000000000:user/administrator' });
    const assume = ['sts', 'assume-role', '--role-arn', RoleArn, '--role-session-name', 'run-1'];
    const { Credentials: given } = JSON.parse((await aws(assume, root)).stdout);
    const session = {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      sessionToken: given.SessionToken,
    };
    const { KeyMetadata } = JSON.parse((await aws(['kms', 'create-key'], session)).stdout);
    expect(KeyMetadata.AWSAccountId).toBe('000000000000');
    const refused = await aws([...assume.slice(0, 3), `${RoleArn}x`, ...assume.slice(4)], root);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('An error occurred (AccessDenied) when calling the AssumeRole operation: User: ');
  },
);
