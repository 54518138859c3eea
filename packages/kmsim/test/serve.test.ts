// The simulation behind HTTP.

import { get } from 'node:http';
import { KMS } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim, KmsimError, type KmsimServer, type ServeOptions, serve } from '../src/index.ts';
import { withoutIpv6 } from './child.ts';
import { failureOf } from './doors/doors.ts';

const json = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.ListKeys' };

/** A request without a signature, as a person with a tool would send it. */
function post(
  server: KmsimServer,
  headers: Record<string, string> = {},
  body: string | Uint8Array<ArrayBuffer> = '{}',
): Promise<Response> {
  return fetch(server.url, {
    method: 'POST',
    headers: { ...json, ...headers },
    body,
    signal: AbortSignal.timeout(5_000),
  });
}

function sdk(
  server: KmsimServer,
  credentials = { accessKeyId: 'test', secretAccessKey: 'test' },
  region = 'us-east-1',
): KMS {
  return new KMS({ endpoint: server.url, region, credentials, maxAttempts: 1 });
}

async function refusal(sim: Kmsim, options: unknown): Promise<KmsimError> {
  try {
    const server = await serve(sim, options as ServeOptions);
    await server.close();
  } catch (error) {
    if (error instanceof KmsimError) return error;
    throw error;
  }
  throw new Error('the server was expected not to start');
}

test('says where it is and what is on, in every word', async () => {
  using sim = createKmsim({ region: 'eu-west-1' });
  await using server = await serve(sim, { port: 0 });
  expect(server.host).toBe('127.0.0.1');
  expect(server.port).toBeGreaterThan(0);
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
  expect(server.env).toEqual({
    AWS_ENDPOINT_URL_KMS: server.url,
    AWS_ENDPOINT_URL_STS: server.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
  });
  expect(withoutIpv6(server.description)).toBe(
    'bind=127.0.0.1 signatures=strict authz=on store=memory rng=csprng admin=off clock=running',
  );
  const health = await fetch(`${server.url}/health`);
  expect([health.status, await health.json()]).toEqual([200, { name: 'kmsim', simulated: true, status: 'ready' }]);
});

describe('strict credentials', () => {
  test.each([
    ['the wrong secret', { accessKeyId: 'test', secretAccessKey: 'wrong' }, 'InvalidSignatureException'],
    ['an unknown access key', { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'test' }, 'UnrecognizedClientException'],
    [
      'a session token nobody gave',
      { accessKeyId: 'test', secretAccessKey: 'test', sessionToken: 'x' },
      'UnrecognizedClientException',
    ],
  ])('%s', async (_, credentials, name) => {
    using sim = createKmsim();
    await using server = await serve(sim);
    expect(await failureOf(sdk(server, credentials).createKey({}))).toMatchObject({ name, status: 400 });
    expect((await sim.as().listKeys()).Keys).toEqual([]);
  });

  test('no signature at all', async () => {
    using sim = createKmsim();
    await using server = await serve(sim);
    const response = await post(server);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });

  test('a signature is measured by the clock of the machine, wherever the simulation stands', async () => {
    using sim = createKmsim({ seed: 1, start: '1999-01-01' });
    await using server = await serve(sim);
    expect((await sdk(server).createKey({})).KeyMetadata?.CreationDate).toEqual(new Date('1999-01-01T00:00:00Z'));
    sim.clock.advanceTo('2500-01-01');
    expect((await sdk(server).createKey({})).KeyMetadata?.CreationDate).toEqual(new Date('2500-01-01T00:00:00Z'));
  });

  test.each(['eu-central-1', 'us-gov-west-1', 'eusc-de-east-1'])(
    'the Region is the one that was signed: %s',
    async (region) => {
      using sim = createKmsim({ region });
      await using server = await serve(sim);
      const { KeyMetadata } = await sdk(server, undefined, region).createKey({});
      expect(KeyMetadata?.Arn?.split(':')[3]).toBe(region);
      const KeyId = KeyMetadata?.KeyId ?? '';
      await expect(
        sdk(server, undefined, region).encrypt({ KeyId, Plaintext: new Uint8Array(1) }),
      ).resolves.toHaveProperty('KeyId');
    },
  );
});

describe('permissive credentials', () => {
  test('any access key is the administrator, one of 12 digits the root of that account, none the administrator', async () => {
    using sim = createKmsim();
    await using server = await serve(sim, { credentials: 'permissive' });
    expect(server.description).toContain('signatures=permissive');
    const account = async (accessKeyId: string, region?: string): Promise<string[] | undefined> =>
      (await sdk(server, { accessKeyId, secretAccessKey: 'whatever' }, region).createKey({})).KeyMetadata?.Arn?.split(
        ':',
      ).slice(3, 5);
    expect(await account('AKIAIOSFODNN7EXAMPLE')).toEqual(['us-east-1', '000000000000']);
    expect(await account('111122223333', 'eu-west-1')).toEqual(['eu-west-1', '111122223333']);
    const unsigned = await post(server);
    expect(unsigned.status).toBe(200);
    expect(((await unsigned.json()) as { Keys: unknown[] }).Keys).toHaveLength(1);
  });
});

describe('input that is none', () => {
  test.each([
    ['broken JSON', {}, '{', 400, 'SerializationException'],
    ['a list', {}, '[]', 400, 'SerializationException'],
    ['bytes that are no UTF-8', {}, new Uint8Array([0x7b, 0xff, 0x7d]), 400, 'SerializationException'],
    ['deep nesting', {}, '['.repeat(50_000), 400, 'SerializationException'],
    ['a wrong type', { 'x-amz-target': 'TrentService.DescribeKey' }, '{"KeyId":1}', 400, 'SerializationException'],
    [
      'bad base64',
      { 'x-amz-target': 'TrentService.Decrypt' },
      '{"CiphertextBlob":"%%%"}',
      400,
      'SerializationException',
    ],
    ['null for a member', { 'x-amz-target': 'TrentService.DescribeKey' }, '{"KeyId":null}', 400, 'ValidationException'],
    ['an unknown operation', { 'x-amz-target': 'TrentService.OpenSesame' }, '{}', 400, 'UnknownOperationException'],
    ['__proto__', { 'x-amz-target': 'TrentService.__proto__' }, '{}', 400, 'UnknownOperationException'],
    ['constructor', { 'x-amz-target': 'TrentService.constructor' }, '{}', 400, 'UnknownOperationException'],
    ['no prefix', { 'x-amz-target': 'ListKeys' }, '{}', 400, 'UnknownOperationException'],
    ['more than 256 KiB', {}, ' '.repeat(262_145), 413, 'RequestEntityTooLarge'],
    ['a web page', { origin: 'https://example.com' }, '{}', 403, 'CrossOriginRequestException'],
    ['a form', { 'content-type': 'text/plain' }, '{}', 415, 'UnknownOperationException'],
  ])('%s is answered by one error and changes nothing', async (_, headers, body, status, type) => {
    using sim = createKmsim({ seed: 1 });
    await using server = await serve(sim, { credentials: 'permissive' });
    const before = sim.snapshot().kms.state;
    const response = await post(server, headers, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ __type: type });
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
    expect(sim.snapshot().kms.state).toEqual(before);
    expect((await post(server)).status).toBe(200);
  });

  test('a defect is told to the one who serves, and the client sees no word of it', async () => {
    using sim = createKmsim();
    const told: unknown[] = [];
    await using server = await serve(sim, { credentials: 'permissive', onInternalError: (error) => told.push(error) });
    const defect = new TypeError('the inside');
    Object.defineProperty(sim.kms, 'dispatch', {
      value: () => {
        throw defect;
      },
    });
    const response = await post(server);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('inside');
    expect(told).toEqual([defect]);
  });
});

describe('options', () => {
  test.each([
    [{ credentials: 'Strict' }, 'InvalidOption', /credentials is 'strict' or 'permissive', not "Strict"/],
    [{ port: -1 }, 'InvalidOption', /port is a whole number from 0 to 65535, not -1/],
    [{ port: 65_536 }, 'InvalidOption', /port is/],
    [{ port: '80' }, 'InvalidOption', /port is/],
    [{ port: 1.5 }, 'InvalidOption', /port is/],
    [{ prot: 1 }, 'InvalidOption', /serve has no option "prot"/],
    [{ host: '' }, 'InvalidOption', /host is/],
    [{ exposed: 'yes' }, 'InvalidOption', /exposed is true or false/],
    [{ allowedHosts: 'kms.internal' }, 'InvalidOption', /allowedHosts is a list of names/],
    [{ allowedHosts: ['http://kms.internal'] }, 'InvalidOption', /'http:\/\/kms\.internal' is not the name of a host/],
    [{ onInternalError: true }, 'InvalidOption', /onInternalError is a function/],
    [null, 'InvalidOption', /serve takes an object of options/],
    [
      { host: '0.0.0.0' },
      'NotLoopback',
      /'0\.0\.0\.0' is reachable from beyond this machine\. Listen on 127\.0\.0\.1, or set exposed: true/,
    ],
    [{ host: '::' }, 'NotLoopback', /'::' is reachable/],
    [{ host: 'localhost.example.com' }, 'NotLoopback', /reachable/],
    [{ host: '127.0.0.1.example.com' }, 'NotLoopback', /reachable/],
  ])('%j', async (options, code, message) => {
    using sim = createKmsim();
    const error = await refusal(sim, options);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  test('a seeded simulation is never exposed', async () => {
    const options = { host: '0.0.0.0', exposed: true };
    expect((await refusal(createKmsim({ seed: 1 }), options)).code).toBe('SeededAndExposed');
    const restored = createKmsim({ snapshot: createKmsim({ seed: 1 }).snapshot() });
    expect((await refusal(restored, options)).code).toBe('SeededAndExposed');
  });

  test('a name that is allowed is answered, another is not', async () => {
    using sim = createKmsim();
    await using server = await serve(sim, { exposed: true, allowedHosts: ['kms.internal'] });
    const status = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const asked = get({ host: '127.0.0.1', port: server.port, path: '/health', headers: { host }, agent: false });
        asked.once('response', (response) => resolve(response.resume().statusCode));
        asked.once('error', reject);
      });
    expect(await status('kms.internal')).toBe(200);
    expect(await status(`localhost:${server.port}`)).toBe(200);
    expect(await status('kms.example.com')).toBe(421);
  });

  test('a port that is taken is named', async () => {
    using sim = createKmsim();
    await using server = await serve(sim);
    const error = await refusal(sim, { port: server.port });
    expect(error.code).toBe('CannotListen');
    expect(error.message).toContain(`127.0.0.1:${server.port}`);
    expect(error.cause).toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('the end', () => {
  test('closing a server leaves the simulation and its other servers, and can be done twice', async () => {
    using sim = createKmsim();
    const first = await serve(sim);
    await using second = await serve(sim);
    const client = sdk(first);
    const { KeyMetadata } = await client.createKey({});
    await first.close();
    await first.close();
    expect((await failureOf(client.listKeys({}))).name).not.toBe('');
    await expect(fetch(`${first.url}/health`)).rejects.toThrow();
    expect((await sdk(second).listKeys({})).Keys?.[0]?.KeyId).toBe(KeyMetadata?.KeyId);
  });

  test('behind a closed simulation the service is away, and none can be started', async () => {
    const sim = createKmsim();
    await using server = await serve(sim);
    sim.close();
    expect(await failureOf(sdk(server).createKey({}))).toMatchObject({
      name: 'ServiceUnavailable',
      message: 'The simulation is closed.',
      status: 503,
    });
    expect((await fetch(`${server.url}/health`)).status).toBe(503);
    expect((await refusal(sim, {})).code).toBe('Closed');
  });

  test.each(['strict', 'permissive'] as const)(
    'so it is for a signature that names a key of nobody: %s',
    async (mode) => {
      const sim = createKmsim();
      const defects: unknown[] = [];
      const onInternalError = (defect: unknown): void => void defects.push(defect);
      await using server = await serve(sim, { credentials: mode, onInternalError });
      sim.close();
      const stranger = { accessKeyId: 'ASIAUNKNOWN', secretAccessKey: 'of nobody' };
      const failed = await failureOf(sdk(server, stranger).createKey({}));
      expect([failed.name, failed.status, defects]).toEqual(['ServiceUnavailable', 503, []]);
    },
  );
});

test('many at once are all answered, each with its own', async () => {
  using sim = createKmsim();
  await using server = await serve(sim);
  const client = sdk(server);
  const made = await Promise.all(Array.from({ length: 100 }, (_, n) => client.createKey({ Description: `${n}` })));
  expect(new Set(made.map(({ KeyMetadata }) => KeyMetadata?.KeyId)).size).toBe(100);
  expect(made.map(({ KeyMetadata }) => KeyMetadata?.Description)).toEqual(
    Array.from({ length: 100 }, (_, n) => `${n}`),
  );
  expect((await sim.as().listKeys({ Limit: 1000 })).Keys).toHaveLength(100);
  client.destroy();
});
