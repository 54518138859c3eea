// Requests by the real AWS SDK.

import { afterEach, expect, test } from 'vitest';
import { type SdkCall, sdkCall } from '../../src/targets/sdk-client.ts';
import { type Behaviour, json, type StandIn, standIn } from './stand-in.ts';

let server: StandIn | undefined;
afterEach(() => server?.close());

async function calling(behaviour: Behaviour, timeLimitMs = 2000): Promise<SdkCall> {
  server = await standIn(behaviour);
  const { url } = server;
  const credentials = async () => ({ accessKeyId: 'MINE', secretAccessKey: 'secret' });
  return sdkCall({ endpoint: () => url, credentials, timeLimitMs });
}

test('the SDK makes and signs them, and the answer is that of the wire', async () => {
  const sdk = await calling((_, response) => json(response, 200, { CiphertextBlob: 'AQID', Unheard: null }));
  const reply = await sdk.ask({ operation: 'Encrypt', region: 'eu-west-1', body: { KeyId: 'k', Plaintext: 'aGk=' } });
  expect(reply).toEqual({ status: 200, body: { CiphertextBlob: 'AQID', Unheard: null } });
  expect(server?.asked[0]).toMatchObject({
    body: '{"KeyId":"k","Plaintext":"aGk="}',
    headers: {
      'x-amz-target': 'TrentService.Encrypt',
      'user-agent': expect.stringContaining('aws-sdk-js'),
      authorization: expect.stringContaining('/eu-west-1/kms/aws4_request'),
    },
  });
});

test('an error is an answer too, asked for once', async () => {
  const sdk = await calling((_, response) => json(response, 500, { __type: 'KMSInternalException' }));
  const reply = await sdk.ask({ operation: 'ListKeys', region: 'eu-west-1', body: {} });
  expect(reply).toEqual({ status: 500, body: { __type: 'KMSInternalException' } });
  expect(server?.asked).toHaveLength(1);
});

test.each([
  ['a null', 'GenerateRandom', { NumberOfBytes: null }],
  ['a member it does not know', 'ListKeys', { Limits: 1 }],
  ['a number that JSON has no word for', 'ListKeys', { Limit: Number.NaN }],
  ['an operation it does not have', 'MakeCoffee', {}],
])('%s it would not send as written, and then nothing is sent', async (_, operation, body) => {
  const sdk = await calling((_asked, response) => json(response, 200, {}));
  expect(await sdk.ask({ operation, region: 'us-east-1', body })).toBeUndefined();
  expect(server?.asked).toEqual([]);
});

test('what is no answer of KMS is said to be none', async () => {
  const sdk = await calling((_, response) => response.end('<html>'));
  await expect(sdk.ask({ operation: 'ListKeys', region: 'us-east-1', body: {} })).rejects.toThrow('no JSON: <html>');
  const slow = await calling(() => {}, 200);
  await expect(slow.ask({ operation: 'ListKeys', region: 'us-east-1', body: {} })).rejects.toThrow('within 0.2 s');
});
