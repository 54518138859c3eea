// Plays a transcript against a target, step by step, and says how it went.

import { type Bindings, createBindings } from './bindings.ts';
import { compareReply, readError } from './compare.ts';
import { evaluate, text } from './inputs.ts';
import { made } from './make.ts';
import type { Difference } from './match.ts';
import type { Failure, Result } from './result.ts';
import { createScope, placedRegions, type Scope } from './scope.ts';
import type { Target, WireReply, WireRequest } from './target.ts';
import { TargetError } from './targets/target-error.ts';
import { type CallStep, type Step, type Transcript, TranscriptError } from './transcript.ts';
import { isRecord } from './values.ts';
import { fromWire, toWire } from './wire-blobs.ts';

/** A step that has been answered; of one that waits, its last try. */
export interface Played {
  readonly step: CallStep;
  readonly request: WireRequest;
  readonly reply: WireReply;
  readonly difference: Difference | undefined;
}

export interface ReplayOptions {
  readonly onStep?: (played: Played) => void;
}

const skips: Readonly<Record<Exclude<Transcript['replay'], 'as-is'>, string>> = {
  adjust: 'no longer true as recorded; an adjusted transcript stands beside it',
  superseded: 'the service has changed since',
  unconfirmed: 'never shown to have run against the real service',
  external: 'needs a service other than KMS',
};

interface Run {
  readonly transcript: Transcript;
  readonly target: Target;
  readonly scope: Scope;
  readonly bindings: Bindings;
  readonly options: ReplayOptions;
}

export async function replay(transcript: Transcript, target: Target, options: ReplayOptions = {}): Promise<Result> {
  if (transcript.replay !== 'as-is') return { outcome: 'skipped', reason: skips[transcript.replay] };
  const scope = createScope(transcript, target);
  const run: Run = { transcript, target, scope, bindings: createBindings(), options };
  for (const step of transcript.steps) {
    const end = await take(step, run);
    if (end !== undefined) return end;
  }
  return { outcome: 'passed' };
}

async function take(step: Step, run: Run): Promise<Result | undefined> {
  const operation = 'op' in step ? step.op : 'make' in step ? 'make' : 'wait';
  try {
    if ('op' in step) return await play(step, run);
    if ('waitSeconds' in step) return await pass(step.waitSeconds, run.target);
    run.scope.remember(step.id, made(step, run.scope));
  } catch (error) {
    if (error instanceof TargetError) {
      return { outcome: 'no answer', step: step.id, operation, reason: error.message, silent: error.silent };
    }
    return failure(step.id, operation, unreferred(error));
  }
  return undefined;
}

async function pass(seconds: number, target: Target): Promise<Result | undefined> {
  if (target.advance === undefined)
    return { outcome: 'skipped', reason: 'needs a target whose time passes when it is told to' };
  await target.advance(seconds * 1000);
  return undefined;
}

async function play(step: CallStep, run: Run): Promise<Result | undefined> {
  const { bindings, options, scope, target } = run;
  const input = evaluate(step.input, scope);
  const caller = step.as === undefined ? target.callerArn : text(evaluate(step.as, scope));
  if (caller !== target.callerArn && !target.principals?.some(({ arn }) => arn === caller)) {
    return { outcome: 'skipped', reason: 'needs a target that several principals can call' };
  }
  const request: WireRequest = {
    operation: step.op,
    region: regionOf(step, run),
    body: toWire(input) as Record<string, unknown>,
    ...(caller !== target.callerArn && { as: caller }),
  };
  for (let left = triesOf(step); ; left -= 1) {
    const reply = await (step.paginate === true ? askAllPages(request, target) : target.call(request));
    if (isUnsupported(reply)) return { outcome: 'not built', what: step.op };
    let difference = compared(step, reply, scope);
    if (difference === undefined && reply.status === 200 && step.stale === undefined) {
      difference = bindings.agree(step.id, input, fromWire(reply.body));
    }
    const last = difference === undefined || left <= 1;
    if (last) options.onStep?.({ step, request, reply, difference });
    if (last) return difference && { ...failure(step.id, step.op, difference), request, reply };
    await target.advance?.((step.poll?.intervalSeconds ?? 0) * 1000);
  }
}

function regionOf(step: CallStep, { target, transcript }: Run): string {
  const regions = placedRegions(transcript.regions, target.region);
  return regions[step.region === undefined ? 0 : transcript.regions.indexOf(step.region)] as string;
}

function triesOf({ poll }: CallStep): number {
  return poll === undefined ? 1 : Math.floor(poll.timeoutSeconds / poll.intervalSeconds) + 1;
}

const unsupportedCodes = [
  'UnknownOperationException',
  'NotImplemented',
  'NotImplementedError',
  'NotImplementedException',
];

/** Whether a target says that it does not know the operation, which is neither right nor wrong. */
export function isUnsupported({ body, status }: WireReply): boolean {
  return status === 501 || (status !== 200 && isRecord(body) && unsupportedCodes.includes(readError(body).code));
}

// The longest list that a scenario asks for has some ten pages; one that does not end must not hold the run.
const mostPages = 1000;

// Lists are joined page by page; everything else is as in the last page.
async function askAllPages(request: WireRequest, target: Target): Promise<WireReply> {
  const lists: Record<string, unknown[]> = {};
  const markers = new Set<unknown>();
  let more: Record<string, unknown> = {};
  for (let page = 0; page < mostPages; page += 1) {
    const reply = await target.call({ ...request, body: { ...request.body, ...more } });
    if (reply.status !== 200 || !isRecord(reply.body)) return reply;
    for (const [name, part] of Object.entries(reply.body)) {
      if (Array.isArray(part)) lists[name] = [...(lists[name] ?? []), ...part];
    }
    if (reply.body['Truncated'] !== true) return { status: reply.status, body: { ...reply.body, ...lists } };
    const marker = reply.body['NextMarker'];
    if (markers.has(marker)) throw new TargetError(`${request.operation} promised more with a marker it gave before`);
    markers.add(marker);
    more = { Marker: marker };
  }
  throw new TargetError(`${request.operation} gave ${mostPages} pages and promised more`);
}

function compared(step: CallStep, reply: WireReply, scope: Scope): Difference | undefined {
  try {
    return compareReply(step, reply, scope);
  } catch (error) {
    return unreferred(error);
  }
}

// A reference to something no answer had is a difference at this step, not the end of the run.
function unreferred(error: unknown): Difference {
  if (!(error instanceof TranscriptError)) throw error;
  return { path: '', expected: 'answers to refer to', got: error.message };
}

function failure(step: string, operation: string, difference: Difference): Failure {
  return { outcome: 'failed', step, operation, difference };
}
