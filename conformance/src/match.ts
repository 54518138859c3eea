// Matchers: does an answer look like the recorded one? The first difference is the answer to that.

import { verifiesLocally } from './client/verify.ts';
import { bytes, evaluate, fill, inputForms, record, soleForm, text } from './inputs.ts';
import { type Kind, kinds, textKinds } from './kinds.ts';
import type { Scope } from './scope.ts';
import { type Json, TranscriptError } from './transcript.ts';
import { isRecord, same, show } from './values.ts';

export interface Difference {
  /** Members and positions, such as `KeyMetadata.SigningAlgorithms.0`; empty for the whole answer. */
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/** How much of the answer the recording covers. */
export interface Coverage {
  /** The member in which no other members may be; '' for the whole answer; absent when other members may be anywhere. */
  readonly closed?: string;
  /** Members that came into the API after the recording. */
  readonly laterFields?: readonly string[];
}

interface Context {
  readonly scope: Scope;
  readonly coverage: Coverage;
}

type Matcher = (argument: Json, got: unknown, path: string, context: Context) => Difference | undefined;

export function match(pattern: Json, got: unknown, scope: Scope, coverage: Coverage = {}): Difference | undefined {
  return differ(pattern, got, '', { scope, coverage });
}

const matchers: Readonly<Record<string, Matcher>> = {
  $any: (argument, got, path) => {
    const kind = kinds[argument as Kind];
    if (kind === undefined) throw new TranscriptError(`$any: no kind ${show(argument)}`);
    return kind(got) ? undefined : difference(path, `any ${argument}`, got);
  },
  $absent: (_, got, path) => (got === undefined ? undefined : difference(path, 'nothing', got)),
  $emptyOrAbsent: (_, got, path) =>
    got === undefined || got === '' ? undefined : difference(path, 'nothing or an empty text', got),
  $length: (argument, got, path, { scope }) => {
    const wanted = typeof argument === 'number' ? argument : relativeLength(argument, scope);
    return lengthOf(got) === wanted ? undefined : difference(path, `length ${wanted}`, got);
  },
  // Something else must be there: an answer without the member proves nothing.
  $not: (argument, got, path, context) =>
    got === undefined || differ(argument, got, path, context) === undefined
      ? difference(path, `something other than ${show(argument)}`, got)
      : undefined,
  $anyOf: (argument, got, path, context) =>
    patterns(argument).some((pattern) => differ(pattern, got, path, context) === undefined)
      ? undefined
      : difference(path, `any of ${show(argument)}`, got),
  $allOf: (argument, got, path, context) => first(patterns(argument), (pattern) => differ(pattern, got, path, context)),
  // Of no items nothing is known, so an empty list does not pass.
  $each: (argument, got, path, context) =>
    Array.isArray(got) && got.length > 0
      ? first(got, (item, at) => differ(argument, item, join(path, at), open(context)))
      : difference(path, 'a list with items', got),
  $listContains: (argument, got, path, context) => {
    const missing = patterns(argument).find((pattern) => !holds(got, pattern, context));
    return missing === undefined ? undefined : difference(path, `a list with ${show(missing)}`, got);
  },
  $listExcludes: (argument, got, path, context) => {
    if (!Array.isArray(got)) return difference(path, 'a list', got);
    const found = patterns(argument).find((pattern) => holds(got, pattern, context));
    return found === undefined ? undefined : difference(path, `a list without ${show(found)}`, got);
  },
  // The order of members is part of the text; its spaces and line breaks are not.
  $jsonString: (argument, got, path, { scope }) => {
    const wanted = JSON.stringify(evaluate(argument, scope));
    return parsedAndWritten(got) === wanted ? undefined : difference(path, `JSON text of ${wanted}`, got);
  },
  $verifiesLocally: (argument, got, path, { scope }) => {
    const { algorithm, message, messageType, publicKey, saltLength } = record(evaluate(argument, scope));
    const signed = {
      ...{ algorithm: text(algorithm), message: bytes(message), messageType: text(messageType) },
      ...{ publicKey: bytes(publicKey), ...(typeof saltLength === 'number' && { saltLength }) },
    };
    return got instanceof Uint8Array && verifiesLocally(signed, got)
      ? undefined
      : difference(path, `a signature of ${signed.algorithm} that verifies outside KMS`, got);
  },
  $template: (argument, got, path, { scope }) => {
    const pattern = templatePattern(String(argument), scope);
    return typeof got === 'string' && pattern.test(got)
      ? undefined
      : difference(path, show(plain(argument, scope)), got);
  },
};

/** Every matcher there is. */
export const matcherForms: readonly string[] = Object.keys(matchers);

function differ(pattern: Json, got: unknown, path: string, context: Context): Difference | undefined {
  if (Array.isArray(pattern)) return differInList(pattern as readonly Json[], got, path, context);
  if (!isRecord(pattern)) return Object.is(pattern, got) ? undefined : difference(path, show(pattern), got);
  const [name, argument] = soleForm(pattern) ?? [];
  if (name === undefined) return differInObject(pattern as Readonly<Record<string, Json>>, got, path, context);
  const matcher = matchers[name];
  if (matcher !== undefined) return matcher(argument as Json, got, path, context);
  if (!inputForms.includes(name)) throw new TranscriptError(`${name} is no matcher`);
  const wanted = evaluate(pattern as Json, context.scope);
  return same(wanted, got) ? undefined : difference(path, show(wanted), got);
}

function differInList(pattern: readonly Json[], got: unknown, path: string, context: Context): Difference | undefined {
  if (!Array.isArray(got)) return difference(path, show(pattern), got);
  if (got.length !== pattern.length) return difference(path, `${pattern.length} items: ${show(pattern)}`, got);
  return first(pattern, (item, at) => differ(item, got[at], join(path, at), context));
}

function differInObject(
  pattern: Readonly<Record<string, Json>>,
  got: unknown,
  path: string,
  context: Context,
): Difference | undefined {
  if (!isRecord(got)) return difference(path, 'an object', got);
  const named = first(Object.entries(pattern), ([name, part]) =>
    differ(part, Object.hasOwn(got, name) ? got[name] : undefined, join(path, name), context),
  );
  if (named !== undefined || !isClosed(path, context.coverage)) return named;
  const later = context.coverage.laterFields ?? [];
  const other = Object.keys(got).find((name) => !Object.hasOwn(pattern, name) && !later.includes(name));
  return other === undefined ? undefined : difference(join(path, other), 'nothing', got[other]);
}

function isClosed(path: string, { closed }: Coverage): boolean {
  return closed !== undefined && (closed === '' || path === closed || path.startsWith(`${closed}.`));
}

function open(context: Context): Context {
  return { scope: context.scope, coverage: {} };
}

function holds(got: unknown, pattern: Json, context: Context): boolean {
  return Array.isArray(got) && got.some((item) => differ(pattern, item, '', open(context)) === undefined);
}

function relativeLength(argument: Json, scope: Scope): number {
  const { lengthOf: reference, plus } = argument as { lengthOf: string; plus: number };
  return (lengthOf(scope.resolve(reference)) ?? Number.NaN) + plus;
}

function lengthOf(value: unknown): number | undefined {
  return typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array ? value.length : undefined;
}

function parsedAndWritten(text: unknown): string | undefined {
  try {
    return typeof text === 'string' ? JSON.stringify(JSON.parse(text)) : undefined;
  } catch {
    return undefined;
  }
}

// `${any:kind}` matches every text of the kind; everything else stands for itself.
function templatePattern(template: string, scope: Scope): RegExp {
  const parts = template.split(/(\$\{[^}]*\})/).map((part) => {
    const name = /^\$\{(.*)\}$/.exec(part)?.[1];
    if (name === undefined) return quote(part);
    return name.startsWith('any:') ? wildcard(name.slice('any:'.length)) : quote(scope.variable(name));
  });
  return new RegExp(`^${parts.join('')}$`);
}

function wildcard(kind: string): string {
  const pattern = textKinds[kind as Kind];
  if (pattern === undefined) throw new TranscriptError(`\${any:${kind}}: no text of such a kind`);
  return `(?:${pattern})`;
}

// The template with everything filled in but the wildcards.
function plain(template: Json, scope: Scope): string {
  return fill(String(template), (name) => (name.startsWith('any:') ? `\${${name}}` : scope.variable(name)));
}

function quote(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function patterns(argument: Json): readonly Json[] {
  if (!Array.isArray(argument)) throw new TranscriptError(`not a list of patterns: ${show(argument)}`);
  return argument as readonly Json[];
}

function first<T>(items: readonly T[], test: (item: T, at: number) => Difference | undefined): Difference | undefined {
  for (const [at, item] of items.entries()) {
    const found = test(item, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function join(path: string, step: string | number): string {
  return path === '' ? String(step) : `${path}.${step}`;
}

function difference(path: string, expected: string, got: unknown): Difference {
  return { path, expected, got: show(got) };
}
