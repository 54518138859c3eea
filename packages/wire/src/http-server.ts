// A node:http server on loopback with limits on time, size and sockets. What it answers is its caller's.

import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { listen, listenOnLoopback } from './guard/listen.ts';
import { type SocketCounts, SocketLimits } from './guard/sockets.ts';
import { isLoopback, urlHost } from './host-name.ts';
import type { RequestListener } from './http-conversation.ts';
import { HttpDoorError } from './http-door-error.ts';
import { answerClientError } from './http-malformed.ts';

export interface HttpServerOptions {
  /** 127.0.0.1, and ::1 where there is IPv6, unless given. */
  readonly host?: string | undefined;
  /** A free port unless given. */
  readonly port?: number | undefined;
  /** Whoever reaches the port reaches the keys: a host beyond this machine must be asked for twice. */
  readonly exposed?: boolean | undefined;
  /** PEM. With it the server speaks HTTPS alone, TLS 1.2 or later. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

export interface HttpDoor {
  readonly url: string;
  readonly host: string;
  /** Every address it listens on. */
  readonly addresses: readonly string[];
  readonly port: number;
  /** Ends every connection, idle or not. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface HttpLimits extends SocketCounts {
  readonly maxHeaderSize: number;
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  readonly connectionsCheckingInterval: number;
}

/** In bytes and milliseconds. Node's own defaults wait minutes and count no sockets. */
export const httpLimits: HttpLimits = {
  maxHeaderSize: 16_384,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxConnections: 1024,
  maxConnectionsPerRemote: 256,
};

export interface RequestListeners {
  readonly request: RequestListener;
  /** For requests that wait for a 100 (Continue) before they send a body. */
  readonly checkContinue: RequestListener;
}

/** Listens, and is ready when it resolves. */
export async function openHttpServer(
  { request, checkContinue }: RequestListeners,
  options: HttpServerOptions,
  limits: HttpLimits = httpLimits,
): Promise<HttpDoor> {
  const { exposed, host = '127.0.0.1', port: wanted = 0, tls } = options;
  if (exposed !== true && !isLoopback(host.toLowerCase())) throw new HttpDoorError('KMSIM_HOST_NOT_LOOPBACK', host);
  const settings = { ...limits, insecureHTTPParser: false };
  const sockets = new SocketLimits(limits);
  const make = (): Server => {
    const server =
      tls === undefined
        ? createServer(settings, request)
        : createTlsServer(
            { ...settings, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: limits.headersTimeout },
            request,
          );
    server.on('checkContinue', checkContinue);
    server.on('clientError', answerClientError);
    server.on('connection', (socket) => sockets.take(socket));
    return server;
  };
  const listening =
    options.host === undefined ? await listenOnLoopback(make, wanted) : [await listen(make(), { host, port: wanted })];
  const close = closer(
    listening.map(({ server }) => server),
    sockets,
  );
  const addresses = listening.map(({ address }) => address);
  // A name says nothing about where it leads.
  const beyond = addresses.find((address) => !isLoopback(address));
  if (exposed !== true && beyond !== undefined) {
    await close();
    throw new HttpDoorError('KMSIM_HOST_NOT_LOOPBACK', beyond);
  }
  const { port = wanted } = listening[0] ?? {};
  const url = `${tls === undefined ? 'http' : 'https'}://${urlHost(host)}:${port}`;
  return { url, host, addresses, port, close, [Symbol.asyncDispose]: close };
}

function closer(servers: readonly Server[], sockets: SocketLimits): () => Promise<void> {
  let closing: Promise<unknown> | undefined;
  return async () => {
    if (closing === undefined) {
      closing = Promise.all(servers.map(closed));
      sockets.endAll();
    }
    await closing;
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
