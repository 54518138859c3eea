// The smallest set of changes to policies that makes a denial an Allow: what is silent and must speak, what denies and must not.

import { authorize } from './authorize.ts';
import type { Decision, Reason } from './decision.ts';
import { allowsOneOf } from './layers.ts';
import { parsePolicy } from './policy.ts';
import type { PolicyType } from './policy-type.ts';
import type { Principal } from './principal.ts';
import type { AuthorizationRequest, NamedPolicy } from './request.ts';
import { rewritten } from './rewrite.ts';

/** A statement to add to the policies of a type, or one to take away. */
export type Change =
  | { readonly change: 'add'; readonly policyType: PolicyType; readonly statement: object }
  | {
      readonly change: 'remove';
      readonly policyType: PolicyType;
      readonly policy: string;
      readonly statement: number;
    };

/** A denial on the way to an Allow, with the change that leads on; none where no policy can. */
interface Step {
  readonly decision: Decision;
  readonly change: Change | undefined;
}

/** Layers and denials are few; a loop that does not end would be a mistake in here. */
const MOST_STEPS = 100;

/** No change is one too many. Nothing for what is allowed already. */
export function stepsToAllow(denied: Decision): readonly Step[] {
  const steps: Step[] = [];
  let decision = denied;
  while (decision.outcome !== 'Allow' && steps.length < MOST_STEPS) {
    const change = changeFor(decision);
    steps.push({ decision, change });
    // Who retires a grant is decided by the grant: what the policies would have to say is one step.
    if (change === undefined || /^kms:RetireGrant$/i.test(decision.request.action)) break;
    decision = authorize(applied(change, decision.request));
  }
  return decision.outcome === 'Allow' ? needed(steps, denied.request) : steps;
}

/** One reason is told at a time, and what helps against the second may have been enough against the first. */
function needed(steps: readonly Step[], request: AuthorizationRequest): readonly Step[] {
  let left = steps;
  for (const step of steps) {
    const fewer = left.filter((other) => other !== step);
    const changed = fewer.reduce((before, { change }) => (change ? applied(change, before) : before), request);
    if (authorize(changed).outcome === 'Allow') left = fewer;
  }
  return left;
}

/** What is missing and what is in the way; undefined where no policy can change the answer. */
export function changesToAllow(denied: Decision): readonly Change[] | undefined {
  const changes = stepsToAllow(denied).map(({ change }) => change);
  return changes.every((change) => change !== undefined) ? changes : undefined;
}

const SILENT: Readonly<Partial<Record<Reason, PolicyType>>> = {
  'no key policy statement allows it': 'key policy',
  'no identity policy statement allows it': 'identity policy',
  'no permissions boundary allows it': 'permissions boundary',
  'no session policy allows it': 'session policy',
  'no service control policy allows it': 'service control policy',
  'no VPC endpoint policy allows it': 'VPC endpoint policy',
};

function changeFor({ decidedBy, outcome, reason, request }: Decision): Change | undefined {
  if (outcome === 'ExplicitDeny' && decidedBy !== undefined && decidedBy.policyType !== 'grant') {
    const { policy, policyType, statement } = decidedBy;
    return { change: 'remove', policyType, policy, statement };
  }
  const policyType = SILENT[reason];
  if (policyType === undefined) return undefined;
  if (policyType === 'identity policy' && request.principal.kind === 'service') return undefined;
  return { change: 'add', policyType, statement: missing(policyType, request) };
}

/** The statement that allows just this, to just this caller where the policy says to whom. */
function missing(policyType: PolicyType, { action, principal, resource }: AuthorizationRequest): object {
  switch (policyType) {
    case 'key policy':
      return { Effect: 'Allow', Principal: elementFor(principal), Action: action, Resource: '*' };
    case 'service control policy':
      return { Effect: 'Allow', Action: action, Resource: '*' };
    case 'VPC endpoint policy':
      return { Effect: 'Allow', Action: action, Resource: resource, Principal: '*' };
    default:
      return { Effect: 'Allow', Action: action, Resource: resource };
  }
}

function elementFor(principal: Principal): object {
  return principal.kind === 'service' ? { Service: principal.arn } : { AWS: identityOf(principal) };
}

/** Sessions come and go: what is granted is granted to their role. */
export function identityOf({ arn, roleArn }: Principal): string {
  return roleArn ?? arn;
}

export function applied(change: Change, request: AuthorizationRequest): AuthorizationRequest {
  const { policyType } = change;
  if (change.change === 'remove') {
    return rewritten(request, (type, name, policy) =>
      type === policyType && name === change.policy
        ? { ...policy, denies: policy.denies.filter(({ index }) => index !== change.statement) }
        : policy,
    );
  }
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: change.statement }), policyType);
  if (!parsed.ok) throw new Error(parsed.problem);
  const added: NamedPolicy = { name: 'added', policy: parsed.policy };
  const { identityPolicies, serviceControlPolicies = [], sessionPolicies = [] } = request;
  switch (policyType) {
    case 'identity policy':
      return { ...request, identityPolicies: [...identityPolicies, added] };
    case 'session policy':
      return { ...request, sessionPolicies: [...sessionPolicies, added] };
    case 'service control policy': {
      // The levels that are silent, not only the first of them: one statement for all is one change.
      const isSilent = (level: readonly NamedPolicy[]): boolean => !allowsOneOf(level, policyType, request);
      const levels = serviceControlPolicies.map((level) => (isSilent(level) ? [...level, added] : level));
      return { ...request, serviceControlPolicies: levels };
    }
    default:
      return rewritten(request, (type, _name, policy) =>
        type === policyType ? { ...policy, allows: [...policy.allows, ...added.policy.allows] } : policy,
      );
  }
}
