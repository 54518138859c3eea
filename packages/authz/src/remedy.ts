// What would turn a denial into an Allow: the smallest statement that is missing, or the one that is in the way.

import { authorize } from './authorize.ts';
import { applied, type Change, identityOf, stepsToAllow } from './change.ts';
import { type DecidedBy, type Decision, isDecisive } from './decision.ts';
import { GrantIndex } from './grant-index.ts';
import type { AuthorizationRequest } from './request.ts';
import { rewritten } from './rewrite.ts';
import type { StatementTrace } from './trace.ts';

/** How a policy is spoken of: `service control policy "NoDecrypt" of r-root`. */
export function policyOf({ at, policy, policyType }: Pick<DecidedBy, 'at' | 'policy' | 'policyType'>): string {
  return `${policyType} "${policy}"${at === undefined ? '' : ` of ${at}`}`;
}

/** One thing that has to change: sentences, of which a statement to add stands as JSON at the end. */
export interface Remedy {
  /** Each is enough. */
  readonly oneOf: readonly string[];
  /** What is not sure about it. */
  readonly notes?: readonly string[];
}

/** All of them are needed. Nothing for what is allowed already. */
export function remediesOf(denied: Decision): readonly Remedy[] {
  const steps = stepsToAllow(denied);
  const changes = steps.map(({ change }) => change);
  const giving = changes.findIndex(
    (change) => change?.policyType === 'key policy' || change?.policyType === 'identity policy',
  );
  const found = steps.map(({ change, decision }, at): Remedy => {
    if (change === undefined) return { oneOf: unchangeable(decision) };
    if (change.change === 'remove') return denyRemedy(decision);
    const others = changes.flatMap((other) => (other === undefined || other === change ? [] : [other]));
    const rest = others.reduce((before, other) => applied(other, before), denied.request);
    const isEnough = (opened: AuthorizationRequest): boolean =>
      changes.includes(undefined) || authorize(opened).outcome === 'Allow';
    return addRemedy(decision, change, (trace) => isEnough(opened(trace, rest)), at === giving);
  });
  return [...new Map(found.map((remedy) => [JSON.stringify(remedy), remedy])).values()].filter(
    ({ oneOf }) => oneOf.length > 0,
  );
}

type Added = Extract<Change, { readonly change: 'add' }>;

/** The narrow ways before the wide one: to call as a statement or a grant that is there wants it. */
function addRemedy(
  { considered, delegated, request }: Decision,
  { policyType, statement }: Added,
  isEnough: (trace: StatementTrace) => boolean,
  withGrants: boolean,
): Remedy {
  const speaking: readonly StatementTrace['policyType'][] = [
    ...(policyType === 'identity policy' && delegated ? (['key policy'] as const) : []),
    policyType,
    ...(withGrants ? (['grant'] as const) : []),
  ];
  const narrow = considered.flatMap((trace) => {
    const way = speaking.includes(trace.policyType) ? wayOf(trace) : undefined;
    return way !== undefined && isEnough(trace) ? [way] : [];
  });
  const place = policyType === 'identity policy' ? `an identity policy of ${identityOf(request.principal)}` : undefined;
  const notes = almost(considered, policyType);
  return {
    oneOf: [...narrow, `add to ${place ?? `the ${policyType}`}: ${JSON.stringify(statement)}`],
    ...(notes.length > 0 && { notes }),
  };
}

/** How to call as an Allow wants it that only the request itself is not right for. */
function wayOf({ at, effect, mismatch, policy, policyType, statement }: StatementTrace): string | undefined {
  if (effect !== 'Allow' || mismatch === undefined) return undefined;
  const { element, key, operator, written } = mismatch;
  if (element === 'grant token') return `call it with the token of grant "${policy}"`;
  if (element === 'Constraints') return `call it so that grant "${policy}" holds: ${written.join(' and ')}`;
  if (element !== 'Condition') return undefined;
  const place = policyOf({ policyType, policy, ...(at !== undefined && { at }) });
  return `call it so that statement [${statement}] of ${place} holds: ${operator} of ${key}: ${written.join(' or ')}`;
}

/** The request as it were if it met what the statement or the grant asks of it. */
function opened(
  { mismatch, policy: name, policyType, statement }: StatementTrace,
  request: AuthorizationRequest,
): AuthorizationRequest {
  const { grants, principal, tokens = [] } = request;
  if (policyType !== 'grant') {
    return rewritten(request, (type, other, policy) => {
      if (type !== policyType || other !== name) return policy;
      const allows = policy.allows.map((one) => (one.index === statement ? { ...one, clauses: [] } : one));
      return { ...policy, allows };
    });
  }
  if (mismatch?.element === 'grant token') return { ...request, tokens: new Set([...tokens, name]) };
  const held = grants?.heldBy(principal) ?? [];
  const open = held.map((grant) => (grant.id === name ? { ...grant, constraints: undefined } : grant));
  return { ...request, grants: new GrantIndex(open) };
}

/** What to do about a reason that no policy can change. */
function unchangeable({ reason, request }: Decision): readonly string[] {
  switch (reason) {
    case 'no identity policy statement allows it':
      return ['call it as a user or a role: a service principal has no identity policies'];
    case 'the operation cannot be called from another account':
      return [
        `call it as a principal of account ${request.keyAccount ?? 'that owns the key'}: no policy can change this`,
      ];
    case 'nothing lets the caller retire the grant':
      return [
        'retire it as its retiring principal, as a grantee whose grant lists RetireGrant, or in the issuing account',
      ];
    case 'the action is unknown':
      return [`KMS has no action ${request.action}`];
    case 'the evaluation failed':
      return ['see why the context of the request cannot be read: nobody is let in by an evaluation that fails'];
    default:
      return [];
  }
}

function denyRemedy(decision: Decision): Remedy {
  const deciding = decision.considered.filter((trace) => isDecisive(trace, decision));
  const notes = deciding.flatMap(({ notEvaluated }) => {
    const doubt = notEvaluated.join(', ');
    return doubt ? [`AWS may not deny it: ${doubt} cannot be evaluated, and the statement denies to be safe`] : [];
  });
  const oneOf = deciding.map(
    (trace) => `remove or narrow statement [${trace.statement}] of ${policyOf(trace)}: no Allow outweighs a Deny`,
  );
  return { oneOf, ...(notes.length > 0 && { notes }) };
}

function almost(considered: readonly StatementTrace[], policyType: StatementTrace['policyType']): readonly string[] {
  return considered
    .filter((trace) => trace.policyType === policyType && trace.effect === 'Allow')
    .filter(({ matched, mismatch }) => !matched && mismatch === undefined)
    .map(({ statement, policy, notEvaluated }) => {
      const doubt = notEvaluated.join(', ');
      return `statement [${statement}] of ${policyType} "${policy}" may allow it on AWS: ${doubt} cannot be evaluated`;
    });
}
