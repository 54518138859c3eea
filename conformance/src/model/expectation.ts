// What the model expects of an answer: one of several, and what each would mean for the model's state.

import { describeError, readError } from '../compare.ts';
import type { Difference } from '../match.ts';
import type { WireReply } from '../target.ts';
import type { Json } from '../transcript.ts';
import { isRecord, show } from '../values.ts';

/** A part of an answer that is more than a literal. */
export interface Leaf {
  /** The same demand in the words of a transcript. */
  readonly form: Json;
  /** What is wrong with it, if anything. */
  readonly fault: (got: unknown) => string | undefined;
  /** What the model knows once the whole answer was right. */
  readonly learn?: (got: never) => void;
  readonly isLeaf: true;
}

/** Members that are not named must not be there. */
export type Pattern = Json | Leaf | readonly Pattern[] | { readonly [member: string]: Pattern | undefined };

export interface Success {
  readonly output: Pattern;
  readonly effect?: (answer: Readonly<Record<string, unknown>>) => void;
}

export interface Refusal {
  readonly code: string;
  /** The exact text, a form of it, null for no message member at all; undefined where no source has the text. */
  readonly message?: string | RegExp | null;
}

export type Expectation = Success | Refusal;

export function leaf<T>(form: Json, fits: (got: T) => boolean, learn?: (got: T) => void): Leaf {
  const fault = (got: unknown): string | undefined => (fits(got as T) ? undefined : show(form));
  return { form, fault, ...(learn && { learn }), isLeaf: true };
}

/** Undefined when one of the expectations came true; the model has then learned what there was to learn. */
export function judge(expected: readonly Expectation[], reply: WireReply): Difference | undefined {
  const body = isRecord(reply.body) ? reply.body : {};
  const differences: Difference[] = [];
  for (const one of expected) {
    const found = 'code' in one ? differAsRefusal(one, reply.status, body) : differAsSuccess(one, reply, body);
    if (found === undefined) return undefined;
    differences.push(found);
  }
  // A difference inside the answer says more than one of its kind.
  const inside = differences.find(({ path }) => path !== '');
  return (
    inside ?? {
      path: '',
      expected: expected.map(nameOf).join(' or '),
      got: reply.status === 200 ? `success: ${show(body)}` : describeError(reply.status, body),
    }
  );
}

function differAsSuccess({ output, effect }: Success, reply: WireReply, body: Record<string, unknown>) {
  if (reply.status !== 200) return { path: '', expected: 'success', got: '' };
  const lessons: (() => void)[] = [];
  const found = differ(output, body, '', lessons);
  if (found !== undefined) return found;
  for (const learn of lessons) learn();
  effect?.(body);
  return undefined;
}

function differAsRefusal(wanted: Refusal, status: number, body: Record<string, unknown>): Difference | undefined {
  const other = { path: '', expected: wanted.code, got: '' };
  const { code, message } = readError(body);
  if (code !== wanted.code || status === 200) return other;
  // Every recorded error is HTTP 400.
  if (status !== 400) return { path: 'HTTP status', expected: '400', got: String(status) };
  if (wanted.message === undefined) return undefined;
  const fits =
    wanted.message instanceof RegExp
      ? typeof message === 'string' && wanted.message.test(message)
      : message === (wanted.message ?? undefined);
  return fits ? undefined : { path: 'message', expected: textOf(wanted.message), got: show(message) };
}

function differ(pattern: Pattern, got: unknown, path: string, lessons: (() => void)[]): Difference | undefined {
  if (isLeaf(pattern)) {
    const { fault, learn } = pattern;
    const expected = fault(got);
    if (expected !== undefined) return { path: path || 'answer', expected, got: show(got) };
    if (learn !== undefined) lessons.push(() => learn(got as never));
    return undefined;
  }
  if (Array.isArray(pattern)) {
    if (!Array.isArray(got) || got.length !== pattern.length) return { path, expected: show(pattern), got: show(got) };
    return firstOf(pattern.map((part: Pattern, at) => differ(part, got[at], join(path, String(at)), lessons)));
  }
  if (typeof pattern !== 'object' || pattern === null) {
    return pattern === got ? undefined : { path, expected: show(pattern), got: show(got) };
  }
  if (!isRecord(got)) return { path, expected: 'an object', got: show(got) };
  const members = pattern as Readonly<Record<string, Pattern | undefined>>;
  const stranger = Object.keys(got).find((name) => !Object.hasOwn(members, name) || members[name] === undefined);
  if (stranger !== undefined) return { path: join(path, stranger), expected: 'nothing', got: show(got[stranger]) };
  const named = Object.entries(members).filter(([, part]) => part !== undefined);
  return firstOf(named.map(([name, part]) => differ(part as Pattern, got[name], join(path, name), lessons)));
}

/** What would be learned if this were right; undefined when it is not. */
export function lessonsOf(pattern: Pattern, got: unknown): (() => void) | undefined {
  const lessons: (() => void)[] = [];
  if (differ(pattern, got, '', lessons) !== undefined) return undefined;
  return () => {
    for (const learn of lessons) learn();
  };
}

/** The same pattern in the words of a transcript. */
export function formOf(pattern: Pattern): Json {
  if (isLeaf(pattern)) return pattern.form;
  if (Array.isArray(pattern)) return pattern.map((part: Pattern) => formOf(part));
  if (typeof pattern !== 'object' || pattern === null) return pattern;
  const named = Object.entries(pattern as Readonly<Record<string, Pattern | undefined>>);
  return Object.fromEntries(named.flatMap(([name, part]) => (part === undefined ? [] : [[name, formOf(part)]])));
}

export function isLeaf(pattern: Pattern): pattern is Leaf {
  return typeof pattern === 'object' && pattern !== null && 'isLeaf' in pattern;
}

function nameOf(one: Expectation): string {
  if (!('code' in one)) return 'success';
  return one.message === undefined ? one.code : `${one.code}: ${textOf(one.message)}`;
}

function textOf(message: string | RegExp | null): string {
  return message === null ? 'no message' : show(message instanceof RegExp ? String(message) : message);
}

function firstOf(found: readonly (Difference | undefined)[]): Difference | undefined {
  return found.find((one) => one !== undefined);
}

function join(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`;
}
