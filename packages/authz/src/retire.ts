// Who may retire a grant: the grant itself says so, and no key policy has a word in it.
// https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html

import { askGuardrails, askIdentityPolicies, findDeny, mustBeInPlace } from './authorize.ts';
import { type Decision, Verdict } from './decision.ts';
import { type Grant, holdBy } from './grant.ts';
import type { AuthorizationRequest } from './request.ts';

/** `request.action` is `kms:RetireGrant`, `request.resource` the key; `request.keyAccount` owns it. */
export function authorizeRetire(request: AuthorizationRequest, grant: Grant): Decision {
  mustBeInPlace(request);
  try {
    return decide(request, grant);
  } catch {
    return new Verdict('ImplicitDeny', 'the evaluation failed', false, request);
  }
}

function decide(request: AuthorizationRequest, grant: Grant): Decision {
  // kms:RetireGrant has no effect in key policies, be it allowed or denied there; findDeny knows that of the RCPs.
  const stopped = findDeny(request, 'key policy') ?? askGuardrails(request);
  if (stopped !== undefined) return stopped;
  const { principal, keyAccount } = request;
  const { retiring, grantee, operations, issuingAccount } = grant;
  const asRetiring = holdBy(retiring, principal);
  const asGrantee = operations.includes('RetireGrant') ? holdBy(grantee, principal) : undefined;
  const asIssuer = holdBy(issuingAccount, principal);
  const ways = [asRetiring, asGrantee, asIssuer];
  const itself = ways.some((hold) => hold !== undefined && (hold !== 'account' || principal.kind === 'root'));
  if (itself) return new Verdict('Allow', 'allowed', false, request, grant);
  // The account that is meant, or that owns the key, may leave it to its IAM policies.
  const delegated = ways.includes('account') || (keyAccount !== undefined && principal.account === keyAccount);
  if (delegated) return askIdentityPolicies(request, true);
  return new Verdict('ImplicitDeny', 'nothing lets the caller retire the grant', false, request);
}
