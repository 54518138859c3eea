// The words of AccessDeniedException.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html

import type { Decision } from '@kmsim/authz';
import { accessDenied, type KmsError, kmsError } from './api/errors.ts';
import type { Call, Caller, Subject } from './operation.ts';

// How the words hide whether another account's key is there.
const elsewhere =
  'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';

// https://docs.aws.amazon.com/singlesignon/latest/userguide/cmk-related-errors.html
const ofCiphertext = 'on the resource associated with this ciphertext';

/** For another account's key where no permission on a key is asked for. */
export function foreignKeyRefusal(call: Call): KmsError {
  const { caller, operation } = call;
  return kmsError('AccessDeniedException', `${who(caller, `kms:${operation}`)} on this resource ${elsewhere}`);
}

/** The error for a decision that is no Allow. It carries the decision. */
export function refusal(call: Call, action: string, subject: Subject | undefined, decision: Decision): KmsError {
  const foreign = subject?.key !== undefined && subject.key.account !== call.caller.principal.account;
  const because = foreign && !byIdentityPolicies(decision) ? elsewhere : reasonOf(action, decision);
  // Another account's key has a name for those whom its policy lets in.
  const where = foreign && !decision.delegated ? 'on this resource' : `on resource: ${subject?.resource ?? '*'}`;
  return accessDenied(`${who(call.caller, action)} ${subject?.hidden ? ofCiphertext : where} ${because}`, decision);
}

function who({ principal }: Caller, action: string): string {
  return `User: ${principal.arn} is not authorized to perform: ${action}`;
}

/** The identity policies decided: they deny, or what the key policy leaves to them they do not allow. */
function byIdentityPolicies({ decidedBy, reason }: Decision): boolean {
  return decidedBy === undefined
    ? reason === 'no identity policy statement allows it'
    : decidedBy.policyType === 'identity policy';
}

function reasonOf(action: string, decision: Decision): string {
  const byIdentity = byIdentityPolicies(decision);
  if (decision.outcome === 'ExplicitDeny')
    return `with an explicit deny in ${byIdentity ? 'an identity-based' : 'a resource-based'} policy`;
  return `because no ${byIdentity ? 'identity-based' : 'resource-based'} policy allows the ${action} action`;
}
