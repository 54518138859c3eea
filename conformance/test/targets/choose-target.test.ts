// --target in words.

import { afterEach, describe, expect, test } from 'vitest';
import { chooseTarget } from '../../src/targets/choose-target.ts';
import { identities, json, type StandIn, standIn } from './stand-in.ts';

let server: StandIn | undefined;
afterEach(() => server?.close());

test.each(['in-process', 'sdk-door', 'http-door'])('%s is kmsim, a new one for each scenario', async (name) => {
  const chosen = chooseTarget(name, { env: {} });
  const [one, other] = [await chosen.open('a'), await chosen.open('a')];
  expect(chosen.name).toBe(name);
  expect(one).not.toBe(other);
  expect(await chosen.cleanUp()).toBeUndefined();
  await one.close?.();
  await other.close?.();
});

describe('an address', () => {
  const signedBy = async (env: Record<string, string>): Promise<string> => {
    server = await standIn((_, response) => json(response, 400, identities.kms));
    const chosen = chooseTarget(server.url.href, { env });
    await chosen.open('a');
    return String(server.asked[0]?.headers['authorization']);
  };

  test('is asked with the keys of the environment, or with test and test', async () => {
    expect(await signedBy({})).toContain('Credential=test/');
    await server?.close();
    expect(await signedBy({ AWS_ACCESS_KEY_ID: 'MINE', AWS_SECRET_ACCESS_KEY: 's' })).toContain('Credential=MINE/');
  });

  test('is opened once, and again only when that failed', async () => {
    let answers = false;
    server = await standIn((_, response) => (answers ? json(response, 400, identities.kms) : response.destroy()));
    const chosen = chooseTarget(server.url.href, { env: {} });
    await expect(Promise.resolve(chosen.open('a'))).rejects.toThrow('closed the connection');
    answers = true;
    expect(await chosen.open('a')).toBe(await chosen.open('b'));
    expect(chosen.name).toBe(server.url.href.replace(/\/$/, ''));
  });

  test('is asked by the SDK where a scenario is recorded', async () => {
    server = await standIn((_, response) => json(response, 400, identities.kms));
    const target = await chooseTarget(server.url.href, { env: {}, bySdk: true }).open('a');
    await target.call({ operation: 'ListKeys', region: 'us-east-1', body: {} });
    expect(server.asked.at(-1)?.headers['user-agent']).toContain('aws-sdk-js');
    await target.call({ operation: 'ListKeys', region: 'us-east-1', body: { Limit: null } });
    expect(server.asked.at(-1)).toMatchObject({ body: '{"Limit":null}' });
  });
});

test.each([
  ['somewhere', "no target 'somewhere': in-process, sdk-door, http-door, aws, or an address"],
  ['ftp://127.0.0.1', 'no target'],
  ['constructor', 'no target'],
  ['https://kms.eu-west-1.amazonaws.com', 'for the real service say: aws'],
  ['https://kms.eu-west-1.api.aws', 'for the real service say: aws'],
])('%s is none', (name, words) => {
  expect(() => chooseTarget(name, { env: {} })).toThrow(words);
});
