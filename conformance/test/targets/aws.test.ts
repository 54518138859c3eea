// The real AWS, with a stand-in on loopback in its place: what it is asked, and that nothing is left behind.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AwsTarget, openAws } from '../../src/targets/aws.ts';
import { type Asked, account, identities, json, type StandIn, standIn } from './stand-in.ts';

let server: StandIn;
let answers: (operation: string, body: Record<string, unknown>, asked: Asked) => [status: number, body: unknown];

beforeEach(async () => {
  answers = () => [200, {}];
  server = await standIn((asked, response) => {
    if (asked.body.startsWith('Action')) response.end(identities.sts);
    else json(response, ...answers(operationOf(asked), JSON.parse(asked.body) as Record<string, unknown>, asked));
  });
});
afterEach(() => server.close());
afterEach(() => vi.unstubAllEnvs());

const operationOf = ({ headers }: Asked): string => String(headers['x-amz-target']).replace('TrentService.', '');
const credentials = async () => ({ accessKeyId: 'AMBIENT', secretAccessKey: 'secret', sessionToken: 'token' });
const open = (more: object = {}): Promise<AwsTarget> =>
  openAws({ region: 'eu-west-1', credentials, addresses: () => server.url, timeLimitMs: 2000, pauseMs: 1, ...more });

const keyArn = (region: string, id: string): string => `arn:aws:kms:${region}:${account}:key/${id}`;
const created = (region: string, id: string): unknown => ({ KeyMetadata: { Arn: keyArn(region, id), KeyId: id } });

describe('it is asked', () => {
  test('by whom the credentials belong to, in the Region that was said', async () => {
    const target = await open();
    expect(target).toMatchObject({
      account,
      callerArn: `arn:aws:sts::${account}:assumed-role/Tester/me`,
      region: 'eu-west-1',
    });
    await target.call({ operation: 'ListKeys', region: 'us-west-2', body: { Limit: 1 } });
    expect(server.asked[1]).toMatchObject({
      body: '{"Limit":1}',
      headers: {
        authorization: expect.stringMatching(/Credential=AMBIENT\/\d{8}\/us-west-2\/kms\//),
        'x-amz-security-token': 'token',
      },
    });
  });

  test('by the SDK, when a scenario is recorded', async () => {
    const target = await open({ bySdk: true });
    await target.call({ operation: 'ListKeys', region: 'eu-west-1', body: {} });
    expect(server.asked.at(-1)?.headers['user-agent']).toContain('aws-sdk-js');
    await target.call({ operation: 'GenerateRandom', region: 'eu-west-1', body: { NumberOfBytes: null } });
    expect(server.asked.at(-1)).toMatchObject({ body: '{"NumberOfBytes":null}' });
    expect(server.asked.at(-1)?.headers['user-agent']).toBeUndefined();
  });

  test('with the ambient credentials and Region, by the default chain of the SDK', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'FROMENV');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_REGION', 'ap-south-1');
    const target = await openAws({ addresses: () => server.url, timeLimitMs: 2000 });
    await target.call({ operation: 'ListKeys', region: 'ap-south-1', body: {} });
    expect(target.region).toBe('ap-south-1');
    expect(server.asked.at(-1)?.headers['authorization']).toMatch(/Credential=FROMENV\/\d{8}\/ap-south-1\/kms\//);
  });

  test('at the addresses of its services', async () => {
    const seen: string[] = [];
    await open({
      addresses: (service: string, region: string) => {
        seen.push(`${service} ${region}`);
        return server.url;
      },
    });
    expect(new Set(seen)).toEqual(new Set(['kms eu-west-1', 'sts eu-west-1']));
  });

  test('again when it throttles, and not for ever', async () => {
    let left = 2;
    answers = () => (left-- > 0 ? [400, { __type: 'ThrottlingException' }] : [200, { Keys: [] }]);
    const target = await open();
    const request = { operation: 'ListKeys', region: 'eu-west-1', body: {} };
    expect(await target.call(request)).toEqual({ status: 200, body: { Keys: [] } });
    answers = () => [400, { __type: 'ThrottlingException' }];
    expect(await target.call(request)).toEqual({ status: 400, body: { __type: 'ThrottlingException' } });
    expect(server.asked).toHaveLength(1 + 3 + 7);
  });
});

describe('the clean-up', () => {
  const create = (target: AwsTarget, operation: string): Promise<unknown> =>
    target.call({ operation, region: 'eu-west-1', body: {} });

  test('schedules the deletion of every key that was created, the replicas first', async () => {
    const target = await open();
    answers = () => [200, created('eu-west-1', 'one')];
    await create(target, 'CreateKey');
    answers = () => [200, { ReplicaKeyMetadata: { Arn: keyArn('us-west-2', 'one'), KeyId: 'one' } }];
    await create(target, 'ReplicateKey');
    answers = () => [200, { KeyMetadata: { Arn: keyArn('eu-west-1', 'seen') } }];
    await create(target, 'DescribeKey');
    answers = () => [400, { __type: 'LimitExceededException', message: 'too many' }];
    await create(target, 'CreateKey');
    answers = () => [200, {}];
    const asked = server.asked.length;
    const cleaned = await target.cleanUp();
    expect(cleaned).toEqual({ scheduled: [keyArn('us-west-2', 'one'), keyArn('eu-west-1', 'one')], left: [] });
    const last = server.asked.slice(asked);
    expect(last.map(operationOf)).toEqual(['ScheduleKeyDeletion', 'ScheduleKeyDeletion']);
    expect(last.map(({ body }) => JSON.parse(body))).toEqual(
      ['us-west-2', 'eu-west-1'].map((region) => ({ KeyId: keyArn(region, 'one'), PendingWindowInDays: 7 })),
    );
    expect(last[0]?.headers['authorization']).toContain('/us-west-2/kms/');
  });

  test('leaves alone what a scenario has scheduled, and tells what it could not', async () => {
    const target = await open();
    for (const id of ['gone', 'kept']) {
      answers = () => [200, created('eu-west-1', id)];
      await create(target, 'CreateKey');
    }
    answers = (_, { KeyId }) =>
      String(KeyId).endsWith('gone')
        ? [400, { __type: 'KMSInvalidStateException', message: `${KeyId} is pending deletion.` }]
        : [400, { __type: 'AccessDeniedException', Message: 'no' }];
    expect(await target.cleanUp()).toEqual({
      scheduled: [keyArn('eu-west-1', 'gone')],
      left: [{ arn: keyArn('eu-west-1', 'kept'), reason: 'AccessDeniedException: no' }],
    });
  });

  test('goes on when nobody answers any more', async () => {
    const target = await open();
    answers = () => [200, created('eu-west-1', 'one')];
    await create(target, 'CreateKey');
    await server.close();
    const { left } = await target.cleanUp();
    expect(left).toMatchObject([
      { arn: keyArn('eu-west-1', 'one'), reason: expect.stringContaining('nobody listens there') },
    ]);
  });
});
