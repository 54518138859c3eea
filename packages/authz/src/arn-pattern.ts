// ARNs of Arn conditions: each of the six parts is matched by itself.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN

import { compileParts, matchesPattern, type Part, type Pattern } from './wildcard.ts';

const PARTS = 6;

/** Undefined for what has fewer parts than an ARN, which no ARN matches. */
export function compileArn(parts: readonly Part[]): readonly Pattern[] | undefined {
  const columns: Part[][] = [[]];
  for (const { text, literal } of parts) {
    let rest = text;
    while (columns.length < PARTS) {
      const colon = rest.indexOf(':');
      if (colon < 0) break;
      columns[columns.length - 1]?.push({ text: rest.slice(0, colon), literal });
      columns.push([]);
      rest = rest.slice(colon + 1);
    }
    columns[columns.length - 1]?.push({ text: rest, literal });
  }
  return columns.length === PARTS ? columns.map((column) => compileParts(column, 'exact case')) : undefined;
}

export function matchesArn(patterns: readonly Pattern[], subject: string): boolean {
  let at = 0;
  for (const [index, pattern] of patterns.entries()) {
    const colon = index === PARTS - 1 ? subject.length : subject.indexOf(':', at);
    if (colon < 0 || !matchesPattern(pattern, subject.slice(at, colon))) return false;
    at = colon + 1;
  }
  return true;
}
