// The value of an Action or Resource element: a list of patterns, ready to be asked.

import { type CaseRule, compilePattern, isEverything, isLiteral, matchesPattern, type Pattern } from './wildcard.ts';

export interface PatternSet {
  readonly written: readonly string[];
  /** The element says something that is not evaluated yet: a Deny must count it as matching. */
  readonly unknown: boolean;
  readonly everything: boolean;
  /** Case-sensitive texts without wildcards, so that a list of a thousand key ARNs costs one look-up. */
  readonly exact: ReadonlySet<string>;
  readonly patterns: readonly Pattern[];
}

/** An empty list matches nothing: a statement without Action or Resource is accepted and inert (CreateKey, Policy). */
export function compilePatterns(written: readonly string[], caseRule: CaseRule, unknown: boolean): PatternSet {
  const all = written.map((text) => compilePattern(text, caseRule));
  const inSet = (pattern: Pattern): boolean => caseRule === 'exact case' && isLiteral(pattern);
  return {
    written,
    unknown,
    everything: all.some(isEverything),
    exact: new Set(all.filter(inSet).map((pattern) => pattern.written)),
    patterns: all.filter((pattern) => !inSet(pattern)),
  };
}

export function matchesSet(set: PatternSet, subject: string): boolean {
  if (set.everything || set.unknown || set.exact.has(subject)) return true;
  for (const pattern of set.patterns) if (matchesPattern(pattern, subject)) return true;
  return false;
}
