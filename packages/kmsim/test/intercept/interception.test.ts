// sim.intercept(): every way in which this process calls AWS KMS, what goes by, and that nothing is left behind.

import { createServer, get, request as httpRequest, type IncomingMessage } from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { EncryptCommand, KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { KMSClient as OldClient, ListKeysCommand as OldListKeys } from 'client-kms-3-496';
import { afterEach, describe, expect, test } from 'vitest';
import { createKmsim, type Interception, type Kmsim } from '../../src/index.ts';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const address = 'https://kms.us-east-1.amazonaws.com';
const listKeys = {
  method: 'POST',
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.ListKeys' },
  body: '{}',
};

const open: Interception[] = [];
afterEach(() => {
  for (const interception of open.splice(0)) interception.close();
});

async function intercepted(sim: Kmsim, ...options: Parameters<Kmsim['intercept']>): Promise<Interception> {
  const interception = await sim.intercept(...options);
  open.push(interception);
  return interception;
}

function textOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    response.on('data', (chunk) => {
      text += chunk;
    });
    response.on('end', () => resolve(text));
    response.on('error', reject);
  });
}

function posted(
  options: https.RequestOptions & { readonly body?: string },
): Promise<readonly [number | undefined, string]> {
  return new Promise((resolve, reject) => {
    const { body = '{}', ...rest } = options;
    const asked = https.request({ method: 'POST', ...rest }, (response) => {
      textOf(response).then((text) => resolve([response.statusCode, text]), reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

describe('strict', () => {
  test('a client of the SDK with the addresses of AWS works, whatever its version and Region', async () => {
    const sim = createKmsim({ seed: 1, accessKeys: [credentials] });
    await intercepted(sim);
    for (const region of ['us-east-1', 'eu-west-1']) {
      const client = new KMSClient({ region, credentials });
      const { KeyMetadata } = await sim.as(undefined, { region }).createKey();
      const answer = await client.send(new EncryptCommand({ KeyId: KeyMetadata?.KeyId, Plaintext: new Uint8Array(3) }));
      expect(answer.CiphertextBlob).toBeInstanceOf(Uint8Array);
      expect((await client.send(new ListKeysCommand({}))).Keys).toHaveLength(1);
      expect((await new OldClient({ region, credentials }).send(new OldListKeys({}))).Keys).toHaveLength(1);
      const [event] = sim.trail.find({ operation: 'Encrypt' }).slice(-1);
      expect(event).toMatchObject({
        awsRegion: region,
        tlsDetails: { clientProvidedHostHeader: `kms.${region}.amazonaws.com` },
        userIdentity: { accessKeyId: credentials.accessKeyId },
      });
    }
  });

  test('a request with an unknown access key, a wrong secret or no signature is refused as over HTTP', async () => {
    const sim = createKmsim({ seed: 1, accessKeys: [credentials] });
    await intercepted(sim);
    const send = (wrong: Partial<typeof credentials>): Promise<unknown> =>
      new KMSClient({ region: 'us-east-1', credentials: { ...credentials, ...wrong } }).send(new ListKeysCommand({}));
    await expect(send({ accessKeyId: 'AKIAOTHER00000000000' })).rejects.toThrow(
      'security token included in the request is invalid',
    );
    await expect(send({ secretAccessKey: 'wrong' })).rejects.toThrow('signature');
    const unsigned = await fetch(address, listKeys);
    expect([unsigned.status, await unsigned.json()]).toEqual([
      400,
      { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
    ]);
    expect(sim.trail.events).toEqual([]);
  });
});

describe('permissive', () => {
  test('fetch, node:http and node:https are answered, and nobody signs', async () => {
    const sim = createKmsim({ seed: 1 });
    await sim.as().createKey();
    await intercepted(sim, { credentials: 'permissive' });
    const fetched = await fetch(address, listKeys);
    const { Keys } = (await fetched.json()) as { Keys: unknown[] };
    expect([fetched.status, Keys.length, fetched.headers.get('x-amzn-requestid')]).toEqual([
      200,
      1,
      expect.stringMatching(/-/),
    ]);
    const { headers } = listKeys;
    const [status, text] = await posted({ hostname: 'kms.us-east-1.amazonaws.com', path: '/', headers });
    expect([status, JSON.parse(text)]).toEqual([200, { Keys, Truncated: false }]);
  });

  test('the Region is that of the address', async () => {
    const sim = createKmsim({ seed: 1 });
    await intercepted(sim, { credentials: 'permissive' });
    const create = { ...listKeys, headers: { ...listKeys.headers, 'x-amz-target': 'TrentService.CreateKey' } };
    for (const [host, region] of [
      ['kms.eu-central-1.amazonaws.com', 'eu-central-1'],
      ['kms-fips.us-west-2.amazonaws.com', 'us-west-2'],
      ['kms.us-east-2.api.aws', 'us-east-2'],
      ['kms.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ]) {
      const { KeyMetadata } = (await (await fetch(`https://${host}/`, create)).json()) as {
        KeyMetadata: { Arn: string };
      };
      expect(KeyMetadata.Arn.split(':')[3]).toBe(region);
    }
  });

  test('what is no request to KMS is refused, and nothing of it reaches the engine', async () => {
    const sim = createKmsim({ seed: 1 });
    await intercepted(sim, { credentials: 'permissive' });
    const status = async (path: string, init: RequestInit): Promise<number> =>
      (await fetch(`${address}${path}`, init)).status;
    expect(await status('/', { method: 'GET' })).toBe(405);
    expect(await status('/keys', listKeys)).toBe(404);
    expect(await status('/health', { method: 'GET' })).toBe(400);
    expect(await status('/', { ...listKeys, headers: {} })).toBe(415);
    expect(await status('/', { ...listKeys, body: 'x'.repeat(2 ** 21) })).toBe(413);
    expect(
      await status('/', { ...listKeys, headers: { ...listKeys.headers, host: 'kms.eu-west-1.amazonaws.com' } }),
    ).toBe(421);
    expect(sim.trail.events).toEqual([]);
  });

  test('a connection that a fault plan ends looks so to whoever called', async () => {
    const sim = createKmsim({ seed: 1 });
    await intercepted(sim, { credentials: 'permissive' });
    const { headers } = listKeys;
    sim.faults.set({ services: [{ raise: 'ConnectionReset', count: 2 }] });
    await expect(posted({ hostname: 'kms.us-east-1.amazonaws.com', headers })).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    await expect(fetch(address, listKeys)).rejects.toThrow();
    expect((await fetch(address, listKeys)).status).toBe(200);
    sim.faults.set({ services: [{ raise: 'HalfAnswer', count: 1 }] });
    await expect(fetch(address, listKeys).then((response) => response.text())).rejects.toThrow();
  });

  test('a simulation that is closed is a service that is away', async () => {
    const sim = createKmsim({ seed: 1 });
    await intercepted(sim, { credentials: 'permissive' });
    sim.close();
    expect((await fetch(address, listKeys)).status).toBe(503);
    const client = new KMSClient({ region: 'us-east-1', credentials, maxAttempts: 1 });
    await expect(client.send(new ListKeysCommand({}))).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    await expect(sim.intercept()).rejects.toMatchObject({ code: 'Closed' });
  });
});

test('what is called besides goes its way', async () => {
  const sim = createKmsim({ seed: 1 });
  await intercepted(sim);
  const server = createServer((_, response) => response.end('elsewhere')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    expect(await (await fetch(url)).text()).toBe('elsewhere');
    const response = await new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).on('error', reject));
    expect(await textOf(response)).toBe('elsewhere');
  } finally {
    server.close();
    server.closeAllConnections();
  }
  expect(sim.trail.events).toEqual([]);
});

test('it undoes itself: fetch and node:http are what they were', async () => {
  const before = [globalThis.fetch, httpRequest, https.request, https.get];
  const sim = createKmsim({ seed: 1 });
  {
    using caught = await sim.intercept({ credentials: 'permissive' });
    expect(caught).toBeDefined();
    expect(globalThis.fetch).not.toBe(before[0]);
    expect(https.request).not.toBe(before[2]);
    expect((await fetch(address, listKeys)).status).toBe(200);
  }
  for (const [at, now] of [globalThis.fetch, httpRequest, https.request, https.get].entries())
    expect(now).toBe(before[at]);
});

test('one at a time; the next one may begin when the first has ended', async () => {
  const [first, second] = [createKmsim({ seed: 1 }), createKmsim({ seed: 2 })];
  const interception = await intercepted(first, { credentials: 'permissive' });
  await expect(second.intercept()).rejects.toMatchObject({ code: 'AlreadyIntercepted' });
  interception.close();
  interception.close();
  await intercepted(second, { credentials: 'permissive' });
  expect((await fetch(address, listKeys)).status).toBe(200);
  expect([first.trail.events.length, second.trail.events.length]).toEqual([0, 1]);
});

test('options that cannot be meant are refused', async () => {
  const sim = createKmsim({ seed: 1 });
  for (const options of [{ credentials: 'lax' }, { credential: 'strict' }, 'permissive', null])
    await expect(sim.intercept(options as never)).rejects.toMatchObject({ code: 'InvalidOption' });
});
