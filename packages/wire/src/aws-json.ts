// AWS JSON 1.1: a target and a body in, a status and a body out. Every byte that reaches the KMS comes through here.
// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html

import {
  type Caller,
  ConnectionLost,
  isOperationName,
  type Kms,
  KmsError,
  type OperationName,
  Visit,
  write,
} from '@kmsim/kms';
import { parseBody } from './json-body.ts';
import { errorBody, type Refusal, refusals } from './refusal.ts';

/** What a door needs of the KMS. */
export type Service = Pick<Kms, 'dispatch' | 'requestId' | 'refuse'>;

export interface WireRequest {
  /** The X-Amz-Target header. */
  readonly target: string | undefined;
  readonly body: Uint8Array | string;
  readonly caller: Caller;
  /** Whether nobody is there any more to hear the answer. */
  readonly isGone?: (() => boolean) | undefined;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case. A fresh object: the caller may change it. */
  readonly headers: Record<string, string>;
  readonly body: string;
  /** The connection ends instead: before the answer, or in the middle of it. */
  readonly lost?: 'reset' | 'half';
}

export interface AnswerHooks {
  /** What was thrown and is no answer of the KMS: a defect. The client sees InternalFailure and no word of it. */
  readonly onInternalError?: ((error: unknown, operation: OperationName | undefined) => void) | undefined;
  /** Instead of all that it is raised where the answer was asked for. */
  readonly raisesDefects?: boolean | undefined;
}

const targetPrefix = 'TrentService.';

/** Answers at once unless the operation waits. Raises nothing, unless it was asked to. */
export function answer(kms: Service, request: WireRequest, hooks: AnswerHooks = {}): Answer | Promise<Answer> {
  let operation: OperationName | undefined;
  try {
    // JSON before target: the order that dynalite recorded for a service of the same framework.
    const parsed = parseBody(request.body);
    if ('refusal' in parsed) return refuse(parsed.refusal, kms.refuse());
    operation = operationOf(request.target);
    if (operation === undefined) return refuse(refusals.unknownOperation, kms.refuse());
    const visit = new Visit(operation, parsed.value, 'wire', request.caller);
    visit.isGone = request.isGone;
    return ask(kms, visit, operation, hooks);
  } catch (error) {
    return internalFailure(error, operation, hooks);
  }
}

/** The answer of a door that did not ask the KMS. */
export function refuse(refusal: Refusal, requestId?: string): Answer {
  return json(refusal.status, errorBody(refusal.code, refusal.message, refusal.member), requestId);
}

/** Shows a defect to the in-process user, and nothing of it to the client. */
export function internalFailure(error: unknown, operation: OperationName | undefined, hooks: AnswerHooks): Answer {
  if (hooks.raisesDefects === true) throw error;
  reportDefect(error, hooks, operation);
  return refuse(refusals.internalFailure);
}

/** Tells the hook, whatever it does with it. */
export function reportDefect(
  error: unknown,
  hooks: Pick<AnswerHooks, 'onInternalError'>,
  operation?: OperationName,
): void {
  try {
    hooks.onInternalError?.(error, operation);
  } catch {
    // A hook that throws is no reason to leave the client without an answer.
  }
}

function operationOf(target: string | undefined): OperationName | undefined {
  if (!target?.startsWith(targetPrefix)) return undefined;
  const name = target.slice(targetPrefix.length);
  return isOperationName(name) ? name : undefined;
}

function ask(kms: Service, visit: Visit, operation: OperationName, hooks: AnswerHooks): Answer | Promise<Answer> {
  const succeed = (output: object): Answer => success(operation, output, kms.requestId(visit));
  const fail = (error: unknown): Answer => {
    if (error instanceof ConnectionLost) return cutOff(error, succeed);
    if (!(error instanceof KmsError)) return internalFailure(error, operation, hooks);
    return json(error.status, errorBody(error.code, error.wireMessage, error.messageMember), kms.requestId(visit));
  };
  try {
    const output = kms.dispatch(visit);
    if (!isPromise(output)) return succeed(output);
    return output
      .then(succeed)
      .catch(fail)
      .catch((error: unknown) => internalFailure(error, operation, hooks));
  } catch (error) {
    return fail(error);
  }
}

// Without output members the body is empty, not `{}`: the example responses of the KMS API reference have Content-Length 0.
// The SDKs accept both. https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html#API_DeleteAlias_Examples
function success(operation: OperationName, output: object, requestId: string): Answer {
  const body = JSON.stringify(write(operation, output));
  return json(200, body === '{}' ? '' : body, requestId);
}

// Half of nothing is nothing.
function cutOff({ half }: ConnectionLost, succeed: (output: object) => Answer): Answer {
  const answered = half === undefined ? json(200, '', undefined) : succeed(half);
  return { ...answered, lost: answered.body.length < 2 ? 'reset' : 'half' };
}

function json(status: number, body: string, requestId: string | undefined): Answer {
  const headers: Record<string, string> = { 'content-type': 'application/x-amz-json-1.1' };
  // Lower case: the AWS SDK for JavaScript reads it so, without folding the names of an error's headers.
  if (requestId !== undefined) headers['x-amzn-requestid'] = requestId;
  return { status, headers, body };
}

function isPromise(output: object): output is Promise<object> {
  return 'then' in output && typeof output.then === 'function';
}
