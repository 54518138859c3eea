// One answer beside what the transcript says of it: the first difference, if there is one.

import { type Difference, match } from './match.ts';
import type { Scope } from './scope.ts';
import type { WireReply } from './target.ts';
import type { CallStep, ErrorPattern } from './transcript.ts';
import { isRecord, show } from './values.ts';
import { fromWire } from './wire-blobs.ts';

/** The answer in bytes where the wire has base64, kept under the id of the step; and the difference. */
export function compareReply(step: CallStep, reply: WireReply, scope: Scope): Difference | undefined {
  const succeeded = reply.status === 200;
  // Operations without output answer with `{}` or with no body at all.
  const body = isRecord(reply.body) ? reply.body : {};
  const answer = succeeded ? fromWire(body) : body;
  scope.remember(step.id, answer);
  if (step.stale !== undefined) return undefined;
  if (step.error !== undefined) return compareError(step.error, reply.status, body, scope);
  if (!succeeded) return { path: '', expected: 'success', got: describeError(reply.status, body) };
  if (step.emptyBody !== undefined && step.emptyBody !== (reply.body === undefined)) {
    return { path: '', expected: step.emptyBody ? 'no body' : 'a body', got: show(reply.body) };
  }
  if (step.output === undefined) return undefined;
  return match(step.output, answer, scope, {
    ...(step.additionalFields === false && { closed: step.recordedScope ?? '' }),
    laterFields: step.laterFields ?? [],
  });
}

function compareError(
  wanted: ErrorPattern,
  status: number,
  body: Record<string, unknown>,
  scope: Scope,
): Difference | undefined {
  if (status === 200) return { path: '', expected: wanted.code, got: 'success' };
  const { code, message } = readError(body);
  const seen = describeError(status, body);
  if (code !== wanted.code) return { path: '', expected: wanted.code, got: seen };
  if (wanted.status !== undefined && status !== wanted.status) {
    return { path: '', expected: `HTTP status ${wanted.status}`, got: seen };
  }
  if (wanted.type !== undefined && body['__type'] !== wanted.type) {
    return { path: '__type', expected: show(wanted.type), got: show(body['__type']) };
  }
  if (wanted.messageMember !== undefined && !Object.hasOwn(body, wanted.messageMember)) {
    return { path: wanted.messageMember, expected: 'the member of the message', got: seen };
  }
  const difference = wanted.message === undefined ? undefined : match(wanted.message, message, scope);
  return difference && { ...difference, path: 'message' };
}

// AWS JSON 1.1: the code may stand behind a namespace; the errors of the framework spell their message with a capital M.
export function readError(body: Record<string, unknown>): { code: string; message: unknown } {
  const type = body['__type'];
  const code = typeof type === 'string' ? type.replace(/^.*#/, '') : 'no __type';
  return { code, message: Object.hasOwn(body, 'message') ? body['message'] : body['Message'] };
}

export function describeError(status: number, body: Record<string, unknown>): string {
  const { code, message } = readError(body);
  return `${code}${typeof message === 'string' ? `: ${message}` : ' without message'} (HTTP ${status})`;
}
