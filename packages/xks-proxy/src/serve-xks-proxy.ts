// A proxy behind a socket: HTTP on loopback, or HTTPS.

import { openHttpServer, type RequestListener } from '@kmsim/wire/http';
import { conversation } from './conversation.ts';
import type { XksProxy } from './xks-proxy.ts';

export interface ServeXksProxyOptions {
  /** The clock that signatures are measured by, in milliseconds since the epoch: `() => Date.now()`. */
  readonly signatureClock: () => number;
  /** 127.0.0.1 unless given. */
  readonly host?: string | undefined;
  /** A free port unless given. */
  readonly port?: number | undefined;
  /** A host beyond this machine must be asked for twice. */
  readonly exposed?: boolean | undefined;
  /** PEM. With it the server speaks HTTPS alone, TLS 1.2 or later. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

export interface XksProxyServer {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Ends every connection, idle or not. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Listens, and is ready when it resolves. */
export function serveXksProxy(proxy: XksProxy, options: ServeXksProxyOptions): Promise<XksProxyServer> {
  const { signatureClock, ...server } = options;
  const request: RequestListener = conversation(proxy, signatureClock);
  const checkContinue: RequestListener = (incoming, response) => {
    response.writeContinue();
    request(incoming, response);
  };
  return openHttpServer({ request, checkContinue }, server);
}
