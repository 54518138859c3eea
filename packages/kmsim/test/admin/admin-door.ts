// An admin port for tests, and requests to it as bytes and as JSON.

import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { createKmsim, type Kmsim, type KmsimOptions, type KmsimServer, serve } from '../../src/index.ts';

export interface AdminDoor {
  readonly sim: Kmsim;
  readonly server: KmsimServer;
  readonly url: string;
  readonly port: number;
  readonly token: string;
}

/** Closed with the test. */
export function adminDoor(options: KmsimOptions = { seed: 'admin' }): Promise<AdminDoor> {
  return doorOf(createKmsim(options));
}

/** The same for a simulation in which something has happened. */
export async function doorOf(sim: Kmsim): Promise<AdminDoor> {
  const server = await serve(sim, { admin: true });
  onTestFinished(() => server.close());
  const { admin } = server;
  if (admin === undefined) throw new Error('no admin port');
  return { sim, server, url: admin.url, port: admin.port, token: admin.token };
}

export interface AdminReply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON says
  readonly body: any;
  readonly headers: Headers;
}

/** With the token. A body is posted. */
export async function ask({ token, url }: AdminDoor, path: string, body?: unknown): Promise<AdminReply> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const posted = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(url + path, { headers, ...posted, signal: AbortSignal.timeout(5_000) });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

/** What the port says to these lines of a head, with an empty object behind it. */
export function raw(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let said = '';
    const done = (): void => {
      socket.destroy();
      resolve(said);
    };
    socket.setTimeout(2_000, done);
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1');
    });
    socket.on('error', done).on('close', done);
    socket.write(`${[...lines, 'Content-Length: 2', 'Connection: close'].join('\r\n')}\r\n\r\n{}`);
  });
}

export function statusOf(said: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1]);
}
