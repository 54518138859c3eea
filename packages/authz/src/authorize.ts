// The decision procedure: a request in, a Decision out.
// https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html

import { grantOperationOf, isUnknownAction } from './actions.ts';
import { type Decision, type Reason, Verdict } from './decision.ts';
import {
  allowsOneOf,
  controlLevels,
  type Found,
  findIn,
  KEY_POLICY_NAME,
  narrowedBy,
  resourceControls,
} from './layers.ts';
import type { Policy } from './policy.ts';
import type { PolicyType } from './policy-type.ts';
import { type AuthorizationRequest, isFromAnotherAccount, type NamedPolicy } from './request.ts';
import { covers, holdOf } from './statement.ts';

/** Keeps `request` to explain itself later; do not change it afterwards. */
export function authorize(request: AuthorizationRequest): Decision {
  mustBeInPlace(request);
  try {
    return decide(request);
  } catch {
    // Whatever went wrong, in a context that throws or in here: nobody is let in by it.
    return refuse('the evaluation failed', request);
  }
}

function decide(request: AuthorizationRequest): Decision {
  if (isUnknownAction(request.action)) return refuse('the action is unknown', request);
  const stopped = findDeny(request) ?? askGuardrails(request);
  if (stopped !== undefined) return stopped;
  const foreign = isFromAnotherAccount(request);
  // Only some operations work across accounts, whatever the policies say; a service is of no account, so of no key's.
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
  const outside = foreign || (request.principal.kind === 'service' && request.keyPolicy !== undefined);
  if (outside && request.crossAccount !== true) {
    return refuse('the operation cannot be called from another account', request);
  }
  if (request.keyPolicy === undefined) return askIdentityPolicies(request, false);
  return askGrants(request) ?? askKeyPolicy(request, request.keyPolicy, foreign);
}

/** An explicit deny wins wherever it stands; of several the first of the first layer is named. */
export function findDeny(request: AuthorizationRequest, except?: 'key policy'): Decision | undefined {
  const { keyPolicy, identityPolicies, boundary, sessionPolicies = NONE, endpointPolicy } = request;
  const found =
    (keyPolicy && except !== 'key policy' && denyOfKeyPolicy(keyPolicy, request)) ||
    denyIn(identityPolicies, 'identity policy', request) ||
    (boundary && findIn(boundary, 'permissions boundary', 'Deny', request)) ||
    denyIn(sessionPolicies, 'session policy', request) ||
    denyInLevels(request) ||
    denyIn(resourceControls(request), 'resource control policy', request) ||
    (endpointPolicy && findIn(endpointPolicy, 'VPC endpoint policy', 'Deny', request));
  return found ? new Verdict('ExplicitDeny', 'explicit deny', false, request, found) : undefined;
}

const NONE: readonly NamedPolicy[] = [];

function denyOfKeyPolicy(policy: Policy, request: AuthorizationRequest): Found | undefined {
  return policy.denies.length === 0
    ? undefined
    : findIn({ name: KEY_POLICY_NAME, policy }, 'key policy', 'Deny', request);
}

function denyInLevels(request: AuthorizationRequest): Found | undefined {
  for (const level of controlLevels(request)) {
    const found = denyIn(level, 'service control policy', request);
    if (found !== undefined) return found;
  }
  return undefined;
}

function denyIn(
  policies: readonly NamedPolicy[],
  policyType: PolicyType,
  request: AuthorizationRequest,
): Found | undefined {
  for (const policy of policies) {
    const found = findIn(policy, policyType, 'Deny', request);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What is said for a whole organization or endpoint gives nothing, but must allow too. */
export function askGuardrails(request: AuthorizationRequest): Decision | undefined {
  for (const level of controlLevels(request)) {
    if (!allowsOneOf(level, 'service control policy', request))
      return refuse('no service control policy allows it', request);
  }
  const { endpointPolicy } = request;
  if (endpointPolicy !== undefined && findIn(endpointPolicy, 'VPC endpoint policy', 'Allow', request) === undefined)
    return refuse('no VPC endpoint policy allows it', request);
  return undefined;
}

/** A grant needs no policy beside it. One to an account does: that account's IAM says for whom it is. */
function askGrants(request: AuthorizationRequest): Decision | undefined {
  const { grants, action, principal } = request;
  if (grants === undefined || grants.size === 0) return undefined;
  const operation = grantOperationOf(action);
  const match = operation === undefined ? undefined : grants.find(operation, request);
  if (match === undefined) return undefined;
  if (match.hold === 'account' && principal.kind !== 'root') {
    const decision = askIdentityPolicies(request, true);
    return decision.outcome === 'Allow' ? decision : undefined;
  }
  return new Verdict('Allow', 'allowed', false, request, match.grant);
}

function askKeyPolicy(request: AuthorizationRequest, keyPolicy: Policy, foreign: boolean): Decision {
  const { kind } = request.principal;
  let delegated = false;
  let narrowed: ReturnType<typeof narrowedBy>;
  for (const statement of keyPolicy.allows) {
    const hold = holdOf(statement, request);
    if (hold === undefined || !covers(statement, request, 'key policy')) continue;
    if (foreign || (hold === 'account' && kind !== 'root')) {
      // To everybody but its root user the account's principal gives what their IAM policies give; and identities of
      // another account need their own policies even where they are named.
      // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
      delegated = true;
      continue;
    }
    // What names a user or a session is not narrowed by silence; what names a role, or everybody, is.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-request-types.html
    narrowed = hold === 'named' ? undefined : narrowedBy(request);
    if (narrowed !== undefined) continue;
    const found: Found = { policyType: 'key policy', policy: KEY_POLICY_NAME, statement };
    return new Verdict('Allow', 'allowed', false, request, found);
  }
  // Somebody whom the key policy lets in himself, but for what narrows him: no identity policy would change that.
  if (narrowed !== undefined) return refuse(`no ${narrowed} allows it`, request);
  return delegated ? askIdentityPolicies(request, true) : refuse('no key policy statement allows it', request);
}

export function askIdentityPolicies(request: AuthorizationRequest, delegated: boolean): Decision {
  // No policy can be attached to a root user, whose account allows it everything that is not somebody else's to refuse.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access.html
  if (request.principal.kind === 'root') return new Verdict('Allow', 'allowed', delegated, request);
  for (const policy of request.identityPolicies) {
    const found = findIn(policy, 'identity policy', 'Allow', request);
    if (found === undefined) continue;
    const narrowed = narrowedBy(request);
    if (narrowed !== undefined) return refuse(`no ${narrowed} allows it`, request, delegated);
    return new Verdict('Allow', 'allowed', delegated, request, found);
  }
  return refuse('no identity policy statement allows it', request, delegated);
}

function refuse(reason: Reason, request: AuthorizationRequest, delegated = false): Decision {
  return new Verdict('ImplicitDeny', reason, delegated, request);
}

/** A mix-up is a mistake in the calling code, not an outcome: principals would be looked for where there are none. */
export function mustBeInPlace(request: AuthorizationRequest): void {
  const { keyPolicy, identityPolicies, boundary, sessionPolicies, endpointPolicy } = request;
  if (keyPolicy !== undefined) mustBe('key policy', keyPolicy);
  for (const { policy } of identityPolicies) mustBe('identity policy', policy);
  if (boundary !== undefined) mustBe('permissions boundary', boundary.policy);
  if (sessionPolicies !== undefined) allMustBe('session policy', sessionPolicies);
  for (const level of request.serviceControlPolicies ?? []) allMustBe('service control policy', level);
  if (request.resourceControlPolicies) allMustBe('resource control policy', request.resourceControlPolicies);
  if (endpointPolicy !== undefined) mustBe('VPC endpoint policy', endpointPolicy.policy);
}

function allMustBe(expected: PolicyType, policies: readonly NamedPolicy[]): void {
  for (const { policy } of policies) mustBe(expected, policy);
}

function mustBe(expected: PolicyType, { policyType }: Policy): void {
  if (policyType !== expected) throw new TypeError(`Expected a policy parsed as ${expected}, not as ${policyType}.`);
}
