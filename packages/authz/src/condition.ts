// The Condition element: every operator and every key in it must hold; of the values of one key one is enough.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html

import { type Circumstances, type ContextValue, contextValue, type KeyUse, keyUse } from './context.ts';
import { membersOf } from './json.ts';
import { OPERATORS, type Operator, type Test } from './operators.ts';
import type { PolicyType, PolicyVersion } from './policy-type.ts';
import { fill, isAmbiguous, parseTemplate, type Template } from './variables.ts';

/** One operator on one key. */
export interface Clause {
  readonly operator: string;
  readonly use: KeyUse;
  readonly written: readonly string[];
  /** `ForAllValues:` asks every value of the request, `ForAnyValue:` at least one of them. */
  readonly quantifier: 'all' | 'any' | undefined;
  readonly ifExists: boolean;
  /** Undefined for `Null`, which asks only whether the key is there. */
  readonly comparison: Operator | undefined;
  readonly tests: readonly Test[];
  readonly templates: readonly Template[];
}

export type Judgement = 'holds' | 'fails' | 'cannot be judged';

type CompiledCondition =
  | { readonly ok: true; readonly clauses: readonly Clause[]; readonly notEvaluated: readonly string[] }
  | { readonly ok: false; readonly problem: string };

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

export function compileCondition(element: unknown, version: PolicyVersion): CompiledCondition {
  const operators = element === undefined ? new Map<string, unknown>() : membersOf(element);
  if (operators === undefined) return { ok: false, problem: 'Condition is not a JSON object' };
  const clauses: Clause[] = [];
  const notEvaluated: string[] = [];
  for (const [operator, block] of operators) {
    const keys = membersOf(block);
    if (keys === undefined) return { ok: false, problem: `Condition ${operator} is not a JSON object` };
    for (const [key, value] of keys) {
      const written = valuesOf(value);
      if (written === undefined)
        return { ok: false, problem: `Condition ${operator} of ${key} is neither a value nor a list of values` };
      const clause = compileClause(operator, key, written, version, notEvaluated);
      if (clause !== undefined) clauses.push(clause);
    }
  }
  return { ok: true, clauses, notEvaluated };
}

/** Undefined, with a word in `doubts`, for what cannot be judged on any request. */
function compileClause(
  operator: string,
  key: string,
  written: readonly string[],
  version: PolicyVersion,
  doubts: string[],
): Clause | undefined {
  const [, set, base = '', ifExists] = OPERATOR.exec(operator) ?? [];
  const comparison = OPERATORS.get(base);
  const use = keyUse(key);
  // `Null` takes neither a quantifier nor IfExists.
  const isOperator = comparison !== undefined || operator === 'Null';
  if (!isOperator) doubts.push(`condition operator ${operator}`);
  if (use.known === undefined) doubts.push(`condition key ${key}`);
  const templates: Template[] = [];
  const tests: Test[] = [];
  for (const value of written) {
    const template = parseTemplate(value, version);
    if (template === undefined) {
      const test = comparison?.compile([{ text: value, literal: false }]);
      if (test !== undefined) tests.push(test);
    } else {
      templates.push(template);
      doubts.push(...template.unknown.map((unknown) => `policy variable ${unknown}`));
    }
  }
  if (!isOperator || use.known === undefined || templates.some(({ unknown }) => unknown.length > 0)) return undefined;
  const quantifier = set === 'ForAllValues' ? 'all' : set === 'ForAnyValue' ? 'any' : undefined;
  return { operator, use, written, quantifier, ifExists: ifExists !== undefined, comparison, tests, templates };
}

export function judge(clause: Clause, asked: Circumstances, policyType: PolicyType): Judgement {
  const { use, comparison, quantifier } = clause;
  const value = contextValue(use, asked, policyType);
  const values = typeof value === 'string' ? undefined : value;
  if (values !== undefined && values.length > (use.known?.most ?? 0)) return 'cannot be judged';
  if (comparison === undefined) {
    return clause.written.some((wanted) => wanted.toLowerCase() === String(value === undefined)) ? 'holds' : 'fails';
  }
  if (value === undefined) {
    const holds = clause.ifExists || (quantifier === undefined ? comparison.negated : quantifier === 'all');
    return holds ? 'holds' : 'fails';
  }
  // Several values of a key that has one: of two names that differ only in case nobody knows which is meant.
  const { templates } = clause;
  if (templates.length > 0 && templates.some((template) => isAmbiguous(template, asked, policyType)))
    return 'cannot be judged';
  if (quantifier === undefined) {
    // A key with many values is no match for an operator that takes one, be it negated or not.
    if (use.known?.values === 'many') return 'fails';
    if (values !== undefined && values.length > 1) return 'cannot be judged';
    const only = typeof value === 'string' ? value : value[0];
    return only !== undefined && agrees(clause, only, asked, policyType) ? 'holds' : 'fails';
  }
  const list = typeof value === 'string' ? [value] : value;
  const each = (subject: string): boolean => agrees(clause, subject, asked, policyType);
  return (quantifier === 'all' ? list.every(each) : list.some(each)) ? 'holds' : 'fails';
}

function agrees(clause: Clause, subject: string, asked: Circumstances, policyType: PolicyType): boolean {
  return matchesOne(clause, subject, asked, policyType) !== clause.comparison?.negated;
}

function matchesOne(
  { tests, templates, comparison }: Clause,
  subject: string,
  asked: Circumstances,
  policyType: PolicyType,
): boolean {
  for (const test of tests) if (test(subject)) return true;
  for (const template of templates) {
    const parts = fill(template, asked, policyType);
    if (parts !== undefined && comparison?.compile(parts)?.(subject)) return true;
  }
  return false;
}

/** What the request has, as a person reads it. */
export function shown(value: ContextValue | undefined): string {
  if (value === undefined) return '(not in the request)';
  return typeof value === 'string' ? value : value.join(', ');
}

/** JSON's numbers and truth values stand for their texts; undefined for anything else that is no text. */
function valuesOf(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const plain = list.every((entry) => ['string', 'number', 'boolean'].includes(typeof entry));
  return plain ? list.map(String) : undefined;
}

/**
 * What KMS refuses to save: ForAllValues is true of a request without the key, which a key of one value makes easy to
 * overlook. conditions-kms.html#conditions-kms-encryption-context
 */
export function overlyPermissive({ clauses }: { readonly clauses: readonly Clause[] }): string | undefined {
  for (const { quantifier, use } of clauses) {
    const what = OVERLY_PERMISSIVE.find(([beginning]) => use.folded.startsWith(beginning))?.[1];
    if (quantifier === 'all' && what !== undefined) {
      return `OverlyPermissiveCondition: Using the ForAllValues set operator with a single-valued condition key matches requests without the specified ${what} or with an unspecified ${what}. To fix, remove ForAllValues.`;
    }
  }
  return undefined;
}

const OVERLY_PERMISSIVE = [
  ['kms:encryptioncontext:', 'encryption context'],
  ['aws:requesttag/', 'tag'],
] as const;
