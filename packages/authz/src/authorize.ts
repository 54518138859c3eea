// The decision procedure: a request in, a Decision out.
// https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html

import { type Decision, Verdict } from './decision.ts';
import type { Policy } from './policy.ts';
import { holds } from './principal-set.ts';
import { type AuthorizationRequest, isFromAnotherAccount } from './request.ts';
import { covers, type PolicyType } from './statement.ts';
import { KEY_POLICY_NAME } from './trace.ts';

/** Keeps `request` to explain itself later; do not change it afterwards. */
export function authorize(request: AuthorizationRequest): Decision {
  const denied = findDeny(request);
  if (denied !== undefined) return denied;
  const foreign = isFromAnotherAccount(request);
  // Only some operations work across accounts, whatever the policies say.
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
  if (foreign && request.crossAccount !== true) {
    return new Verdict('ImplicitDeny', 'the operation cannot be called from another account', false, request);
  }
  if (request.keyPolicy !== undefined) return askKeyPolicy(request, foreign);
  return askIdentityPolicies(request, false);
}

/** An explicit deny wins wherever it stands. */
function findDeny(request: AuthorizationRequest): Decision | undefined {
  const { principal, action, resource, keyPolicy, identityPolicies } = request;
  if (keyPolicy !== undefined) {
    mustBe('key policy', keyPolicy);
    for (const statement of keyPolicy.denies) {
      // A Deny of an account holds everybody in it.
      const hold = statement.principals && holds(statement.principals, principal);
      if (hold !== undefined && covers(statement, action, resource)) {
        return new Verdict('ExplicitDeny', 'explicit deny', false, request, statement, 'key policy', KEY_POLICY_NAME);
      }
    }
  }
  for (const { name, policy } of identityPolicies) {
    mustBe('identity policy', policy);
    for (const statement of policy.denies) {
      if (covers(statement, action, resource)) {
        return new Verdict('ExplicitDeny', 'explicit deny', false, request, statement, 'identity policy', name);
      }
    }
  }
  return undefined;
}

function askKeyPolicy(request: AuthorizationRequest, foreign: boolean): Decision {
  const { principal, action, resource, keyPolicy } = request;
  let delegated = false;
  for (const statement of keyPolicy?.allows ?? []) {
    const hold = statement.principals && holds(statement.principals, principal);
    if (hold === undefined || !covers(statement, action, resource)) continue;
    // The account's principal stands for its root user too; to everybody else it gives what their IAM policies give.
    // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    if (!foreign && (hold !== 'account' || principal.kind === 'root')) {
      return new Verdict('Allow', 'allowed', false, request, statement, 'key policy', KEY_POLICY_NAME);
    }
    // Another account's identities need their own policies even where they are named.
    delegated = true;
  }
  if (delegated) return askIdentityPolicies(request, true);
  return new Verdict('ImplicitDeny', 'no key policy statement allows it', false, request);
}

function askIdentityPolicies(request: AuthorizationRequest, delegated: boolean): Decision {
  const { action, identityPolicies, principal, resource } = request;
  // No policy can be attached to a root user, whose account allows it everything that is not somebody else's to refuse.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access.html
  if (principal.kind === 'root') return new Verdict('Allow', 'allowed', delegated, request);
  for (const { name, policy } of identityPolicies) {
    for (const statement of policy.allows) {
      if (covers(statement, action, resource)) {
        return new Verdict('Allow', 'allowed', delegated, request, statement, 'identity policy', name);
      }
    }
  }
  return new Verdict('ImplicitDeny', 'no identity policy statement allows it', delegated, request);
}

/** A mix-up is a mistake in the calling code, not an outcome: principals would be looked for where there are none. */
function mustBe(expected: PolicyType, { policyType }: Policy): void {
  if (policyType !== expected) throw new TypeError(`Expected a policy parsed as ${expected}, not as ${policyType}.`);
}
