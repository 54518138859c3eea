// A proxy behind a socket: what a misbehaving one does to its connections, what a client may not do, TLS.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { serveXksProxy } from '../src/index.ts';
import { type Asker, overHttp, signed } from './asking.ts';
import { encryptBody, healthBody } from './bodies.ts';
import { proxyOf } from './proxy-of.ts';

const proxy = proxyOf();
let server: Asker & { readonly url: string };
beforeAll(async () => {
  server = await overHttp(proxy);
});
afterAll(() => server[Symbol.asyncDispose]());
afterEach(() => proxy.behave());

const alive = async (): Promise<void> => expect((await server.ask('/health', healthBody)).status).toBe(200);

describe('a proxy that misbehaves', () => {
  test('answers late, and goes on', async () => {
    proxy.misbehave({ kind: 'slow', milliseconds: 60 }, { times: 1 });
    const answers = await Promise.all([server.ask('/health', healthBody), server.ask('/health', healthBody)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await alive();
  });

  test.each(['down', 'cut off'] as const)('is %s: the client gets no whole answer', async (kind) => {
    proxy.misbehave({ kind }, { times: 1 });
    await expect(server.ask('/keys/k/encrypt', encryptBody())).rejects.toThrow();
    await alive();
  });

  test('leads elsewhere', async () => {
    proxy.misbehave({ kind: 'redirect', location: 'http://169.254.169.254/' }, { times: 1 });
    expect((await server.ask('/health', healthBody)).status).toBe(307);
  });
});

describe('a client', () => {
  /** What is said to bytes on a socket. */
  const said = (bytes: string | Uint8Array): Promise<string> =>
    new Promise((resolve) => {
      const { hostname, port } = new URL(server.url);
      const socket = connect(Number(port), hostname);
      let text = '';
      const done = (): void => {
        socket.destroy();
        resolve(text);
      };
      socket.setTimeout(300, done);
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
      });
      socket.on('error', done).on('close', done);
      socket.end(bytes);
    });
  const head = `POST ${proxy.uriPath}/health HTTP/1.1\r\nHost: x\r\n`;

  test.each<[string, string, number]>([
    ['that is a web page', `${head}Origin: http://evil.example\r\nContent-Length: 2\r\n\r\n{}`, 403],
    ['that signs twice', `${head}Authorization: a\r\nAuthorization: b\r\nContent-Length: 2\r\n\r\n{}`, 400],
    ['with more headers than there are', `${head}${'A: b\r\n'.repeat(80)}Content-Length: 2\r\n\r\n{}`, 431],
    ['that speaks no HTTP', 'hello\r\n\r\n', 400],
    ['that says two lengths', `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    ['that reads', 'GET /kms/xks/v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 405],
    ['that sends too much', `${head}Content-Length: 300000\r\nConnection: close\r\n\r\n${'x'.repeat(300_000)}`, 413],
  ])('%s', async (_, bytes, status) => {
    expect(/^HTTP\/1\.1 (\d{3})/.exec(await said(bytes))?.[1]).toBe(String(status));
    await alive();
  });

  property.prop([fc.uint8Array({ maxLength: 200 })], { numRuns: 25 })('that sends anything', async (bytes) => {
    const [answer] = await Promise.all([said(Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n\r\n')]))]);
    expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    await alive();
  });
});

test.each(['0.0.0.0', '::', 'example.com'])('on %s it has to be asked for', async (host) => {
  const opening = serveXksProxy(proxy, { signatureClock: () => 0, host });
  await expect(opening).rejects.toMatchObject({ code: 'KMSIM_HOST_NOT_LOOPBACK' });
});

test('closing ends every connection and may be repeated', async () => {
  const own = await overHttp(proxyOf());
  await own.ask('/health', healthBody);
  await own[Symbol.asyncDispose]();
  await own[Symbol.asyncDispose]();
  await expect(own.ask('/health', healthBody)).rejects.toThrow();
});

const noOpenssl = spawnSync('openssl', ['version']).status !== 0;

test.skipIf(noOpenssl)('over TLS', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kmsim-xks-'));
  try {
    const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const named = ['-subj', '/CN=xks.example.com', '-addext', 'subjectAltName=DNS:xks.example.com'];
    spawnSync('openssl', ['req', '-x509', ...made, ...named, '-keyout', keyFile, '-out', certFile]);
    const tls = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
    await using own = await serveXksProxy(proxy, { signatureClock: () => Date.now(), tls });
    expect(own.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const body = JSON.stringify(healthBody);
    const path = `${proxy.uriPath}/health`;
    const headers = signed({ method: 'POST', path, host: 'xks.example.com', body, at: Date.now() }, proxy.credential);
    const statusOf = (ca?: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const options = {
          host: '127.0.0.1',
          port: own.port,
          path,
          method: 'POST',
          headers,
          servername: 'xks.example.com',
        };
        const sent = request({ ...options, agent: false, ...(ca !== undefined && { ca }) }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on('error', reject).end(body);
      });
    expect(await statusOf(tls.cert)).toBe(200);
    await expect(statusOf()).rejects.toThrow(/self-signed/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
