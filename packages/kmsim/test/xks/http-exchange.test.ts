// What comes over sockets that no proxy would say.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { serveXksProxy } from '@kmsim/xks-proxy';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { xksTransport } from '../../src/xks/xks-transport.ts';
import { endpoint, newProxy, patience, requestTo } from './asking.ts';

const signatureClock = (): number => Date.now();
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const resource of opened.splice(0)) await resource.close();
});

/** A server of bytes; its port. */
async function bytesServer(converse: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    converse(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return (server.address() as AddressInfo).port;
}

const proxy = newProxy();
const askAt = (target: string, limit = patience): unknown =>
  xksTransport({ [endpoint]: target }, limit)(requestTo(proxy));
const saying =
  (text: string, end = true) =>
  (socket: Socket): void => {
    socket.once('data', () => (end ? socket.end(text) : socket.write(text)));
  };

describe('over HTTP', () => {
  test.each<[string, (socket: Socket) => void, object]>([
    ['the end', (socket) => socket.end(), { failure: 'unreachable' }],
    ['a reset', (socket) => socket.resetAndDestroy(), { failure: 'unreachable' }],
    ['no HTTP', saying('hello\r\n\r\n'), { status: 0, body: '' }],
    ['half a head', saying('HTTP/1.1 200 OK\r\nContent-'), { failure: 'unreachable' }],
    ['half a body', saying('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}'), { failure: 'unreachable' }],
    ['an endless head', saying(`HTTP/1.1 200 OK\r\nA: ${'b'.repeat(70_000)}`, false), { status: 0, body: '' }],
    ['an endless body', saying(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(100_000)}`, false), { status: 200, body: '' }],
    [
      'another protocol',
      saying('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
      { failure: 'unreachable' },
    ],
    [
      'that the body may come, without having been asked',
      saying('HTTP/1.1 100 Continue\r\n\r\n', false),
      { failure: 'unreachable' },
    ],
    ['no status', saying('HTTP/1.1 abc OK\r\n\r\n'), { status: 0, body: '' }],
    [
      'what is no UTF-8',
      (socket) => socket.once('data', () => socket.end(Buffer.from('HTTP/1.1 200 OK\r\n\r\n\xff', 'latin1'))),
      { status: 200, body: '\ufffd' },
    ],
  ])('somebody who says %s', async (_, converse, expected) => {
    const port = await bytesServer(converse);
    expect(await askAt(`http://127.0.0.1:${port}`)).toEqual(expected);
  });

  test.each<[string, (socket: Socket) => void]>([
    ['nothing', () => {}],
    ['a head and nothing more', saying('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', false)],
    ['half an answer now and then', saying('HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n', false)],
  ])('somebody who says %s is not waited for', async (_, converse) => {
    expect(await askAt(`http://127.0.0.1:${await bytesServer(converse)}`, 100)).toEqual({ failure: 'timed out' });
  });

  test('nobody there', async () => {
    const port = await bytesServer(() => {});
    for (const server of opened.splice(0)) await server.close();
    expect(await askAt(`http://127.0.0.1:${port}`)).toEqual({ failure: 'unreachable' });
  });

  test('the host is that of the store, and few connections serve many requests', async () => {
    const heads: string[] = [];
    let connections = 0;
    const port = await bytesServer((socket) => {
      connections += 1;
      socket.on('data', (chunk) => {
        heads.push(chunk.toString());
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
      });
    });
    const transport = xksTransport({ [endpoint]: `http://localhost:${port}` }, patience);
    for (let n = 0; n < 20; n++) expect(await transport(requestTo(proxy))).toEqual({ status: 200, body: '{}' });
    // A connection may come to rest only after the next request was sent on another one.
    expect(connections).toBeLessThanOrEqual(2);
    expect(heads[0]).toMatch(
      /^POST \/stores\/one\/kms\/xks\/v1\/keys\/k\/encrypt HTTP\/1\.1\r\nhost: xks\.example\.com\r\n/i,
    );
    expect(heads[0]).toMatch(/SignedHeaders=host;x-amz-date,/);
  });

  test.each<[string, string]>([
    ['says that it is the last', 'Connection: close\r\n'],
    ['says that its server waits for a second', 'Keep-Alive: timeout=1\r\n'],
  ])('an answer that %s: another connection for the next', async (_, header) => {
    let connections = 0;
    const port = await bytesServer((socket) => {
      connections += 1;
      socket.on('data', () => socket.write(`HTTP/1.1 200 OK\r\n${header}Content-Length: 2\r\n\r\n{}`));
    });
    const transport = xksTransport({ [endpoint]: `http://127.0.0.1:${port}` }, patience);
    for (let n = 0; n < 3; n++) expect(await transport(requestTo(proxy))).toEqual({ status: 200, body: '{}' });
    expect(connections).toBe(3);
  });

  test('what comes with an answer or after it is not taken for the next', async () => {
    const answer = (body: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    let connections = 0;
    let unasked: Promise<unknown> = Promise.resolve();
    const port = await bytesServer((socket) => {
      const isFirst = ++connections === 1;
      socket.on('data', () => {
        socket.write(isFirst ? answer('one') + answer('forged') : answer('two'));
        if (isFirst) return;
        unasked = new Promise((resolve) => {
          socket.on('close', resolve);
          setImmediate(() => socket.write(answer('forged')));
        });
      });
    });
    const transport = xksTransport({ [endpoint]: `http://127.0.0.1:${port}` }, patience);
    expect(await transport(requestTo(proxy))).toMatchObject({ body: 'one' });
    for (let n = 0; n < 3; n++) {
      expect(await transport(requestTo(proxy))).toMatchObject({ body: 'two' });
      // The connection is left.
      await unasked;
    }
    expect(connections).toBe(4);
  });

  test('a connection that was given up is not used again', async () => {
    const asked: number[] = [];
    const port = await bytesServer((socket) => {
      const number = asked.push(0) - 1;
      socket.on('data', () => {
        asked[number] = (asked[number] ?? 0) + 1;
        // The first never answers.
        if (number > 0) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
      });
    });
    const transport = xksTransport({ [endpoint]: `http://127.0.0.1:${port}` }, 200);
    expect(await transport(requestTo(proxy))).toEqual({ failure: 'timed out' });
    // A busy machine may need more than one.
    for (let answer: unknown; !isDeepStrictEqual(answer, { status: 200, body: '{}' }); )
      answer = await transport(requestTo(proxy));
    expect(asked[0]).toBe(1);
  });

  test('more requests than connections: the rest wait for one', async () => {
    let connections = 0;
    const port = await bytesServer((socket) => {
      connections += 1;
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'));
    });
    const transport = xksTransport({ [endpoint]: `http://127.0.0.1:${port}` }, patience);
    const answers = await Promise.all(Array.from({ length: 300 }, () => transport(requestTo(proxy))));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"status":200,"body":"{}"}']));
    expect(connections).toBe(256);
  });

  test.each<[string, object]>([
    ['a path', { path: '/kms/xks/v1/health HTTP/1.1\r\nA: b' }],
    ['a credential', { credential: { accessKeyId: 'A\r\nB: c', rawSecretAccessKey: 's'.repeat(43) } }],
  ])('%s that would be more than one line is not sent', async (_, change) => {
    let said = '';
    const port = await bytesServer((socket) => {
      socket.on('data', (chunk) => {
        said += chunk.toString();
      });
    });
    const transport = xksTransport({ [endpoint]: `http://127.0.0.1:${port}` }, patience);
    expect(await transport(requestTo(proxy, change))).toEqual({ failure: 'unreachable' });
    expect(said).toBe('');
  });

  test('requests side by side', async () => {
    const own = newProxy();
    await using server = await serveXksProxy(own, { signatureClock });
    const transport = xksTransport({ [endpoint]: server.url }, patience);
    const answers = await Promise.all(Array.from({ length: 20 }, () => transport(requestTo(own))));
    expect(answers.map((answer) => ('status' in answer ? answer.status : answer.failure))).toEqual(
      Array.from({ length: 20 }, () => 200),
    );
  });
});

const noOpenssl = spawnSync('openssl', ['version']).status !== 0;

describe.skipIf(noOpenssl)('over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kmsim-xks-'));
  const certificate = (host: string): { readonly cert: string; readonly key: string } => {
    const [key, cert] = [join(folder, `${host}.key`), join(folder, `${host}.pem`)];
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const named = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
    spawnSync('openssl', ['req', '-x509', ...made, ...named, '-keyout', key, '-out', cert]);
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  };
  let right: ReturnType<typeof certificate>;
  let wrong: ReturnType<typeof certificate>;
  beforeAll(() => {
    right = certificate('xks.example.com');
    wrong = certificate('other.example.com');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const askWith = async (tls: typeof right, ca?: string): Promise<unknown> => {
    await using server = await serveXksProxy(proxy, { signatureClock, tls });
    const target = { url: server.url, ...(ca !== undefined && { ca }) };
    return await xksTransport({ [endpoint]: target }, patience)(requestTo(proxy));
  };

  test('a certificate of the host of the store, by an authority that is trusted', async () => {
    expect(await askWith(right, right.cert)).toMatchObject({ status: 200 });
  });

  test('by one that is not, or for another host: no TLS connection', async () => {
    expect(await askWith(right)).toEqual({ failure: 'tls' });
    expect(await askWith(wrong, wrong.cert)).toEqual({ failure: 'tls' });
  });

  test.each<[string, (socket: Socket) => void, object]>([
    ['plain HTTP', saying('HTTP/1.1 200 OK\r\n\r\n'), { failure: 'tls' }],
    ['the end', saying(''), { failure: 'tls' }],
  ])('somebody who says %s instead of a handshake', async (_, converse, expected) => {
    expect(await askAt(`https://127.0.0.1:${await bytesServer(converse)}`)).toEqual(expected);
  });

  test('somebody who says nothing instead of a handshake is not waited for', async () => {
    expect(await askAt(`https://127.0.0.1:${await bytesServer(() => {})}`, 100)).toEqual({ failure: 'timed out' });
  });

  test('nobody there is unreachable', async () => {
    const port = await bytesServer(() => {});
    for (const server of opened.splice(0)) await server.close();
    expect(await askAt(`https://127.0.0.1:${port}`)).toEqual({ failure: 'unreachable' });
  });
});
