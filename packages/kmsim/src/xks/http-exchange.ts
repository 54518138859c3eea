// A request to a proxy over HTTP or HTTPS, answered or given up within the time limit. Loaded when the first one is sent.
//
// By undici, Node's own newer client: that of node:http costs more than the simulation's part of an Encrypt (bench, suite xks).

import type { XksAnswer } from '@kmsim/kms';
import { TimeLimits } from '@kmsim/world';
import { type Dispatcher, errors, Pool } from 'undici';
import { type Address, connectorTo, HandshakeFailure } from './http-connector.ts';
import { maxAnswerBytes } from './limits.ts';

export interface Message {
  readonly path: string;
  /** The host of the store's endpoint is in them: it is whom the request is for, wherever it is sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const settings = {
  connections: 256,
  pipelining: 1,
  // Idle connections are left before a server of Node leaves them (5 s), so that none ends while a request is on its way.
  keepAliveTimeout: 4_000,
  keepAliveMaxTimeout: 4_000,
  // One limit for all of it is ours.
  headersTimeout: 0,
  bodyTimeout: 0,
};

/** Connections to proxies, kept open between requests. Idle ones keep no process alive. */
export class Exchange {
  readonly #limits: TimeLimits;
  readonly #pools: Map<Address, Pool> = new Map();

  /** `limit`: milliseconds for a request and its answer. */
  constructor(limit: number) {
    this.#limits = new TimeLimits(limit);
  }

  /** Never rejects. No redirect is followed and no proxy of the environment is asked. The same proxy is the same object. */
  send(address: Address, { body, headers, path }: Message): Promise<XksAnswer> {
    let pool = this.#pools.get(address);
    if (pool === undefined) {
      const { hostname, kind, port } = address;
      const host = hostname.includes(':') ? `[${hostname}]` : hostname;
      pool = new Pool(`${kind}://${host}:${port}`, {
        ...settings,
        connect: connectorTo(address, headers['host'] ?? hostname),
      });
      this.#pools.set(address, pool);
    }
    const asked = new Asked(this.#limits);
    try {
      pool.dispatch({ method: 'POST', path, headers: Object.entries(headers).flat(), body }, asked);
    } catch (error) {
      asked.onResponseError(undefined, error as Error);
    }
    return asked.answer;
  }
}

/** A request on its way. */
class Asked implements Dispatcher.DispatchHandler {
  readonly answer: Promise<XksAnswer>;
  #settle: (answer: XksAnswer) => void = () => {};
  #controller: Dispatcher.DispatchController | undefined;
  #isOver = false;
  #status = 0;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(limits: TimeLimits) {
    this.answer = new Promise((resolve) => {
      const cancel = limits.start(() => {
        this.#settle({ failure: 'timed out' });
        this.#controller?.abort(new Error('The time is over.'));
      });
      this.#settle = (answer) => {
        this.#isOver = true;
        cancel();
        resolve(answer);
      };
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It has waited for a connection for too long.
    if (this.#isOver) controller.abort(new Error('The time is over.'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#length += chunk.length;
    if (this.#length <= maxAnswerBytes) {
      this.#chunks.push(chunk);
    } else {
      this.#settle({ status: this.#status, body: '' });
      controller.abort(new Error('The answer is too long.'));
    }
  }

  onResponseEnd(): void {
    this.#settle({ status: this.#status, body: Buffer.concat(this.#chunks).toString('utf8') });
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#settle(answerOf(error));
  }
}

// What is no HTTP has no status; somebody is there who cannot be understood.
function answerOf(error: Error): XksAnswer {
  if (error instanceof HandshakeFailure) return { failure: 'tls' };
  const isNoHttp = error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError;
  return isNoHttp ? { status: 0, body: '' } : { failure: 'unreachable' };
}
