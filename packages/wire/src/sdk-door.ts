// The SDK door: a request handler for the AWS SDK for JavaScript v3. No socket, no host, no signature check: who calls is decided in process.
// The types are structural, so that no version of the SDK is part of this API.

import type { Caller } from '@kmsim/kms';
import { claimedScope } from './authorization-header.ts';
import { type Answer, type AnswerHooks, answer, refuse, type Service } from './aws-json.ts';
import { clientOf } from './client.ts';
import { KnownCallers } from './known-callers.ts';
import { refusals } from './refusal.ts';
import { type Collected, collectBody } from './sdk-body.ts';

export interface SdkHttpRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface SdkAbortSignal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener?(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener?(type: 'abort', listener: () => void): void;
}

export interface SdkHandlerOptions {
  readonly abortSignal?: SdkAbortSignal | undefined;
}

export interface SdkHttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

// A type, not an interface: the SDK's configuration takes a handler as a record, which an interface is not.
export type SdkRequestHandler = {
  readonly metadata: { readonly handlerProtocol: 'http/1.1' };
  handle(request: SdkHttpRequest, options?: SdkHandlerOptions): Promise<{ response: SdkHttpResponse }>;
  destroy(): void;
  updateHttpClientConfig(key: never, value: never): void;
  httpHandlerConfigs(): Record<string, never>;
};

const utf8 = new TextEncoder();

/** `callerFor` says who calls and in which region; the endpoint and the signature of the request are not looked at. */
export function sdkRequestHandler(
  kms: Service,
  callerFor: (request: SdkHttpRequest) => Caller,
  hooks: AnswerHooks = {},
): SdkRequestHandler {
  const callers = new KnownCallers();
  const whose = (request: SdkHttpRequest): Caller =>
    callers.with(
      callerFor(request),
      clientOf((name) => header(request.headers, name)),
    );
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request, { abortSignal } = {}) {
      const work = (): Promise<{ response: SdkHttpResponse }> => handled(kms, whose, hooks, request, abortSignal);
      return abortSignal === undefined ? work() : unlessAborted(work, abortSignal);
    },
    // Nothing to close and nothing to set: an SDK client calls all three.
    destroy() {},
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

async function handled(
  kms: Service,
  callerFor: (request: SdkHttpRequest) => Caller,
  hooks: AnswerHooks,
  request: SdkHttpRequest,
  abortSignal: SdkAbortSignal | undefined,
): Promise<{ response: SdkHttpResponse }> {
  const collecting = collectBody(request.body);
  const collected: Collected = collecting instanceof Promise ? await collecting : collecting;
  // Before the call, not after: an aborted request must not change a key.
  if (abortSignal?.aborted) throw abortError(abortSignal);
  if (collected === 'too large') return respond(refuse(refusals.tooLarge, kms.refuse()));
  const target = header(request.headers, 'x-amz-target');
  const caller = callerFor(request);
  const answering = answer(kms, { target, body: collected.body, caller }, hooks);
  return respond(answering instanceof Promise ? await answering : answering);
}

/** What the client of a request is configured for as its Region, which may be none: the word of its signature, which nobody checks. */
export function signedRegion({ headers }: SdkHttpRequest): string | undefined {
  return claimedScope(header(headers, 'authorization'))?.region;
}

function respond({ body, headers, lost, status }: Answer): { response: SdkHttpResponse } {
  if (lost !== undefined) throw connectionError(lost);
  return { response: { statusCode: status, headers, body: utf8.encode(body) } };
}

// As node:http raises them: an SDK takes the code for a transient error and tries again.
function connectionError(lost: NonNullable<Answer['lost']>): Error {
  return Object.assign(new Error(lost === 'half' ? 'aborted' : 'socket hang up'), { code: 'ECONNRESET' });
}

function header(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  if (Object.hasOwn(headers, name)) return headers[name];
  const spelled = Object.keys(headers).find((key) => key.toLowerCase() === name);
  return spelled === undefined ? undefined : headers[spelled];
}

// Listens before it starts: work may abort itself while it is asked.
async function unlessAborted<T>(work: () => Promise<T>, signal: SdkAbortSignal): Promise<T> {
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(abortError(signal));
    signal.addEventListener?.('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener?.('abort', stop);
  }
}

// The name is what the SDK's retry and its users look at: an AbortError is never retried.
function abortError({ reason }: SdkAbortSignal): Error {
  return Object.assign(new Error('Request aborted', { cause: reason }), { name: 'AbortError' });
}
