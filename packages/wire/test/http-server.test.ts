// A server for answers that are not of KMS.

import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import {
  basicConstraints,
  curves,
  grow,
  plainEc,
  spki,
  toPkcs8,
  writeCertificate,
} from '../../hsm-core/src/certificates.ts';
import type { RequestListener } from '../src/http-conversation.ts';
import { type HttpDoor, type HttpServerOptions, openHttpServer } from '../src/http-server.ts';
import { exchange } from './raw-http.ts';

let door: HttpDoor | undefined;
afterEach(() => door?.close());

async function opened(options: HttpServerOptions = {}): Promise<HttpDoor> {
  const answering =
    (text: string): RequestListener =>
    (request, response) => {
      request.resume();
      response.end(text);
    };
  door = await openHttpServer({ request: answering('plain'), checkContinue: answering('waited') }, options);
  return door;
}

test('answers with its listeners', async () => {
  const { url } = await opened();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await (await fetch(url, { method: 'POST', body: 'x' })).text()).toBe('plain');
  const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n';
  expect(await exchange(await opened(), head)).toMatch(/waited$/);
});

describe('beyond this machine', () => {
  test.each(['0.0.0.0', '::', 'example.com'])('%s has to be asked for', async (host) => {
    await expect(opened({ host })).rejects.toMatchObject({ code: 'KMSIM_HOST_NOT_LOOPBACK' });
  });

  test('and is not reached under the address of every interface', async () => {
    const { url } = await opened({ host: '0.0.0.0', exposed: true });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  });
});

test('a key that is none keeps it from opening', async () => {
  await expect(opened({ tls: { cert: 'none', key: 'none' } })).rejects.toThrow();
});

test('closing ends a connection that waits before its handshake', async () => {
  const key = grow(new Uint8Array(32).fill(1), curves.ECC_NIST_P256, plainEc);
  const pem = (label: string, der: Uint8Array): string =>
    `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;
  const name = { organization: 'test', unit: 'test', commonName: 'test' };
  const cert = writeCertificate(
    {
      serial: Uint8Array.of(1),
      issuer: name,
      subject: name,
      validity: { from: 0, days: 30 },
      publicKey: spki(key),
      extensions: [basicConstraints()],
    },
    key,
  );
  const { close, port } = await opened({
    tls: { cert: pem('CERTIFICATE', cert), key: pem('PRIVATE KEY', toPkcs8(key)) },
  });
  const socket = connect(port, '127.0.0.1');
  const ended = new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
  await new Promise((resolve) => socket.once('connect', resolve));
  await close();
  await ended;
});
