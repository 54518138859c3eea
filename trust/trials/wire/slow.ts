// Clients that take their time: sockets that send a byte a second, or nothing. The server has to end every one of them.

import { connect } from 'node:net';
import { loopback } from './socket.ts';

export interface Slow {
  /** Each of them: how long it took until the server ended it, or undefined where it did not. */
  readonly ended: Promise<readonly (number | undefined)[]>;
}

// 5 s for a head, 10 s for a request, looked at every second: with room for a machine that is busy.
const longest = 30_000;

const head =
  'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: TrentService.ListKeys\r\n';
const beginnings: readonly string[] = [
  '',
  'POST',
  head,
  `${head}Content-Length: 262144\r\n\r\n`,
  `${head}Transfer-Encoding: chunked\r\n\r\n`,
  `${head}Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n`,
];
// What goes on where it begins, without ever coming to an end.
const drops: readonly string[] = ['', 'P', 'X', ' ', '1', ' '];

/** So many at once, of every kind, from several addresses. */
export function slowClients(port: number, count: number, perAddress: number): Slow {
  const all = Array.from({ length: count }, (_, at) => one(port, at, loopback(100 + Math.floor(at / perAddress))));
  return { ended: Promise.all(all) };
}

function one(port: number, at: number, from: string | undefined): Promise<number | undefined> {
  const kind = at % beginnings.length;
  return new Promise((resolve) => {
    const began = performance.now();
    const socket = connect({ port, host: '127.0.0.1', ...(from !== undefined && { localAddress: from }) });
    const done = (took?: number): void => {
      clearInterval(dripping);
      clearTimeout(timer);
      socket.destroy();
      resolve(took);
    };
    const dripping = setInterval(() => socket.write(drops[kind] ?? ''), 1000);
    const timer = setTimeout(done, longest);
    socket.on('data', () => undefined);
    socket.on('error', () => undefined);
    socket.on('close', () => done(performance.now() - began));
    socket.write(beginnings[kind] ?? '');
  });
}
