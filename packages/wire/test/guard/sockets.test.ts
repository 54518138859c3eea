// Sockets are counted at real connections; the addresses 127.0.0.x are as many remotes as are wanted.

import { connect, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { openHttpDoor } from '../../src/http-door.ts';
import { type HttpDoor, httpLimits } from '../../src/http-server.ts';
import { KmsDouble } from '../kms-double.ts';
import { cleanup, closeAfterEach, permissive } from '../open-door.ts';

closeAfterEach();
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

async function opened(maxConnections: number, maxConnectionsPerRemote: number): Promise<HttpDoor> {
  const limits = { ...httpLimits, maxConnections, maxConnectionsPerRemote };
  return cleanup(await openHttpDoor(new KmsDouble(), permissive, limits));
}

/** Whether a connection from there is answered. */
function answers(door: HttpDoor, localAddress: string, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: door.port, localAddress });
    sockets.push(socket);
    socket.on('connect', () => socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n'));
    socket.once('data', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
}

test('no more than its share for one remote, and others have theirs', async () => {
  const door = await opened(10, 2);
  expect([await answers(door, '127.0.0.1'), await answers(door, '127.0.0.1')]).toEqual([true, true]);
  expect(await answers(door, '127.0.0.1')).toBe(false);
  expect([await answers(door, '127.0.0.2'), await answers(door, '127.0.0.2')]).toEqual([true, true]);
  expect(await answers(door, '127.0.0.2')).toBe(false);
});

test('no more than there may be in all, over both loopback addresses', async () => {
  const door = await opened(3, 2);
  const second = door.addresses[1];
  expect([await answers(door, '127.0.0.1'), await answers(door, '127.0.0.2')]).toEqual([true, true]);
  expect(second === undefined ? await answers(door, '127.0.0.2') : await answers(door, '::1', second)).toBe(true);
  expect(await answers(door, '127.0.0.3')).toBe(false);
});

test('who leaves makes room', async () => {
  const door = await opened(10, 1);
  expect([await answers(door, '127.0.0.1'), await answers(door, '127.0.0.1')]).toEqual([true, false]);
  sockets[0]?.destroy();
  await vi.waitFor(async () => expect(await answers(door, '127.0.0.1')).toBe(true));
});

test('the limits of a door', () => {
  expect(httpLimits).toMatchObject({ maxConnections: 1024, maxConnectionsPerRemote: 256 });
});
