// A server for answers that are not of KMS.

import { afterEach, describe, expect, test } from 'vitest';
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
