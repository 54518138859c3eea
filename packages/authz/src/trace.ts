// Why each statement did or did not count: worked out when somebody asks, never while deciding.

import { matchesSet } from './pattern-set.ts';
import { type Hold, holds } from './principal-set.ts';
import type { AuthorizationRequest } from './request.ts';
import type { PolicyType, Statement } from './statement.ts';

export interface StatementTrace {
  readonly policyType: PolicyType;
  readonly policy: string;
  readonly statement: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  /** The statement counts. An Allow that matches but has something that is not evaluated yet does not; a Deny does. */
  readonly matched: boolean;
  /** How a key policy's statement holds the principal: an `account` leaves the decision to identity policies. */
  readonly holds?: Hold;
  /** The first element that did not match. */
  readonly mismatch?: Mismatch;
  readonly notEvaluated: readonly string[];
}

export interface Mismatch {
  readonly element: 'Principal' | 'Action' | 'Resource';
  readonly asked: string;
  /** What the statement says; nothing when the element is missing. */
  readonly written: readonly string[];
}

/** Every key has one policy, and this is its name (PutKeyPolicy, PolicyName). */
export const KEY_POLICY_NAME = 'default';

/** The key policy's statements, then those of the identity policies, each in the order of its document. */
export function traceOf(request: AuthorizationRequest): readonly StatementTrace[] {
  const traces = (request.keyPolicy?.statements ?? []).map((statement) =>
    trace(statement, 'key policy', KEY_POLICY_NAME, request),
  );
  for (const { name, policy } of request.identityPolicies) {
    for (const statement of policy.statements) traces.push(trace(statement, 'identity policy', name, request));
  }
  return traces;
}

function trace(
  statement: Statement,
  policyType: PolicyType,
  policy: string,
  request: AuthorizationRequest,
): StatementTrace {
  const { principals, notEvaluated, effect } = statement;
  const hold = principals && holds(principals, request.principal);
  const mismatch = mismatchOf(statement, policyType, hold, request);
  return {
    policyType,
    policy,
    statement: statement.index,
    ...(statement.sid !== undefined && { sid: statement.sid }),
    effect,
    matched: mismatch === undefined && (effect === 'Deny' || notEvaluated.length === 0),
    ...(hold !== undefined && { holds: hold }),
    ...(mismatch !== undefined && { mismatch }),
    notEvaluated,
  };
}

function mismatchOf(
  { principals, actions, resources }: Statement,
  policyType: PolicyType,
  hold: Hold | undefined,
  { principal, action, resource }: AuthorizationRequest,
): Mismatch | undefined {
  if (policyType === 'key policy' && hold === undefined) {
    return { element: 'Principal', asked: principal.arn, written: principals?.written ?? [] };
  }
  if (!matchesSet(actions, action)) return { element: 'Action', asked: action, written: actions.written };
  if (!matchesSet(resources, resource)) return { element: 'Resource', asked: resource, written: resources.written };
  return undefined;
}
