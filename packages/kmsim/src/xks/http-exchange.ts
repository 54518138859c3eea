// A request to a proxy over HTTP or HTTPS, answered or given up within the time limit. Loaded when the first one is sent.

import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { XksAnswer } from '@kmsim/kms';
import { afterMilliseconds } from '@kmsim/world';
import { guardedLookup } from './guarded-lookup.ts';
import { maxAnswerBytes } from './limits.ts';
import type { Destination } from './xks-endpoints.ts';

export type Address = Extract<Destination, { readonly kind: 'http' | 'https' }>;

export interface Message {
  readonly path: string;
  /** The host of the store's endpoint is in them: it is whom the request is for, wherever it is sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

// Idle connections are left before a server of Node leaves them (5 s), so that none ends while a request is on its way. Idle ones keep no process alive.
const settings = { keepAlive: true, maxSockets: 256, maxFreeSockets: 32, timeout: 4_000 };

const lookups = { http: guardedLookup(true), https: guardedLookup(false) };

/** Connections to proxies, kept open between requests. */
export class Exchange {
  readonly #limit: number;
  readonly #agents: { readonly http: HttpAgent; readonly https: HttpsAgent } = {
    http: new HttpAgent(settings),
    https: new HttpsAgent(settings),
  };

  /** `limit`: milliseconds for a request and its answer. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Never rejects. No redirect is followed and no proxy of the environment is asked. */
  send({ ca, hostname, kind, port }: Address, { body, headers, path }: Message): Promise<XksAnswer> {
    const options = {
      agent: this.#agents[kind],
      host: hostname,
      port,
      path,
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: lookups[kind],
    };
    if (kind === 'http') return answerTo(requestHttp(options), body, this.#limit);
    // Who answers must be the host of the store's endpoint, as its certificate says.
    const identity = {
      servername: headers['host'] ?? hostname,
      rejectUnauthorized: true,
      ...(ca !== undefined && { ca }),
    };
    return answerTo(requestHttps({ ...options, ...identity }), body, this.#limit);
  }

  close(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }
}

function answerTo(request: ClientRequest, body: string, limit: number): Promise<XksAnswer> {
  return new Promise((resolve) => {
    let isHandshake = false;
    const settle = (answer: XksAnswer): void => {
      cancel();
      resolve(answer);
    };
    const cancel = afterMilliseconds(limit, () => {
      resolve({ failure: 'timed out' });
      request.destroy();
    });
    request.on('socket', (socket) => {
      if (request.reusedSocket || !('encrypted' in socket)) return;
      // What ends between these two has failed in the handshake.
      socket.once('connect', () => {
        isHandshake = true;
      });
      socket.once('secureConnect', () => {
        isHandshake = false;
      });
    });
    request.on('response', (response) => receive(response, settle));
    request.on('error', (error: NodeJS.ErrnoException) => settle(isHandshake ? { failure: 'tls' } : unheard(error)));
    request.on('close', () => settle({ failure: 'unreachable' }));
    request.end(body);
  });
}

// What is no HTTP has no status; somebody is there who cannot be understood.
function unheard({ code }: NodeJS.ErrnoException): XksAnswer {
  return code?.startsWith('HPE_') ? { status: 0, body: '' } : { failure: 'unreachable' };
}

function receive(response: IncomingMessage, settle: (answer: XksAnswer) => void): void {
  const status = response.statusCode ?? 0;
  const chunks: Uint8Array[] = [];
  let length = 0;
  response.on('data', (chunk: Uint8Array) => {
    length += chunk.length;
    if (length <= maxAnswerBytes) chunks.push(chunk);
    else {
      settle({ status, body: '' });
      response.destroy();
    }
  });
  response.on('end', () => settle({ status, body: Buffer.concat(chunks).toString('utf8') }));
  response.on('error', () => settle({ failure: 'unreachable' }));
}
