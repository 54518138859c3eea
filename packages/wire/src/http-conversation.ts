// One HTTP request and its response: guard, body, caller, answer.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, type AnswerHooks, answer, internalFailure, refuse, type Service } from './aws-json.ts';
import { claimedAccessKey, clientOf } from './client.ts';
import { readHttpBody } from './http-body.ts';
import { type Identification, identify } from './http-caller.ts';
import { admit, type HostPolicy, type Refused } from './http-guard.ts';
import { serverName } from './http-malformed.ts';
import { takeTurn } from './http-turns.ts';
import { KnownCallers } from './known-callers.ts';
import { refusals } from './refusal.ts';
import type { SignedRequest } from './sigv4.ts';
import { answerQuery, refuseQuery, type SecurityTokens } from './sts-query.ts';

export interface ConversationOptions extends Identification, AnswerHooks {
  /** Answers beside KMS, on the same port. */
  readonly sts?: SecurityTokens | undefined;
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
  if (admission.kind === 'health') return health(options.ready?.() ?? true);
  invite();
  const body = await readHttpBody(request);
  if (body === 'gone') return 'gone';
  if (body === 'too large') return { ...refuse(refusals.tooLarge), last: true };
  const { headers, protocol } = admission;
  const signed = { method, path, headers, body };
  if (protocol === 'query' && options.sts !== undefined)
    return replyToQuery(signed, options.sts, kms.refuse(), options);
  const caller = identify(signed, options);
  if ('refusal' in caller) return refuse(caller.refusal, kms.refuse());
  const client = {
    ...clientOf((name) => headers.get(name), request.socket.remoteAddress),
    ...claimedAccessKey(headers.get('authorization')),
  };
  return answer(kms, { target: headers.get('x-amz-target'), body, caller: callers.with(caller, client) }, options);
}

async function replyToQuery(
  signed: SignedRequest,
  sts: SecurityTokens,
  requestId: string,
  options: ConversationOptions,
): Promise<Reply> {
  const caller = identify(signed, options, 'sts');
  if ('refusal' in caller) return refuseQuery(caller.refusal, requestId);
  return answerQuery(sts, { body: signed.body, caller, requestId }, options);
}

// Without a request id: what the guard turns away must not move the KMS at all.
function turnedAway({ refusal, allow, drain }: Refused): Reply {
  const { status, headers, body } = refuse(refusal);
  return { status, headers: allow === undefined ? headers : { ...headers, allow }, body, last: !drain };
}

function health(ready: boolean): Reply {
  const body = JSON.stringify({ name: 'kmsim', simulated: true, status: ready ? 'ready' : 'starting' });
  return { status: ready ? 200 : 503, headers: { 'content-type': 'application/json' }, body };
}

function send(response: ServerResponse, reply: Reply, instant: number | undefined): void {
  const { status, headers, body, last, lost } = reply;
  if (lost === 'reset') {
    response.socket?.resetAndDestroy();
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
