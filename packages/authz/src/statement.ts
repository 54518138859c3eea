// One statement of a policy, read and made ready to be asked.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html

import { type Clause, compileCondition, judge, overlyPermissive } from './condition.ts';
import type { Circumstances } from './context.ts';
import { stringsOf } from './json.ts';
import { compilePatterns, matchesSet, type PatternSet } from './pattern-set.ts';
import { POLICY_TRAITS, type PolicyType, type PolicyVersion } from './policy-type.ts';
import { canBeBounded, type Principal } from './principal.ts';
import { compilePrincipals, type Hold, holds, type PrincipalSet } from './principal-set.ts';

export interface Statement {
  /** Its place in the policy, from 0. */
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Undefined in a policy whose principal is whoever it is attached to. */
  readonly principals: PrincipalSet | undefined;
  readonly actions: PatternSet;
  readonly resources: PatternSet;
  readonly clauses: readonly Clause[];
  /** What the statement says and nobody can judge. Such an Allow never allows; such a Deny still denies. */
  readonly notEvaluated: readonly string[];
}

type CompiledStatement =
  | { readonly ok: true; readonly statement: Statement }
  | { readonly ok: false; readonly problem: string };

const PLAIN: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition']);
const NEGATED: ReadonlyMap<string, string> = new Map([
  ['NotPrincipal', 'Principal'],
  ['NotAction', 'Action'],
  ['NotResource', 'Resource'],
]);

export function compileStatement(
  members: ReadonlyMap<string, unknown>,
  index: number,
  policyType: PolicyType,
  version: PolicyVersion,
): CompiledStatement {
  const traits = POLICY_TRAITS[policyType];
  const sid = members.get('Sid');
  const effect = members.get('Effect');
  const noAction = isNegated('NotAction', members);
  const noResource = isNegated('NotResource', members);
  const actions = stringsOf(members.get(noAction ? 'NotAction' : 'Action'));
  const resources = stringsOf(members.get(noResource ? 'NotResource' : 'Resource'));
  if (sid !== undefined && typeof sid !== 'string') return problemIn(index, 'Sid is not a string');
  if (effect !== 'Allow' && effect !== 'Deny') return problemIn(index, 'Effect is neither Allow nor Deny');
  if (actions === undefined) return problemIn(index, `${noAction ? 'NotAction' : 'Action'} ${NO_STRINGS}`);
  if (resources === undefined) return problemIn(index, `${noResource ? 'NotResource' : 'Resource'} ${NO_STRINGS}`);
  if (!traits.inertStatements) {
    if (actions.length === 0) return { ok: false, problem: 'Policy statement must contain actions.' };
    if (resources.length === 0) return { ok: false, problem: 'Policy statement must contain resources.' };
  }
  if (!traits.principals && (members.has('Principal') || members.has('NotPrincipal')))
    return { ok: false, problem: 'Policy document should not specify a principal.' };
  const noPrincipal = isNegated('NotPrincipal', members);
  const who = traits.principals
    ? compilePrincipals(members.get(noPrincipal ? 'NotPrincipal' : 'Principal'), noPrincipal)
    : undefined;
  if (who?.ok === false) return who;
  const condition = compileCondition(members.get('Condition'), version);
  if (!condition.ok) return problemIn(index, condition.problem);
  const permissive = policyType === 'key policy' ? overlyPermissive(condition) : undefined;
  if (permissive !== undefined) return { ok: false, problem: permissive };
  const resourceSet = compilePatterns(resources, 'exact case', noResource, version);
  const notEvaluated = [
    ...[...members.keys()].filter((name) => !PLAIN.has(name) && !isNegated(name, members)),
    ...(who?.notEvaluated ?? []),
    ...resourceSet.unknown.map((variable) => `policy variable ${variable}`),
    ...condition.notEvaluated,
  ];
  // NotAction of nothing would be everything. Nobody writes that and means it; it is as inert as Action of nothing.
  const actionSet = compilePatterns(actions, 'any case', noAction && actions.length > 0);
  const statement: Statement = {
    index,
    sid,
    effect,
    principals: who?.principals,
    actions: actionSet,
    resources: resources.length === 0 ? compilePatterns([], 'exact case') : resourceSet,
    clauses: condition.clauses,
    notEvaluated,
  };
  return { ok: true, statement };
}

/** How the statement is about the principal; `named` where the policy does not say whom it is about. */
export function holdOf(
  { principals, effect }: Statement,
  { boundary, principal }: { readonly principal: Principal; readonly boundary?: object | undefined },
): Hold | undefined {
  if (principals === undefined) return 'named';
  // Such a Deny holds whoever has a permissions boundary, whomever it names.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  const spares = effect === 'Allow' || boundary === undefined || !canBeBounded(principal);
  return principals.negated && !spares ? 'everyone' : holds(principals, principal, effect);
}

/** Action, Resource and Condition; the principal is the policy's business. */
export function covers(statement: Statement, asked: Circumstances, policyType: PolicyType): boolean {
  if (!matchesSet(statement.actions, asked.action, asked, policyType)) return false;
  if (!matchesSet(statement.resources, asked.resource, asked, policyType)) return false;
  for (const clause of statement.clauses) {
    const judgement = judge(clause, asked, policyType);
    if (judgement === 'fails' || (judgement !== 'holds' && statement.effect === 'Allow')) return false;
  }
  return true;
}

/** The element that `name` negates is not there beside it: with both, it is anybody's guess what is meant. */
function isNegated(name: string, members: ReadonlyMap<string, unknown>): boolean {
  const plain = NEGATED.get(name);
  return plain !== undefined && members.has(name) && !members.has(plain);
}

const NO_STRINGS = 'is neither a string nor a list of strings';

function problemIn(index: number, problem: string): CompiledStatement {
  return { ok: false, problem: `Policy statement ${index}: ${problem}.` };
}
