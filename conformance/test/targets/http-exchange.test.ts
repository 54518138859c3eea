// One request, whatever becomes of it.

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { exchange, type HttpRequest } from '../../src/targets/http-exchange.ts';
import { TargetError } from '../../src/targets/target-error.ts';
import { type Behaviour, type StandIn, standIn } from './stand-in.ts';

const servers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serving(behaviour: Behaviour): Promise<StandIn> {
  const server = await standIn(behaviour);
  servers.push(server);
  return server;
}

const to = (url: URL, body: string | Uint8Array = '{}'): HttpRequest => ({ url, headers: { 'x-a': 'b' }, body });

async function fault(asked: Promise<unknown>): Promise<TargetError> {
  const error: unknown = await asked.catch((reason: unknown) => reason);
  if (!(error instanceof TargetError)) throw error;
  return error;
}

test('goes out as it is and comes back as it is', async () => {
  const server = await serving((_, response) => response.writeHead(418, { 'x-c': 'd' }).end('tea'));
  const answer = await exchange(to(server.url, '{"a":"ä"}'));
  expect({ ...answer, body: Buffer.from(answer.body).toString() }).toMatchObject({
    status: 418,
    headers: { 'x-c': 'd' },
    body: 'tea',
  });
  expect(server.asked).toMatchObject([
    { method: 'POST', headers: { 'x-a': 'b', 'content-length': '10' }, body: '{"a":"ä"}' },
  ]);
});

test('a body may be bytes', async () => {
  const server = await serving((_, response) => response.end());
  await exchange(to(server.url, new Uint8Array(Buffer.from('bytes'))));
  expect(server.asked[0]?.body).toBe('bytes');
});

describe('what goes wrong is one line', () => {
  test('nobody listens', async () => {
    const server = await standIn(() => {});
    await server.close();
    const error = await fault(exchange(to(server.url)));
    expect(error).toMatchObject({ message: `${server.url.host}: nobody listens there`, silent: true });
  });

  test('it never answers', async () => {
    const server = await serving(() => {});
    const error = await fault(exchange(to(server.url), 200));
    expect(error).toMatchObject({ message: `no answer from ${server.url.host} within 0.2 s`, silent: true });
  });

  test('it answers a byte at a time', async () => {
    const server = await serving((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const error = await fault(exchange(to(server.url), 300));
    expect(error.message).toContain('within 0.3 s');
  });

  test('it closes the connection', async () => {
    const server = await serving((_, response) => response.destroy());
    expect((await fault(exchange(to(server.url)))).message).toContain('closed the connection without an answer');
  });

  test('it closes the connection in the middle of an answer', async () => {
    const server = await serving((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"half":');
      setTimeout(() => response.destroy(), 20);
    });
    expect((await fault(exchange(to(server.url)))).message).toContain('closed the connection');
  });

  test('it answers without an end', async () => {
    const server = await serving((_, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    const error = await fault(exchange(to(server.url)));
    expect(error).toMatchObject({ message: expect.stringContaining('more than 4194304 bytes'), silent: false });
  });

  test('it does not speak HTTP', async () => {
    const server = createServer((socket) => socket.on('error', () => {}).end('220 mail.example ESMTP\r\n'));
    servers.push({ close: () => server.close() });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect((await fault(exchange(to(url)))).message).toContain('it does not speak HTTP');
  });
});
