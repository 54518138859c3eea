// Anything that speaks KMS at an address.

import { createKmsim, serve } from 'kmsim';
import { afterEach, expect, test } from 'vitest';
import { openEndpoint } from '../../src/targets/endpoint.ts';
import { identities, json, type StandIn, standIn } from './stand-in.ts';

let server: StandIn | undefined;
afterEach(() => server?.close());

test('a request is signed AWS JSON, with its nulls', async () => {
  server = await standIn((asked, response) =>
    asked.body.startsWith('Action') ? response.end(identities.sts) : json(response, 200, { Plaintext: 'AA==' }),
  );
  const target = await openEndpoint(server.url, {
    region: 'eu-west-1',
    credentials: async () => ({ accessKeyId: 'MINE', secretAccessKey: 'secret' }),
  });
  const reply = await target.call({ operation: 'GenerateRandom', region: 'us-west-2', body: { NumberOfBytes: null } });
  expect(reply).toEqual({ status: 200, body: { Plaintext: 'AA==' } });
  expect(target.region).toBe('eu-west-1');
  const { body, headers } = server.asked[1] ?? { body: '', headers: {} };
  expect(body).toBe('{"NumberOfBytes":null}');
  expect(headers).toMatchObject({
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'TrentService.GenerateRandom',
    authorization: expect.stringMatching(/Credential=MINE\/\d{8}\/us-west-2\/kms\/aws4_request/),
  });
});

test('kmsim serve takes its signatures, and says whose account it is', async () => {
  const sim = createKmsim({ account: '111122223333' });
  const door = await serve(sim);
  try {
    const target = await openEndpoint(new URL(door.url));
    expect(target).toMatchObject({
      account: '111122223333',
      callerArn: 'arn:aws:iam::111122223333:user/administrator',
    });
    const { status } = await target.call({ operation: 'ListKeys', region: 'us-east-1', body: {} });
    expect(status).toBe(200);
  } finally {
    await door.close();
  }
});

test('two runs are told apart', async () => {
  server = await standIn((_, response) => json(response, 400, identities.kms));
  const [one, other] = [await openEndpoint(server.url), await openEndpoint(server.url)];
  expect(one.run).toMatch(/^[a-z0-9]{8,}$/);
  expect(other.region).toBeUndefined();
});
