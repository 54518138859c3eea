// One statement of a policy, read and made ready to be asked.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html

import { stringsOf } from './json.ts';
import { compilePatterns, matchesSet, type PatternSet } from './pattern-set.ts';
import { compilePrincipals, type PrincipalSet, UNKNOWN_PRINCIPALS } from './principal-set.ts';

export type PolicyType = 'key policy' | 'identity policy';
export type PolicyVersion = '2012-10-17' | '2008-10-17';

export interface Statement {
  /** Its place in the policy, from 0. */
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Undefined in an identity policy, whose principal is whoever it is attached to. */
  readonly principals: PrincipalSet | undefined;
  readonly actions: PatternSet;
  readonly resources: PatternSet;
  /** What the statement says and this version does not judge. Such an Allow never allows; such a Deny still denies. */
  readonly notEvaluated: readonly string[];
}

type CompiledStatement =
  | { readonly ok: true; readonly statement: Statement }
  | { readonly ok: false; readonly problem: string };

const EVALUATED: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Principal', 'Action', 'Resource']);

export function compileStatement(
  members: ReadonlyMap<string, unknown>,
  index: number,
  policyType: PolicyType,
  version: PolicyVersion,
): CompiledStatement {
  const sid = members.get('Sid');
  const effect = members.get('Effect');
  const actions = stringsOf(members.get('Action'));
  const resources = stringsOf(members.get('Resource'));
  if (sid !== undefined && typeof sid !== 'string') return problemIn(index, 'Sid is not a string');
  if (effect !== 'Allow' && effect !== 'Deny') return problemIn(index, 'Effect is neither Allow nor Deny');
  if (actions === undefined) return problemIn(index, 'Action is neither a string nor a list of strings');
  if (resources === undefined) return problemIn(index, 'Resource is neither a string nor a list of strings');
  if (policyType === 'identity policy') {
    const problem = problemOfIdentityStatement(members, actions, resources);
    if (problem !== undefined) return { ok: false, problem };
  }
  const who = policyType === 'key policy' ? compileWho(members) : undefined;
  if (who?.ok === false) return who;
  // Policy variables exist from 2012-10-17 on; before it `${` is plain text.
  const variables = version === '2012-10-17' && resources.some((resource) => resource.includes('${'));
  const notEvaluated = [...members.keys()].filter((name) => !EVALUATED.has(name));
  if (who !== undefined) notEvaluated.push(...who.notEvaluated);
  if (variables) notEvaluated.push('policy variables in Resource');
  const statement: Statement = {
    index,
    sid,
    effect,
    principals: who?.principals,
    actions: compilePatterns(actions, 'any case', replacedBy('NotAction', 'Action', members)),
    resources: compilePatterns(resources, 'exact case', variables || replacedBy('NotResource', 'Resource', members)),
    notEvaluated,
  };
  return { ok: true, statement };
}

/** Action and Resource; the principal is the policy's business. */
export function covers(statement: Statement, action: string, resource: string): boolean {
  return matchesSet(statement.actions, action) && matchesSet(statement.resources, resource);
}

function compileWho(members: ReadonlyMap<string, unknown>): ReturnType<typeof compilePrincipals> {
  if (!replacedBy('NotPrincipal', 'Principal', members)) return compilePrincipals(members.get('Principal'));
  const excepted = compilePrincipals(members.get('NotPrincipal'));
  return excepted.ok ? { ok: true, principals: UNKNOWN_PRINCIPALS, notEvaluated: [] } : excepted;
}

function replacedBy(negated: string, plain: string, members: ReadonlyMap<string, unknown>): boolean {
  return members.has(negated) && !members.has(plain);
}

/**
 * The words are IAM's own (https://github.com/hashicorp/terraform-provider-aws/issues/10419 for the first of them); KMS
 * accepts a statement without Action or Resource, IAM does not.
 */
function problemOfIdentityStatement(
  members: ReadonlyMap<string, unknown>,
  actions: readonly string[],
  resources: readonly string[],
): string | undefined {
  if (members.has('Principal') || members.has('NotPrincipal')) return 'Policy document should not specify a principal.';
  if (actions.length === 0 && !members.has('NotAction')) return 'Policy statement must contain actions.';
  if (resources.length === 0 && !members.has('NotResource')) return 'Policy statement must contain resources.';
  return undefined;
}

function problemIn(index: number, problem: string): CompiledStatement {
  return { ok: false, problem: `Policy statement ${index}: ${problem}.` };
}
