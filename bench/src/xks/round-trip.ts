// The floors: a bare round trip with node:http to the proxy, and to a server that does nothing.

import { type Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { XksProxyLike } from 'kmsim';

/** A request that a proxy takes. */
export type Message = Parameters<XksProxyLike['handle']>[0];

/** Sends it again and again over connections that stay open. */
export function roundTrip(agent: Agent, port: number, { body, headers, path }: Message): () => Promise<Uint8Array> {
  const length = Buffer.byteLength(body);
  const ask = (): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      const options = { agent, host: '127.0.0.1', port, path, method: 'POST' };
      const sent = request({ ...options, headers: { ...headers, 'content-length': length } }, (response) => {
        const chunks: Uint8Array[] = [];
        response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
        response.on('end', () => {
          if (response.statusCode === 200) resolve(Buffer.concat(chunks));
          else reject(new Error(`the server answered ${response.statusCode}`));
        });
      });
      // On a busy machine a turn may come after the server has left the idle connection.
      sent.on('error', (error) => (sent.reusedSocket ? resolve(ask()) : reject(error))).end(body);
    });
  return ask;
}

/** Reads what it is sent and answers always the same. */
export async function constantServer(): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const server = createServer((incoming, response) => {
    incoming.on('data', () => {}).on('end', () => response.end('{"constant":true}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
