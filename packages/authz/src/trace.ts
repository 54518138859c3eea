// Why each statement did or did not count: worked out when somebody asks, never while deciding.

import { grantOperationOf } from './actions.ts';
import { type Clause, judge, shown } from './condition.ts';
import { foldName } from './condition-keys.ts';
import { type Circumstances, contextValue } from './context.ts';
import { type Grant, type GrantElement, holdBy, obstacleOf } from './grant.ts';
import { layersOf } from './layers.ts';
import { matchesSet, missingKeys, type PatternSet } from './pattern-set.ts';
import type { PolicyType } from './policy-type.ts';
import type { Hold } from './principal-set.ts';
import type { AuthorizationRequest, NamedPolicy } from './request.ts';
import { holdOf, type Statement } from './statement.ts';
import { fill, missingFrom } from './variables.ts';
import { textOf } from './wildcard.ts';

export interface StatementTrace {
  readonly policyType: PolicyType | 'grant';
  /** The name of the policy; the id of the grant. */
  readonly policy: string;
  /** Where the policy is attached, when that is known. */
  readonly at?: string;
  readonly statement: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  /** The statement counts. An Allow that matches but has something that cannot be evaluated does not; a Deny does. */
  readonly matched: boolean;
  /** How a statement that names principals holds the caller: an `account` leaves the decision to identity policies. */
  readonly holds?: Hold;
  /** The first element that did not match. */
  readonly mismatch?: Mismatch;
  /** Condition keys that the statement asked for in vain, were it about this principal, action and resource. */
  readonly missingKeys?: readonly string[];
  readonly notEvaluated: readonly string[];
}

type PolicyElement = 'Principal' | 'NotPrincipal' | 'Action' | 'NotAction' | 'Resource' | 'NotResource' | 'Condition';

export interface Mismatch {
  readonly element: PolicyElement | GrantElement;
  readonly asked: string;
  /** What the statement says; nothing when the element is missing. */
  readonly written: readonly string[];
  /** What `written` came to, where it has variables that the request could fill. */
  readonly filled?: readonly string[];
  /** Of a condition: its operator and its key. */
  readonly operator?: string;
  readonly key?: string;
}

/** The key policy's statements, those of the other policies, each in the order of its document; then the caller's grants. */
export function traceOf(request: AuthorizationRequest): readonly StatementTrace[] {
  const traces: StatementTrace[] = [];
  for (const [policyType, named] of layersOf(request)) {
    for (const statement of named.policy.statements) traces.push(trace(statement, policyType, named, request));
  }
  for (const grant of request.grants?.heldBy(request.principal) ?? []) traces.push(traceGrant(grant, request));
  return traces;
}

function trace(
  statement: Statement,
  policyType: PolicyType,
  { at, name }: NamedPolicy,
  request: AuthorizationRequest,
): StatementTrace {
  const { principals, notEvaluated, effect, sid, index } = statement;
  const hold = holdOf(statement, request);
  const mismatch = mismatchOf(statement, policyType, hold, request);
  const reached = mismatch === undefined || mismatch.element === 'Condition';
  const missing = reached ? missingOf(statement, policyType, request) : [];
  return {
    policyType,
    policy: name,
    ...(at !== undefined && { at }),
    statement: index,
    ...(sid !== undefined && { sid }),
    effect,
    matched: mismatch === undefined && (effect === 'Deny' || notEvaluated.length === 0),
    ...(principals !== undefined && hold !== undefined && { holds: hold }),
    ...(mismatch !== undefined && { mismatch }),
    ...(missing.length > 0 && { missingKeys: missing }),
    notEvaluated,
  };
}

function mismatchOf(
  { principals, actions, resources, clauses, effect }: Statement,
  policyType: PolicyType,
  hold: Hold | undefined,
  request: AuthorizationRequest,
): Mismatch | undefined {
  const { principal, action, resource } = request;
  if (hold === undefined) {
    const element = principals?.negated ? 'NotPrincipal' : 'Principal';
    return { element, asked: principal.arn, written: principals?.written ?? [] };
  }
  if (!matchesSet(actions, action, request, policyType)) {
    return { element: actions.negated ? 'NotAction' : 'Action', asked: action, written: actions.written };
  }
  if (!matchesSet(resources, resource, request, policyType)) {
    const element = resources.negated ? 'NotResource' : 'Resource';
    const filled = filledIn(resources, request, policyType);
    return { element, asked: resource, written: resources.written, ...filled };
  }
  for (const clause of clauses) {
    const judgement = judge(clause, request, policyType);
    if (judgement === 'holds' || (judgement !== 'fails' && effect === 'Deny')) continue;
    const { operator, use, written } = clause;
    const asked = shown(contextValue(use, request, policyType));
    const filled = filledIn(clause, request, policyType);
    return { element: 'Condition', operator, key: use.written, asked, written, ...filled };
  }
  return undefined;
}

function filledIn(
  { templates }: PatternSet | Clause,
  asked: Circumstances,
  policyType: PolicyType,
): { readonly filled?: readonly string[] } {
  if (templates.length === 0) return {};
  return { filled: templates.map((template) => textOf(fill(template, asked, policyType) ?? [])).filter(Boolean) };
}

function missingOf({ resources, clauses }: Statement, policyType: PolicyType, asked: Circumstances): readonly string[] {
  const missing = [...missingKeys(resources, asked, policyType)];
  for (const { use, templates } of clauses) {
    if (contextValue(use, asked, policyType) === undefined) missing.push(use.written);
    for (const template of templates) missing.push(...missingFrom(template, asked, policyType));
  }
  return missing;
}

function traceGrant(grant: Grant, request: AuthorizationRequest): StatementTrace {
  const operation = grantOperationOf(request.action);
  const element = operation === undefined ? 'Operations' : obstacleOf(grant, operation, request);
  const hold = holdBy(grant.grantee, request.principal);
  return {
    policyType: 'grant',
    policy: grant.id,
    statement: 0,
    effect: 'Allow',
    matched: element === undefined,
    ...(hold !== undefined && { holds: hold }),
    ...(element !== undefined && { mismatch: grantMismatch(element, grant, request) }),
    notEvaluated: [],
  };
}

function grantMismatch(element: GrantElement, grant: Grant, request: AuthorizationRequest): Mismatch {
  const { operations, constraints, activeAt } = grant;
  switch (element) {
    case 'Operations':
      return { element, asked: request.action, written: operations };
    case 'grant token':
      return { element, asked: '(no token of this grant)', written: [`needed before ${activeAt ?? 'its end'}`] };
    case 'child grant':
      return { element, asked: request.childGrant?.operations.join(', ') ?? '', written: operations };
    case 'Constraints':
      return { element, asked: constraintsAsked(request), written: writtenConstraints(constraints) };
  }
}

function constraintsAsked({ context }: AuthorizationRequest): string {
  const keys = [context?.('kms:encryptioncontextkeys') ?? []].flat();
  const pairs = keys.map((key) => `${key}=${shown(context?.(`kms:encryptioncontext:${foldName(key)}`))}`);
  const source = context?.('aws:sourcearn');
  return [...pairs, ...(source === undefined ? [] : [`SourceArn=${shown(source)}`])].join(', ') || '(nothing)';
}

function writtenConstraints(constraints: Grant['constraints']): readonly string[] {
  const { encryptionContextEquals, encryptionContextSubset, sourceArn } = constraints ?? {};
  const pairs = (name: string, of: typeof encryptionContextEquals): readonly string[] =>
    of === undefined ? [] : [`${name} {${[...of].map(([key, value]) => `${key}=${value}`).join(', ')}}`];
  return [
    ...pairs('EncryptionContextEquals', encryptionContextEquals),
    ...pairs('EncryptionContextSubset', encryptionContextSubset),
    ...(sourceArn === undefined ? [] : [`SourceArn ${sourceArn}`]),
  ];
}
