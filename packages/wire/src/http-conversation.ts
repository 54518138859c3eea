// One HTTP request and its response: guard, body, caller, answer.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, internalFailure, refuse, type Service } from './aws-json.ts';
import { readHttpBody } from './http-body.ts';
import { type CallOptions, replyToCall } from './http-call.ts';
import { admit, type HealthForm, type HostPolicy, type Refused } from './http-guard.ts';
import { serverName } from './http-malformed.ts';
import { takeTurn } from './http-turns.ts';
import { KnownCallers } from './known-callers.ts';
import { refusals } from './refusal.ts';

export interface ConversationOptions extends CallOptions {
  readonly ready?: (() => boolean) | undefined;
}

interface Reply extends Answer {
  /** The connection ends with this reply. */
  readonly last?: boolean;
}

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/** With 'continue' for requests that wait for a 100 (Continue) before they send a body. */
export function conversation(
  kms: Service,
  options: ConversationOptions,
  policy: HostPolicy,
  expectation?: 'continue',
): RequestListener {
  const callers = new KnownCallers();
  const converse = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const invite = (): void => {
      if (expectation === 'continue') response.writeContinue();
    };
    try {
      const reply = await replyTo(request, kms, options, policy, callers, invite);
      if (reply !== 'gone') send(response, reply, options.signatureClock());
    } catch (error) {
      const failure = internalFailure(error, undefined, options);
      if (response.headersSent) response.destroy();
      else send(response, failure, undefined);
    }
  };
  return (request, response) => takeTurn(request, () => converse(request, response));
}

async function replyTo(
  request: IncomingMessage,
  kms: Service,
  options: ConversationOptions,
  policy: HostPolicy,
  callers: KnownCallers,
  invite: () => void,
): Promise<Reply | 'gone'> {
  // The headers as sent, never `headersDistinct`: a header named __proto__ makes it throw (CVE-2026-21710).
  const { method = '', url: path = '', rawHeaders } = request;
  const admission = admit({ method, path, rawHeaders }, policy);
  if (admission.kind === 'refused') return turnedAway(admission);
  if (admission.kind === 'health') return health(admission.form, options.ready?.() ?? true, options.sts !== undefined);
  invite();
  const body = await readHttpBody(request);
  if (body === 'gone') return 'gone';
  if (body === 'too large') return { ...refuse(refusals.tooLarge), last: true };
  const { socket } = request;
  // node:http ends its side when the client has ended its own.
  const isGone = (): boolean => !socket.writable;
  return replyToCall(kms, { method, path, body, isGone, ...admission }, options, callers, socket.remoteAddress);
}

// Without a request id: what the guard turns away must not move the KMS at all.
function turnedAway({ refusal, allow, drain }: Refused): Reply {
  const { status, headers, body } = refuse(refusal);
  return { status, headers: allow === undefined ? headers : { ...headers, allow }, body, last: !drain };
}

function health(form: HealthForm, ready: boolean, hasSts: boolean): Reply {
  const facts = { name: 'kmsim', simulated: true };
  const body =
    form === 'kmsim'
      ? JSON.stringify({ ...facts, status: ready ? 'ready' : 'starting' })
      : spaced({ services: servicesOf(ready, hasSts), ...facts });
  return { status: ready ? 200 : 503, headers: { 'content-type': 'application/json' }, body };
}

// The words of LocalStack: https://docs.localstack.cloud/aws/configuration/networking/internal-endpoints/
function servicesOf(ready: boolean, hasSts: boolean): Readonly<Record<string, string>> {
  const state = ready ? 'running' : 'starting';
  return { kms: state, ...(hasSts && { sts: state }) };
}

/** With a space behind colons and commas, as Python writes it: scripts look for `"kms": "running"` with grep. */
function spaced(value: object): string {
  return JSON.stringify(value, null, 1).replaceAll(/\n */g, ' ');
}

function send(response: ServerResponse, reply: Reply, instant: number | undefined): void {
  const { status, headers, body, last, lost } = reply;
  if (lost === 'reset') {
    if (response.socket?.writable === true) response.socket.resetAndDestroy();
    return;
  }
  // The date is the one that signatures are measured by: an SDK corrects its clock with it.
  response.sendDate = false;
  if (last === true) response.shouldKeepAlive = false;
  const head = ['server', serverName];
  if (instant !== undefined) head.push('date', httpDate(instant));
  for (const name in headers) head.push(name, headers[name] as string);
  head.push('content-length', String(Buffer.byteLength(body)));
  response.writeHead(status, head);
  if (lost === 'half') response.write(firstHalf(body), () => response.destroy());
  // As text: node:http sends it in one piece with the head, and bytes in two.
  else response.end(body);
}

function firstHalf(body: string): Uint8Array {
  const bytes = Buffer.from(body);
  return bytes.subarray(0, bytes.length >>> 1);
}

let dated = { second: Number.NaN, text: '' };

/** The same text for a whole second. */
function httpDate(instant: number): string {
  const second = Math.floor(instant / 1000);
  if (dated.second !== second) dated = { second, text: new Date(instant).toUTCString() };
  return dated.text;
}
