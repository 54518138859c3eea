// Policy variables: `${aws:username}` in a Resource or in a value of a condition.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html

import { type Circumstances, contextValue, type KeyUse, keyUse } from './context.ts';
import type { PolicyType, PolicyVersion } from './policy-type.ts';
import type { Part } from './wildcard.ts';

/** A text with variables in it. */
export interface Template {
  readonly written: string;
  readonly segments: readonly Segment[];
  /** Variables that no request can fill. */
  readonly unknown: readonly string[];
}

type Segment = Part | Variable;

interface Variable {
  readonly use: KeyUse;
  /** What stands after the comma, for requests without the key. */
  readonly instead: string | undefined;
}

const VARIABLE = /\$\{([^{}]*)\}/g;
const NAME_AND_DEFAULT = /^([^\s',]+)(?:\s*,\s*'([^']*)')?$/;
/** The three characters that mean something else without braces. */
const SPECIAL: ReadonlySet<string> = new Set(['*', '?', '$']);

/** Undefined when there is nothing to fill in; before 2012-10-17 `${` is plain text. */
export function parseTemplate(written: string, version: PolicyVersion): Template | undefined {
  if (version !== '2012-10-17' || !written.includes('${')) return undefined;
  const segments: Segment[] = [];
  const unknown: string[] = [];
  let at = 0;
  for (const match of written.matchAll(VARIABLE)) {
    const [whole, inside = ''] = match;
    addText(written.slice(at, match.index), segments, unknown);
    at = match.index + whole.length;
    const [, name, instead] = NAME_AND_DEFAULT.exec(inside) ?? [];
    const use = name === undefined ? undefined : keyUse(name);
    if (SPECIAL.has(inside)) segments.push({ text: inside, literal: true });
    else if (use?.known?.values === 'one') segments.push({ use, instead });
    else unknown.push(whole);
  }
  addText(written.slice(at), segments, unknown);
  return { written, segments, unknown };
}

function addText(text: string, segments: Segment[], unknown: string[]): void {
  if (text !== '') segments.push({ text, literal: false });
  // A brace that never closes, or one inside another.
  if (text.includes('${')) unknown.push(text);
}

/** Undefined when the request lacks a value that the template has no other for: then it matches nothing. */
export function fill(template: Template, asked: Circumstances, policyType: PolicyType): readonly Part[] | undefined {
  const parts: Part[] = [];
  for (const segment of template.segments) {
    if (!('use' in segment)) {
      parts.push(segment);
      continue;
    }
    const value = contextValue(segment.use, asked, policyType) ?? segment.instead;
    const text = typeof value === 'string' || value === undefined ? value : value.length === 1 ? value[0] : undefined;
    if (text === undefined) return undefined;
    // What a request brings along is no pattern: nobody may call themselves `*`.
    parts.push({ text, literal: true });
  }
  return parts;
}

/** The request has several values for a variable, which stands for one. */
export function isAmbiguous({ segments }: Template, asked: Circumstances, policyType: PolicyType): boolean {
  return segments.some((segment) => {
    const value = 'use' in segment ? contextValue(segment.use, asked, policyType) : undefined;
    return typeof value === 'object' && value.length > 1;
  });
}

/** The keys that the template needs and the request does not have. */
export function missingFrom(template: Template, asked: Circumstances, policyType: PolicyType): readonly string[] {
  return template.segments.flatMap((segment) =>
    'use' in segment && segment.instead === undefined && contextValue(segment.use, asked, policyType) === undefined
      ? [segment.use.written]
      : [],
  );
}
