// The HTTP door: one node:http server for every client that is not the AWS SDK for JavaScript.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AnswerHooks, Service } from './aws-json.ts';
import { isLoopback, parseHost, urlHost } from './host-name.ts';
import type { Identification } from './http-caller.ts';
import { conversation } from './http-conversation.ts';
import { HttpDoorError } from './http-door-error.ts';
import { answerClientError } from './http-malformed.ts';
import type { SecurityTokens } from './sts-query.ts';

export interface HttpDoorOptions extends Identification, AnswerHooks {
  /** 127.0.0.1 unless given. */
  readonly host?: string | undefined;
  /** A free port unless given. */
  readonly port?: number | undefined;
  /** Whoever reaches the port reaches the keys: a host beyond this machine must be asked for twice. */
  readonly exposed?: boolean | undefined;
  /** Names, beside localhost and the host, that a request may be addressed to. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Answers GetCallerIdentity and AssumeRole on the same port. */
  readonly sts?: SecurityTokens | undefined;
  /** Whether /health says yes; a door is ready as soon as it listens unless this says otherwise. */
  readonly ready?: (() => boolean) | undefined;
}

export interface HttpDoor {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Ends every connection, idle or not. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface HttpLimits {
  readonly maxHeaderSize: number;
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  readonly connectionsCheckingInterval: number;
  readonly maxConnections: number;
}

/** In bytes and milliseconds. Node's own defaults wait minutes and count no sockets. */
export const httpLimits: HttpLimits = {
  maxHeaderSize: 16_384,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxConnections: 1024,
};

/** Listens, and is ready when it resolves. */
export async function serveHttp(kms: Service, options: HttpDoorOptions): Promise<HttpDoor> {
  return openHttpDoor(kms, options, httpLimits);
}

export async function openHttpDoor(kms: Service, options: HttpDoorOptions, limits: HttpLimits): Promise<HttpDoor> {
  const host = options.host ?? '127.0.0.1';
  const exposed = options.exposed === true;
  if (!exposed && !isLoopback(host.toLowerCase())) throw new HttpDoorError('KMSIM_HOST_NOT_LOOPBACK', host);
  const policy = {
    boundHost: host,
    allowedHosts: (options.allowedHosts ?? []).map(allowedName),
    forms: options.sts !== undefined,
  };

  const server = createServer({ ...limits, insecureHTTPParser: false }, conversation(kms, options, policy));
  server.on('checkContinue', conversation(kms, options, policy, 'continue'));
  server.on('clientError', answerClientError);
  server.maxConnections = limits.maxConnections;

  const { address, port } = await listen(server, host, options.port ?? 0);
  const close = closer(server);
  // A name says nothing about where it leads.
  if (!exposed && !isLoopback(address)) {
    await close();
    throw new HttpDoorError('KMSIM_HOST_NOT_LOOPBACK', address);
  }
  return { url: `http://${urlHost(host)}:${port}`, host, port, close, [Symbol.asyncDispose]: close };
}

function allowedName(host: string): string {
  const parsed = parseHost(host);
  if (parsed === undefined) throw new HttpDoorError('KMSIM_ALLOWED_HOST_INVALID', host);
  return parsed.name;
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

function closer(server: Server): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return closing;
  };
}
