// The value of an Action, Resource, NotAction or NotResource element: a list of patterns, ready to be asked.

import type { Circumstances } from './context.ts';
import type { PolicyType, PolicyVersion } from './policy-type.ts';
import { fill, missingFrom, parseTemplate, type Template } from './variables.ts';
import {
  type CaseRule,
  compileParts,
  compilePattern,
  foldText,
  isEverything,
  isLiteral,
  matchesPattern,
  type Pattern,
} from './wildcard.ts';

export interface PatternSet {
  readonly written: readonly string[];
  /** It lists what the statement is not about. */
  readonly negated: boolean;
  readonly everything: boolean;
  readonly anyCase: boolean;
  /** Texts without wildcards, folded when `anyCase`, so that a list of a thousand key ARNs costs one look-up. */
  readonly exact: ReadonlySet<string>;
  readonly patterns: readonly Pattern[];
  readonly templates: readonly Template[];
  /** Variables that no request can fill: a Deny must count the element as matching. */
  readonly unknown: readonly string[];
}

/** An empty list matches nothing: a statement without Action or Resource is accepted and inert (CreateKey, Policy). */
export function compilePatterns(
  written: readonly string[],
  caseRule: CaseRule,
  negated = false,
  variables: PolicyVersion | 'none' = 'none',
): PatternSet {
  const templates: Template[] = [];
  const all: Pattern[] = [];
  for (const text of written) {
    const template = variables === 'none' ? undefined : parseTemplate(text, variables);
    if (template === undefined) all.push(compilePattern(text, caseRule));
    else templates.push(template);
  }
  return {
    written,
    negated,
    anyCase: caseRule === 'any case',
    everything: all.some(isEverything),
    exact: new Set(all.filter(isLiteral).map((pattern) => pattern.head)),
    patterns: all.filter((pattern) => !isLiteral(pattern) && !isEverything(pattern)),
    templates,
    unknown: templates.flatMap(({ unknown }) => unknown),
  };
}

/** Whether the element is about `subject`. Variables are filled from `asked`. */
export function matchesSet(set: PatternSet, subject: string, asked: Circumstances, policyType: PolicyType): boolean {
  if (set.unknown.length > 0) return true;
  return isListed(set, subject, asked, policyType) !== set.negated;
}

function isListed(set: PatternSet, subject: string, asked: Circumstances, policyType: PolicyType): boolean {
  if (set.everything || set.exact.has(set.anyCase ? folded(subject) : subject)) return true;
  for (const pattern of set.patterns) if (matchesPattern(pattern, subject)) return true;
  for (const template of set.templates) {
    const parts = fill(template, asked, policyType);
    if (parts !== undefined && matchesPattern(compileParts(parts, 'exact case'), subject)) return true;
  }
  return false;
}

// A decision asks many statements about one action.
let lastText = '';
let lastFolded = '';

function folded(text: string): string {
  if (text !== lastText) {
    lastText = text;
    lastFolded = foldText(text);
  }
  return lastFolded;
}

export function missingKeys(set: PatternSet, asked: Circumstances, policyType: PolicyType): readonly string[] {
  return set.templates.flatMap((template) => missingFrom(template, asked, policyType));
}
