import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { answerClientError } from '../src/http-malformed.ts';
import { takeTurn } from '../src/http-turns.ts';
import { KmsDouble } from './kms-double.ts';
import { alive, closeAfterEach, serve } from './open-door.ts';
import { exchange, rawRequest, statusesOf } from './raw-http.ts';

closeAfterEach();

const failing = (code: string): NodeJS.ErrnoException => Object.assign(new Error('inner detail'), { code });

async function said(code: string, prepare: (socket: PassThrough) => void = () => {}): Promise<string> {
  const socket = new PassThrough();
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString();
  });
  prepare(socket);
  answerClientError(failing(code), socket);
  await new Promise((resolve) => setImmediate(resolve));
  expect(socket.destroyed).toBe(true);
  return text;
}

test.each([
  ['HPE_INVALID_METHOD', 'HTTP/1.1 400 Bad Request'],
  ['HPE_HEADER_OVERFLOW', 'HTTP/1.1 431 Request Header Fields Too Large'],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 'HTTP/1.1 413 Payload Too Large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', 'HTTP/1.1 408 Request Timeout'],
])('%s: %s, and the connection ends', async (code, line) => {
  const text = await said(code);
  expect(text).toBe(`${line}\r\nServer: kmsim (simulated)\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
});

test('nothing is said to who is gone, or in the place of an answer', async () => {
  expect(await said('ECONNRESET')).toBe('');
  expect(await said('HPE_INVALID_METHOD', (socket) => socket.end())).toBe('');
  const waits = (socket: PassThrough): void => takeTurn({ socket, complete: true }, () => new Promise(() => {}));
  expect(await said('HPE_INVALID_METHOD', waits)).toBe('');
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
