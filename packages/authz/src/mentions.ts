// What a statement speaks of, whoever asks: for a review of policies, where there is no request to judge.

import type { PatternSet } from './pattern-set.ts';
import type { Statement } from './statement.ts';
import { foldText, matchesPattern } from './wildcard.ts';

/** Whether a statement is about an action (`kms:Decrypt`), be it by a wildcard or by NotAction. Its conditions are not asked. */
export function mentionsAction({ actions }: Statement, action: string): boolean {
  return mentions(actions, action);
}

/** Whether a statement is about a resource. A policy variable counts as whatever would fit. */
export function mentionsResource({ resources }: Statement, resource: string): boolean {
  return resources.templates.length > 0 || mentions(resources, resource);
}

function mentions(set: PatternSet, subject: string): boolean {
  const text = set.anyCase ? foldText(subject) : subject;
  const listed = set.everything || set.exact.has(text) || set.patterns.some((one) => matchesPattern(one, subject));
  return listed !== set.negated;
}
