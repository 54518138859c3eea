// Mock Service Worker with kmsim behind the addresses of AWS KMS, beside handlers of other services.

import https from 'node:https';
import { EncryptCommand, KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { createKmsim } from 'kmsim';
import { kmsHandler } from 'kmsim/msw';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const listKeys = {
  method: 'POST',
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.ListKeys' },
  body: '{}',
};

const server = setupServer(http.get('https://shop.example.com/price', () => HttpResponse.json({ price: 3 })));
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

test('a client of the SDK with the addresses of AWS, in each of its Regions', async () => {
  using sim = createKmsim({ seed: 1, accessKeys: [credentials] });
  server.use(kmsHandler(http, sim));
  for (const region of ['us-east-1', 'eu-west-1']) {
    const client = new KMSClient({ region, credentials });
    const { KeyMetadata } = await sim.as(undefined, { region }).createKey();
    const { CiphertextBlob } = await client.send(
      new EncryptCommand({ KeyId: KeyMetadata?.KeyId, Plaintext: new TextEncoder().encode('hello') }),
    );
    const { Plaintext } = await sim.as(undefined, { region }).decrypt({ CiphertextBlob: CiphertextBlob! });
    expect(new TextDecoder().decode(Plaintext)).toBe('hello');
    expect((await client.send(new ListKeysCommand({}))).Keys).toHaveLength(1);
    expect(sim.trail.find({ operation: 'Encrypt' }).at(-1)).toMatchObject({
      awsRegion: region,
      tlsDetails: { clientProvidedHostHeader: `kms.${region}.amazonaws.com` },
    });
  }
});

test('who does not sign, or signs with another secret, is refused as by KMS', async () => {
  using sim = createKmsim({ seed: 1, accessKeys: [credentials] });
  server.use(kmsHandler(http, sim));
  const unsigned = await fetch('https://kms.us-east-1.amazonaws.com', listKeys);
  expect([unsigned.status, await unsigned.json()]).toEqual([
    400,
    { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
  ]);
  const forged = new KMSClient({ region: 'us-east-1', credentials: { ...credentials, secretAccessKey: 'guess' } });
  await expect(forged.send(new ListKeysCommand({}))).rejects.toMatchObject({ name: 'InvalidSignatureException' });
});

describe('without signatures', () => {
  test('fetch and node:https are answered, other services by their own handlers', async () => {
    using sim = createKmsim({ seed: 1 });
    await sim.as().createKey();
    server.use(kmsHandler(http, sim, { credentials: 'permissive' }));
    const fetched = await fetch('https://kms.eu-west-1.amazonaws.com/', listKeys);
    expect([fetched.status, await fetched.json()]).toEqual([200, { Keys: [], Truncated: false }]);
    const status = await new Promise((resolve, reject) => {
      const asked = https.request('https://kms.us-east-1.amazonaws.com/', listKeys, ({ statusCode }) =>
        resolve(statusCode),
      );
      asked.on('error', reject).end('{}');
    });
    expect(status).toBe(200);
    expect(sim.trail.find({ operation: 'ListKeys' }).map(({ awsRegion }) => awsRegion)).toEqual([
      'eu-west-1',
      'us-east-1',
    ]);
    expect(await (await fetch('https://shop.example.com/price')).json()).toEqual({ price: 3 });
  });

  test('what only looks like an address of KMS is left to other handlers', async () => {
    using sim = createKmsim({ seed: 1 });
    server.use(
      kmsHandler(http, sim, { credentials: 'permissive' }),
      http.post('https://kms.us-east-1.amazonaws.com.evil.example/', () => new HttpResponse('elsewhere')),
      http.post('https://kms.us-east-1.amazonaws.com:8443/', () => new HttpResponse('another port')),
      http.post('https://kms.example.com/', () => new HttpResponse('another service')),
    );
    const said = async (url: string): Promise<string> => (await fetch(url, listKeys)).text();
    expect(await said('https://kms.us-east-1.amazonaws.com.evil.example/')).toBe('elsewhere');
    expect(await said('https://kms.us-east-1.amazonaws.com:8443/')).toBe('another port');
    expect(await said('https://kms.example.com/')).toBe('another service');
    expect(sim.trail.events).toEqual([]);
  });

  test('a connection that a fault plan ends is a network error', async () => {
    using sim = createKmsim({ seed: 1 });
    server.use(kmsHandler(http, sim, { credentials: 'permissive' }));
    sim.faults.set({ services: [{ raise: 'ConnectionReset', count: 1 }] });
    await expect(fetch('https://kms.us-east-1.amazonaws.com', listKeys)).rejects.toThrow('Failed to fetch');
    expect((await fetch('https://kms.us-east-1.amazonaws.com', listKeys)).status).toBe(200);
  });

  test('a simulation that is closed is a service that is away', async () => {
    const sim = createKmsim({ seed: 1 });
    server.use(kmsHandler(http, sim, { credentials: 'permissive' }));
    sim.close();
    const { status } = await fetch('https://kms.us-east-1.amazonaws.com', listKeys);
    expect(status).toBe(503);
    expect(() => kmsHandler(http, sim)).toThrow(expect.objectContaining({ code: 'Closed' }));
  });
});

test('mistakes are told where they are made', () => {
  using sim = createKmsim({ seed: 1 });
  const of = (...given: readonly unknown[]): unknown => Reflect.apply(kmsHandler, undefined, given);
  expect(() => of(sim)).toThrow("import { http } from 'msw'");
  expect(() => of(http, sim, { credentials: 'none' })).toThrow("'strict' or 'permissive'");
  expect(() => of(http, sim, { credential: 'strict' })).toThrow('Did you mean credentials?');
});
