// Listening on both loopback addresses.

import { createServer, type Server } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { listen, listenOnLoopback } from '../../src/guard/listen.ts';

const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await new Promise((resolve) => server.close(resolve));
});

function make(): Server {
  const server = createServer();
  open.push(server);
  return server;
}

/** A server of a system on which this happens to whoever listens on ::1. */
function failing(code: string): () => Server {
  return () => {
    const server = make();
    const real = server.listen.bind(server) as (where: object, ready: () => void) => Server;
    vi.spyOn(server, 'listen').mockImplementation(((where: { host: string }, ready: () => void) => {
      if (where.host !== '::1') return real(where, ready);
      server.emit('error', Object.assign(new Error(code), { code }));
      return server;
    }) as never);
    return server;
  };
}

async function hasIpv6(): Promise<boolean> {
  return listen(make(), { host: '::1', port: 0 }).then(
    () => true,
    () => false,
  );
}

test('on one port of both families, where there are two', async () => {
  const listening = await listenOnLoopback(make, 0);
  expect(listening.map(({ address }) => address)).toEqual((await hasIpv6()) ? ['127.0.0.1', '::1'] : ['127.0.0.1']);
  expect(new Set(listening.map(({ port }) => port)).size).toBe(1);
});

test.each(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])('on 127.0.0.1 alone where IPv6 is %s', async (code) => {
  const listening = await listenOnLoopback(failing(code), 0);
  expect(listening.map(({ address }) => address)).toEqual(['127.0.0.1']);
});

test('not beside a stranger, who would get what is meant for localhost', async () => {
  const wanted = (await listen(make(), { host: '127.0.0.1', port: 0 })).port;
  await new Promise((resolve) => open.pop()?.close(resolve));
  await expect(listenOnLoopback(failing('EADDRINUSE'), wanted)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  // What was opened first is closed again.
  expect(open.some((server) => server.listening)).toBe(false);
});

test('a free port is looked for as long as one is taken in the other family', async () => {
  let refusals = 2;
  const busy = failing('EADDRINUSE');
  // Two of each round: one for either family.
  const listening = await listenOnLoopback(() => (refusals-- > 0 ? busy() : make()), 0);
  expect(listening[0]?.server.listening).toBe(true);
});

test('what else goes wrong is told', async () => {
  await expect(listenOnLoopback(failing('EACCES'), 0)).rejects.toMatchObject({ code: 'EACCES' });
});
