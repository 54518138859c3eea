import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import type { HttpDoorOptions } from '../src/http-door.ts';
import type { HttpDoor } from '../src/http-server.ts';
import { KmsDouble } from './kms-double.ts';
import { alive, closeAfterEach, permissive, serve, strict } from './open-door.ts';
import { exchange, rawRequest, statusesOf } from './raw-http.ts';

closeAfterEach();

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

  test('has the date of its own second', async () => {
    let now = 0;
    const door = await serve(new KmsDouble(), { ...permissive, signatureClock: () => now });
    const dates: (string | undefined)[] = [];
    for (now of [0, 999, 1000, 0, 86_400_000])
      dates.push(/^date: (.*)$/m.exec(await exchange(door, rawRequest()))?.[1]);
    expect(dates).toEqual([
      'Thu, 01 Jan 1970 00:00:00 GMT',
      'Thu, 01 Jan 1970 00:00:00 GMT',
      'Thu, 01 Jan 1970 00:00:01 GMT',
      'Thu, 01 Jan 1970 00:00:00 GMT',
      'Fri, 02 Jan 1970 00:00:00 GMT',
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

  test('of /_localstack/health, as scripts look for it with grep', async () => {
    let ready = false;
    const sts: NonNullable<HttpDoorOptions['sts']> = { getCallerIdentity: vi.fn(), assumeRole: vi.fn() };
    const kms = new KmsDouble();
    for (const [options, services] of [
      [strict, '{ "kms": "running" }'],
      [{ ...strict, sts }, '{ "kms": "running", "sts": "running" }'],
    ] as const) {
      ready = false;
      const door = await serve(kms, { ...options, ready: () => ready });
      const health = (): Promise<Response> => fetch(`${door.url}/_localstack/health`);
      const early = await health();
      expect([early.status, await early.text()]).toEqual([503, expect.stringContaining('"kms": "starting"')]);
      ready = true;
      const response = await health();
      const text = `{ "services": ${services}, "name": "kmsim", "simulated": true }`;
      expect([response.status, await response.text()]).toEqual([200, text]);
    }
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

describe('a connection', () => {
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
      // No clock but the given one.
      expect(said).not.toMatch(/^date:/im);
    }
    expect(seen).toEqual([defect, defect]);
  });
});
