import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { DisableKeyCommand, EncryptCommand, KMSClient, NotFoundException } from '@aws-sdk/client-kms';
import { kmsError } from '@kmsim/kms';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { HttpCredential } from '../src/http-caller.ts';
import { type HttpDoor, type HttpDoorOptions, httpLimits, openHttpDoor, serveHttp } from '../src/http-door.ts';
import { HttpDoorError } from '../src/http-door-error.ts';
import { maxBodyBytes } from '../src/json-body.ts';
import { alice, KmsDouble } from './kms-double.ts';
import { exchange, rawRequest, statusesOf } from './raw-http.ts';

const { principal } = alice;
const test1: HttpCredential = { secretAccessKey: 'secret', principal };
const keys = new Map([['test', test1]]);

const strict: HttpDoorOptions = {
  credentials: { mode: 'strict', lookup: (id) => keys.get(id) },
  defaultRegion: 'us-east-1',
  signatureClock: () => Date.now(),
};
const permissive: HttpDoorOptions = { ...strict, credentials: { mode: 'permissive', principalFor: () => principal } };

const open: { close(): unknown }[] = [];
const cleanup = <T extends { close(): unknown }>(resource: T): T => {
  open.push(resource);
  return resource;
};

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

async function serve(kms: KmsDouble, options: HttpDoorOptions = permissive): Promise<HttpDoor> {
  return cleanup(await serveHttp(kms, options));
}

function clientOf(door: HttpDoor, secretAccessKey = 'secret', accessKeyId = 'test', maxAttempts = 1): KMSClient {
  const credentials = { accessKeyId, secretAccessKey };
  const client = new KMSClient({ endpoint: door.url, region: 'eu-central-1', credentials, maxAttempts });
  cleanup({ close: () => client.destroy() });
  return client;
}

async function alive(door: HttpDoor): Promise<void> {
  expect((await fetch(`${door.url}/health`)).status).toBe(200);
}

describe('with the AWS SDK', () => {
  test('a signed request is answered, for the principal of its key, in the region it was signed for', async () => {
    const kms = new KmsDouble();
    kms.respond = () => ({ CiphertextBlob: Uint8Array.of(1), KeyId: 'é' });
    const output = await clientOf(await serve(kms, strict)).send(
      new EncryptCommand({ KeyId: 'k', Plaintext: Buffer.from('hi') }),
    );
    expect(output).toMatchObject({ CiphertextBlob: Uint8Array.of(1), KeyId: 'é', $metadata: { requestId: 'visit-1' } });
    expect(kms.visits).toMatchObject([
      { operation: 'Encrypt', input: { KeyId: 'k', Plaintext: 'aGk=' }, caller: { principal, region: 'eu-central-1' } },
    ]);
  });

  test('answers without members, and errors', async () => {
    const kms = new KmsDouble();
    const client = clientOf(await serve(kms, strict));
    expect(await client.send(new DisableKeyCommand({ KeyId: 'k' }))).toMatchObject({
      $metadata: { httpStatusCode: 200 },
    });
    kms.respond = () => {
      throw kmsError('NotFoundException', 'no');
    };
    await expect(client.send(new DisableKeyCommand({ KeyId: 'k' }))).rejects.toBeInstanceOf(NotFoundException);
  });

  test.each([
    ['test', 'wrong', 'InvalidSignatureException'],
    ['unknown', 'secret', 'UnrecognizedClientException'],
  ])('the key %s with the secret %s: %s', async (id, secret, name) => {
    const kms = new KmsDouble();
    const door = await serve(kms, strict);
    const refused = clientOf(door, secret, id).send(new DisableKeyCommand({ KeyId: 'k' }));
    await expect(refused).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400, requestId: 'refused-1' } });
    expect(kms.visits).toEqual([]);
  });

  test('a client whose clock is an hour off corrects it by the date of the refusal', async () => {
    const kms = new KmsDouble();
    const door = await serve(kms, { ...strict, signatureClock: () => Date.now() - 3_600_000 });
    await clientOf(door, 'secret', 'test', 2).send(new DisableKeyCommand({ KeyId: 'k' }));
    expect([kms.refusals, kms.visits.length]).toEqual([1, 1]);
  });

  test('a request past the limit is told so, and the client goes on', async () => {
    const kms = new KmsDouble();
    const client = clientOf(await serve(kms, strict));
    for (let round = 0; round < 5; round++) {
      const large = client.send(new EncryptCommand({ KeyId: 'k', Plaintext: new Uint8Array(maxBodyBytes) }));
      await expect(large).rejects.toMatchObject({ name: 'RequestEntityTooLarge', $metadata: { httpStatusCode: 413 } });
      await client.send(new DisableKeyCommand({ KeyId: 'k' }));
    }
    expect(kms.visits.length).toBe(5);
  });
});

describe('a response', () => {
  test('says what it comes from, when by the clock of signatures, and nothing to web pages', async () => {
    const door = await serve(new KmsDouble(), { ...permissive, signatureClock: () => 0 });
    const said = await exchange(door, rawRequest());
    expect(said.split('\r\n')).toEqual([
      'HTTP/1.1 200 OK',
      'server: kmsim (simulated)',
      'date: Thu, 01 Jan 1970 00:00:00 GMT',
      'content-type: application/x-amz-json-1.1',
      'x-amzn-requestid: visit-1',
      'content-length: 0',
      'Connection: close',
      '',
      '',
    ]);
  });

  test('of /health', async () => {
    let ready = false;
    const door = await serve(new KmsDouble(), { ...strict, ready: () => ready });
    const health = async (): Promise<unknown> => {
      const response = await fetch(`${door.url}/health`);
      return [response.status, await response.json()];
    };
    expect(await health()).toEqual([503, { name: 'kmsim', simulated: true, status: 'starting' }]);
    ready = true;
    expect(await health()).toEqual([200, { name: 'kmsim', simulated: true, status: 'ready' }]);
  });

  test('to a wrong method names the right one', async () => {
    const door = await serve(new KmsDouble());
    const response = await fetch(door.url);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
  });
});

describe('a web page', () => {
  function send(
    door: HttpDoor,
    method: string,
    headers: Record<string, string>,
  ): Promise<[number | undefined, string[]]> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(door.url, { method, headers }, (response) => {
        response.resume().on('end', () => resolve([response.statusCode, Object.keys(response.headers)]));
      });
      outgoing.on('error', reject).end(method.startsWith('P') ? '{}' : undefined);
    });
  }

  test('200 requests as browsers shape them: none reaches the KMS, none is allowed anything', async () => {
    const kms = new KmsDouble();
    const door = await serve(kms);
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json',
      'application/x-amz-json-1.1',
      'multipart/form-data',
    ];
    const origins = [
      'null',
      'http://evil.example',
      door.url,
      `http://localhost:${door.port}`,
      'https://console.aws.amazon.com',
    ];
    const sites = ['cross-site', 'same-site'];
    const target = { 'x-amz-target': 'TrentService.DisableKey' };
    let sent = 0;
    for (const method of ['POST', 'OPTIONS', 'GET', 'PUT']) {
      for (const type of types) {
        for (const origin of origins) {
          for (const site of sites) {
            const headers = { ...target, 'content-type': type, origin, 'sec-fetch-site': site };
            const [status, names] = await send(door, method, headers);
            expect(status).toBe(403);
            expect(names.filter((name) => name.startsWith('access-control'))).toEqual([]);
            sent += 1;
          }
        }
      }
    }
    expect(sent).toBe(200);
    expect([kms.visits, kms.refusals]).toEqual([[], 0]);
  });

  test('that rebinds its name to this machine', async () => {
    const kms = new KmsDouble();
    const door = await serve(kms);
    for (const host of ['evil.example', `127.0.0.1.nip.io:${door.port}`, 'localhost.', '0.0.0.0', '']) {
      const said = await exchange(door, rawRequest({ headers: [`Host: ${host}`] }));
      expect([host, statusesOf(said)]).toEqual([host, [421]]);
    }
    expect(kms.visits).toEqual([]);
  });
});

describe('a body', () => {
  test('of a declared gigabyte is refused before it is sent, and the connection ends', async () => {
    const kms = new KmsDouble();
    const door = await serve(kms);
    const said = await exchange(
      door,
      rawRequest({ headers: ['Content-Length: 1073741824', 'Connection: keep-alive'], body: '' }),
    );
    expect(statusesOf(said)).toEqual([413]);
    expect(said).toMatch(/connection: close/i);
    expect([kms.visits, kms.refusals]).toEqual([[], 0]);
  });

  test('in chunks is counted while it comes', async () => {
    const kms = new KmsDouble();
    const door = await serve(kms);
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    const head = rawRequest({ headers: ['Transfer-Encoding: chunked'], body: '' }).replace(/Content-Length: 0\r\n/, '');
    expect(statusesOf(await exchange(door, `${head}2\r\n{}\r\n0\r\n\r\n`))).toEqual([200]);
    expect(statusesOf(await exchange(door, `${head + chunk.repeat(4)}1\r\n \r\n`))).toEqual([413]);
    // It never ends, and is answered all the same.
    expect(statusesOf(await exchange(door, head + chunk.repeat(8)))[0] ?? 413).toBe(413);
    expect(kms.visits.length).toBe(1);
    await alive(door);
  });

  test('is asked for with 100 (Continue) only when it is wanted', async () => {
    const kms = new KmsDouble();
    const door = await serve(kms);
    const waiting = (headers: string[]): string => rawRequest({ headers: ['Expect: 100-continue', ...headers] });
    expect(statusesOf(await exchange(door, waiting([])))).toEqual([100, 200]);
    expect(statusesOf(await exchange(door, waiting(['Origin: null'])))).toEqual([403]);
    expect(statusesOf(await exchange(door, waiting(['Content-Length: 300000'])))).toEqual([413]);
    expect(statusesOf(await exchange(door, rawRequest({ headers: ['Expect: tea'] })))).toEqual([417]);
    expect(kms.visits.length).toBe(1);
  });

  test('that is compressed is not unpacked', async () => {
    const kms = new KmsDouble();
    const door = await serve(kms);
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'content-encoding': 'gzip',
      'x-amz-target': 'TrentService.ListKeys',
    };
    const response = await fetch(door.url, { method: 'POST', headers, body: gzipSync(Buffer.alloc(10_000_000, 0x20)) });
    expect([response.status, await response.text()]).toEqual([400, '{"__type":"SerializationException"}']);
    expect(kms.visits).toEqual([]);
  });

  test('that stops halfway is no request', async () => {
    const kms = new KmsDouble();
    const door = await serve(kms);
    await exchange(door, rawRequest({ headers: ['Content-Length: 100'] }), 100);
    await alive(door);
    expect(kms.visits).toEqual([]);
  });
});

describe('headers', () => {
  test('named __proto__ and the like are headers like any other', async () => {
    const kms = new KmsDouble();
    const door = await serve(kms);
    const headers = ['__proto__: x', 'constructor: x', 'hasOwnProperty: x', '__proto__: y'];
    expect(statusesOf(await exchange(door, rawRequest({ headers })))).toEqual([200]);
    await alive(door);
  });

  test.each<[what: string, headers: string[], status: number]>([
    ['65 of them', Array.from({ length: 60 }, (_, at) => `X-${at}: `), 431],
    ['an Origin behind two thousand', [...Array.from({ length: 2000 }, () => 'a:'), 'Origin: null'], 431],
    ['64 KiB', [`X-Long: ${'x'.repeat(65_536)}`], 431],
    ['two targets', ['X-Amz-Target: TrentService.ListKeys', 'x-amz-target: TrentService.ListKeys'], 400],
    ['two hosts', ['Host: localhost', 'Host: localhost'], 400],
  ])('%s: refused', async (_, headers, status) => {
    const kms = new KmsDouble();
    const door = await serve(kms);
    expect(statusesOf(await exchange(door, rawRequest({ headers })))).toEqual([status]);
    await alive(door);
    expect(kms.visits).toEqual([]);
  });
});

describe('what is no HTTP request is answered with a status line or silence, and harms nothing', () => {
  const get = 'GET /health HTTP/1.1\r\nHost: localhost\r\n';

  test.each<[what: string, bytes: string | Uint8Array]>([
    ['noise', '\x01\x02\x03\r\n\r\n'],
    ['a TLS hello', Uint8Array.of(0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3)],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP/9.9', 'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n'],
    ['no version', 'GET /\r\n\r\n'],
    ['no host', 'GET /health HTTP/1.1\r\n\r\n'],
    ['a NUL in a header', `${get}X: a\0b\r\n\r\n`],
    ['a blank before the colon', `${get}X : a\r\n\r\n`],
    ['a folded header', `${get}X: a\r\n b\r\n\r\n`],
    ['bare line feeds in a head', 'GET /health HTTP/1.1\nHost: localhost\nX: a\n b\n\n'],
    ['a negative length', `${get}Content-Length: -1\r\n\r\n`],
    ['a length that is no number', `${get}Content-Length: 1e3\r\n\r\n`],
    ['two lengths', `${get}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`],
    ['a length and chunks', rawRequest({ headers: ['Transfer-Encoding: chunked'], body: '0\r\n\r\n' })],
    [
      'chunks twice',
      rawRequest({ headers: ['Transfer-Encoding: chunked, chunked'], body: '' }).replace(/Content-Length: 0\r\n/, ''),
    ],
    [
      'a chunk size that is no number',
      `${rawRequest({ headers: ['Transfer-Encoding: chunked'], body: '' }).replace(/Content-Length: 0\r\n/, '')}xyz\r\n`,
    ],
    ['CONNECT', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ])('%s', async (_, bytes) => {
    const kms = new KmsDouble();
    const door = await serve(kms);
    const statuses = statusesOf(await exchange(door, bytes));
    expect(statuses.every((status) => status >= 400 && status < 500)).toBe(true);
    await alive(door);
    expect([kms.visits, kms.refusals]).toEqual([[], 0]);
  });

  test('a head cut off at every byte', async () => {
    const kms = new KmsDouble();
    const door = await serve(kms);
    const whole = rawRequest();
    const cuts = Array.from({ length: whole.length - 1 }, (_, at) => whole.slice(0, at + 1));
    const said = await Promise.all(cuts.map((bytes) => exchange(door, bytes, 200)));
    expect(said.flatMap(statusesOf).filter((status) => status < 400)).toEqual([]);
    expect(kms.visits).toEqual([]);
    await alive(door);
  });

  test('a length that says less than comes: the rest is no request, and nothing is said in its place', async () => {
    const kms = new KmsDouble();
    const door = await serve(kms);
    const headers = ['Content-Length: 2', 'Connection: keep-alive'];
    expect(await exchange(door, rawRequest({ headers, body: '{}{}' }))).toBe('');
    await alive(door);
  });
});

describe('connections', () => {
  const quick = {
    ...httpLimits,
    headersTimeout: 100,
    requestTimeout: 250,
    keepAliveTimeout: 100,
    connectionsCheckingInterval: 25,
  };

  /** Milliseconds until the server closes the connection, and what it said. */
  function lifetime(door: HttpDoor, bytes: string): Promise<string> {
    return exchange(door, bytes, 2_000);
  }

  test('as slow as the limits allow, by default', () => {
    expect(httpLimits).toEqual({
      maxHeaderSize: 16_384,
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxConnections: 1024,
    });
  });

  test('with a slow head, a slow body, or nothing more to say are closed', async () => {
    const kms = new KmsDouble();
    const door = cleanup(await openHttpDoor(kms, permissive, quick));
    const started = performance.now();
    const [head, body, idle, done] = await Promise.all([
      lifetime(door, 'POST / HTTP/1.1\r\nHost: loc'),
      lifetime(door, rawRequest({ headers: ['Content-Length: 100'] })),
      lifetime(door, ''),
      lifetime(door, rawRequest({ headers: ['Connection: keep-alive'] })),
    ]);
    expect([head, body, idle, done].map(statusesOf)).toEqual([[408], [408], [408], [200]]);
    expect(performance.now() - started).toBeLessThan(1_900);
    expect(kms.visits.length).toBe(1);
  });

  test('more than there may be are dropped', async () => {
    const door = cleanup(await openHttpDoor(new KmsDouble(), permissive, { ...httpLimits, maxConnections: 2 }));
    const held = [connect(door.port, door.host), connect(door.port, door.host)];
    await Promise.all(held.map((socket) => new Promise((resolve) => socket.on('connect', resolve))));
    expect(await exchange(door, rawRequest())).toBe('');
    for (const socket of held) socket.destroy();
    await vi.waitFor(() => alive(door));
  });

  test('with requests in a row answer them in a row, one at a time', async () => {
    const kms = new KmsDouble();
    const finish: (() => void)[] = [];
    kms.respond = ({ input }) => new Promise((resolve) => finish.push(() => resolve(input as object)));
    const door = await serve(kms);
    const one = (id: string, last: boolean): string =>
      rawRequest({
        headers: ['X-Amz-Target: TrentService.GenerateMac', `Connection: ${last ? 'close' : 'keep-alive'}`],
        body: `{"KeyId":"${id}"}`,
      });
    const said = exchange(door, one('first', false) + one('second', true));
    await vi.waitFor(() => expect(finish.length).toBe(1));
    await alive(door);
    expect(kms.visits.length).toBe(1);
    finish[0]?.();
    await vi.waitFor(() => expect(finish.length).toBe(2));
    finish[1]?.();
    expect((await said).match(/{.*?}/g)).toEqual(['{"KeyId":"first"}', '{"KeyId":"second"}']);
  });

  test('with noise behind a request that waits are closed without a word in its place', async () => {
    const kms = new KmsDouble();
    kms.respond = () => new Promise(() => {});
    const door = await serve(kms);
    expect(await exchange(door, `${rawRequest({ headers: ['Connection: keep-alive'] })}\x01\x02\r\n\r\n`)).toBe('');
    await alive(door);
  });
});

describe('a defect', () => {
  test('in what the door was given is a 500, and is shown to the hook', async () => {
    const kms = new KmsDouble();
    const defect = new Error('inner');
    const seen: unknown[] = [];
    const broken = (): never => {
      throw defect;
    };
    const onInternalError = (error: unknown): void => {
      seen.push(error);
    };
    const doors = await Promise.all([
      serve(kms, { ...permissive, onInternalError, signatureClock: broken }),
      serve(kms, { ...permissive, onInternalError, credentials: { mode: 'permissive', principalFor: broken } }),
    ]);
    for (const door of doors) {
      const said = await exchange(door, rawRequest());
      expect(statusesOf(said)).toEqual([500]);
      expect(said).toContain('InternalFailure');
      expect(said).not.toContain('inner');
    }
    expect(seen).toEqual([defect, defect]);
  });
});

describe('opening', () => {
  test.each(['0.0.0.0', '::', '10.0.0.1', '', 'example.com', '127.1'])('on %j has to be asked for', async (host) => {
    const refused = await serveHttp(new KmsDouble(), { ...strict, host }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(HttpDoorError);
    expect(refused).toMatchObject({ code: 'KMSIM_HOST_NOT_LOOPBACK', hint: expect.stringContaining('exposed: true') });
  });

  test('on every interface, when it is: reached by loopback and by the allowed names, and no other', async () => {
    const kms = new KmsDouble();
    const allowedHosts = ['kms.internal:4566'];
    const door = await serve(kms, { ...permissive, host: '0.0.0.0', exposed: true, allowedHosts });
    expect(door.url).toBe(`http://127.0.0.1:${door.port}`);
    await alive(door);
    const at = async (host: string): Promise<number[]> =>
      statusesOf(await exchange({ ...door, host: '127.0.0.1' }, rawRequest({ headers: [`Host: ${host}`] })));
    expect(await at('kms.internal:80')).toEqual([200]);
    expect(await at('evil.example')).toEqual([421]);
  });

  test.each(['http://kms', '*', 'a b', ''])('with the allowed host %j says what is wrong', async (name) => {
    const opening = serveHttp(new KmsDouble(), { ...strict, allowedHosts: [name] });
    await expect(opening).rejects.toMatchObject({ name: 'HttpDoorError', code: 'KMSIM_ALLOWED_HOST_INVALID' });
  });

  test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '127.0.0.2'])('on %s needs no leave', async (host) => {
    await alive(await serve(new KmsDouble(), { ...strict, host }));
  });

  test('on a port that is taken fails', async () => {
    const { port } = await serve(new KmsDouble());
    await expect(serveHttp(new KmsDouble(), { ...strict, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('closing', () => {
  test('ends idle connections and calls that wait, frees the port, and may be repeated', async () => {
    const kms = new KmsDouble();
    kms.respond = () => new Promise(() => {});
    const door = await serve(kms);
    const idle = connect(door.port, door.host);
    const waiting = exchange(door, rawRequest(), 5_000);
    const ended = new Promise((resolve) => idle.on('close', resolve));
    await vi.waitFor(() => expect(kms.visits.length).toBe(1));
    await Promise.all([door.close(), door.close()]);
    expect(await waiting).toBe('');
    await ended;
    await expect(fetch(door.url)).rejects.toThrow();
    await serve(kms, { ...permissive, port: door.port });
  });

  test('at the end of a scope', async () => {
    let url = '';
    {
      await using door = await serveHttp(new KmsDouble(), strict);
      url = door.url;
      await alive(door);
    }
    await expect(fetch(url)).rejects.toThrow();
  });
});
