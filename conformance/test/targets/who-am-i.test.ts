// Whose account an endpoint is in.

import { afterEach, expect, test } from 'vitest';
import { endpointCall } from '../../src/targets/endpoint.ts';
import { whoAmI } from '../../src/targets/who-am-i.ts';
import { account, type Behaviour, identities, json, type StandIn, standIn } from './stand-in.ts';

let server: StandIn | undefined;
afterEach(() => server?.close());

const credentials = async () => ({ accessKeyId: 'test', secretAccessKey: 'test' });

async function asked(behaviour: Behaviour): Promise<unknown> {
  server = await standIn(behaviour);
  const { url } = server;
  return whoAmI({
    url,
    credentials,
    region: 'us-east-1',
    timeLimitMs: 2000,
    call: endpointCall(url, credentials, 2000),
  });
}

test('STS says it, where it answers', async () => {
  expect(await asked((_, response) => response.end(identities.sts))).toEqual({
    account,
    callerArn: `arn:aws:sts::${account}:assumed-role/Tester/me`,
  });
  expect(server?.asked).toHaveLength(1);
  expect(server?.asked[0]?.body).toContain('Action=GetCallerIdentity');
  expect(server?.asked[0]?.headers['authorization']).toContain('/us-east-1/sts/aws4_request');
});

test('elsewhere KMS gives the account away in an error', async () => {
  expect(await asked((_, response) => json(response, 400, identities.kms))).toEqual({
    account,
    callerArn: `arn:aws:iam::${account}:root`,
  });
  expect(server?.asked.map(({ headers }) => headers['x-amz-target'])).toEqual([undefined, 'TrentService.DescribeKey']);
});

test.each<[string, Behaviour, string]>([
  ['HTML', (_, response) => response.end('<html>'), 'it answered HTTP 200 with what is no JSON: <html>'],
  [
    'something else',
    (_, response) => json(response, 403, { __type: 'AccessDenied' }),
    'it does not say whose account it is: HTTP 403 AccessDenied',
  ],
  ['nothing', (_, response) => response.destroy(), 'closed the connection without an answer'],
])('who answers %s is not asked any further', async (_, behaviour, words) => {
  await expect(asked(behaviour)).rejects.toThrow(words);
});
