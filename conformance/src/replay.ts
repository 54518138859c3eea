// Plays a transcript against a target, step by step, and says how it went.

import { evaluate } from './inputs.ts';
import { type Difference, match } from './match.ts';
import { firstUnbuilt } from './not-built.ts';
import { createScope, type Scope } from './scope.ts';
import type { Target, WireReply } from './target.ts';
import { type CallStep, type ErrorPattern, type MakeStep, type Transcript, TranscriptError } from './transcript.ts';
import { isRecord } from './values.ts';
import { fromWire, toWire } from './wire-blobs.ts';

export type Result =
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'failed'; readonly step: string; readonly operation: string; readonly difference: Difference }
  | { readonly outcome: 'not built'; readonly what: string }
  | { readonly outcome: 'skipped'; readonly reason: string };

const skips: Readonly<Record<Exclude<Transcript['replay'], 'as-is'>, string>> = {
  adjust: 'no longer true as recorded; an adjusted transcript stands beside it',
  superseded: 'the service has changed since',
  unconfirmed: 'never shown to have run against the real service',
  external: 'needs a service other than KMS',
};

export async function replay(transcript: Transcript, target: Target): Promise<Result> {
  if (transcript.replay !== 'as-is') return { outcome: 'skipped', reason: skips[transcript.replay] };
  const unbuilt = firstUnbuilt(transcript);
  if (unbuilt !== undefined) return { outcome: 'not built', what: unbuilt };
  const scope = createScope(transcript, target);
  for (const step of transcript.steps) {
    const end = 'make' in step ? make(step, scope) : await play(step, transcript, scope, target);
    if (end !== undefined) return end;
  }
  return { outcome: 'passed' };
}

/** One line: `passed`, or why not. */
export function describeResult(result: Result): string {
  switch (result.outcome) {
    case 'passed':
      return 'passed';
    case 'not built':
      return `not built yet: ${result.what}`;
    case 'skipped':
      return `skipped: ${result.reason}`;
    case 'failed': {
      const { path, expected, got } = result.difference;
      return `failed at ${result.step} (${result.operation}): ${path === '' ? '' : `${path}: `}expected ${expected}, got ${got}`;
    }
  }
}

function make(step: MakeStep, scope: Scope): Result | undefined {
  const { as, randomBytes, value } = step.make;
  return guarded(step.id, 'make', () => {
    const made = randomBytes === undefined ? evaluate(value ?? null, scope) : scope.bytes(step.id, randomBytes);
    scope.remember(step.id, { [as]: made });
  });
}

async function play(step: CallStep, transcript: Transcript, scope: Scope, target: Target): Promise<Result | undefined> {
  let body: Record<string, unknown> = {};
  const fault = guarded(step.id, step.op, () => {
    body = toWire(evaluate(step.input, scope)) as Record<string, unknown>;
  });
  if (fault !== undefined) return fault;
  const region = step.region ?? (transcript.regions[0] as string);
  const ask = (more: Record<string, unknown>): Promise<WireReply> =>
    target.call({ operation: step.op, region, body: { ...body, ...more } });
  for (let left = triesOf(step); ; left -= 1) {
    const reply = await (step.paginate === true ? askAllPages(ask) : ask({}));
    if (reply.status === 501) return { outcome: 'not built', what: step.op };
    const end = guarded(step.id, step.op, () => compare(step, reply, scope));
    if (end === undefined || left <= 1) return end;
    await target.advance?.((step.poll?.intervalSeconds ?? 0) * 1000);
  }
}

function triesOf({ poll }: CallStep): number {
  return poll === undefined ? 1 : Math.floor(poll.timeoutSeconds / poll.intervalSeconds) + 1;
}

// Lists are joined page by page; everything else is as in the last page.
async function askAllPages(ask: (more: Record<string, unknown>) => Promise<WireReply>): Promise<WireReply> {
  const lists: Record<string, unknown[]> = {};
  for (let more = {}; ; ) {
    const reply = await ask(more);
    if (reply.status !== 200 || !isRecord(reply.body)) return reply;
    for (const [name, part] of Object.entries(reply.body)) {
      if (Array.isArray(part)) lists[name] = [...(lists[name] ?? []), ...part];
    }
    if (reply.body['Truncated'] !== true) return { status: reply.status, body: { ...reply.body, ...lists } };
    more = { Marker: reply.body['NextMarker'] };
  }
}

function compare(step: CallStep, reply: WireReply, scope: Scope): Difference | undefined {
  const succeeded = reply.status === 200;
  // Operations without output answer with `{}` or with no body at all.
  const body = isRecord(reply.body) ? reply.body : {};
  const answer = succeeded ? fromWire(body) : body;
  scope.remember(step.id, answer);
  if (step.stale !== undefined) return undefined;
  if (step.error !== undefined) return compareError(step.error, reply.status, body, scope);
  if (!succeeded) return { path: '', expected: 'success', got: describeError(reply.status, body) };
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
  const difference = wanted.message === undefined ? undefined : match(wanted.message, message, scope);
  return difference && { ...difference, path: 'message' };
}

// AWS JSON 1.1: the code may stand behind a namespace; the errors of the framework spell their message with a capital M.
function readError(body: Record<string, unknown>): { code: string; message: unknown } {
  const code = String(body['__type'] ?? 'no __type').replace(/^.*#/, '');
  return { code, message: body['message'] ?? body['Message'] };
}

function describeError(status: number, body: Record<string, unknown>): string {
  const { code, message } = readError(body);
  return `${code}${typeof message === 'string' ? `: ${message}` : ' without message'} (HTTP ${status})`;
}

// A reference to something no answer had is a difference at this step, not the end of the run.
function guarded(step: string, operation: string, act: () => Difference | undefined): Result | undefined {
  let difference: Difference | undefined;
  try {
    difference = act();
  } catch (error) {
    if (!(error instanceof TranscriptError)) throw error;
    difference = { path: '', expected: 'answers to refer to', got: error.message };
  }
  return difference && { outcome: 'failed', step, operation, difference };
}
