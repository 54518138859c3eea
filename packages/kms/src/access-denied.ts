// The words of AccessDeniedException.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html

import type { Decision } from '@kmsim/authz';
import { accessDenied, type KmsError, kmsError } from './api/errors.ts';
import type { Call, Subject } from './operation.ts';

/** Another account's key that cannot be used and one that is not there read the same. */
export function foreignKeyRefusal(call: Call): KmsError {
  const [permission] = call.row.permissions;
  return kmsError('AccessDeniedException', foreignText(call, permission?.action ?? `kms:${call.operation}`));
}

function foreignText(call: Call, action: string): string {
  return `User: ${call.caller.principal.arn} is not authorized to perform: ${action} on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`;
}

/** For a ciphertext whose key is not here or not to be used: the same words. */
export const unknownCiphertextKey: string =
  'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.';

/** The error for a decision that is no Allow. It carries the decision. */
export function refusal(call: Call, action: string, subject: Subject | undefined, decision: Decision): KmsError {
  return accessDenied(words(call, action, subject, decision), decision);
}

function words(call: Call, action: string, subject: Subject | undefined, decision: Decision): string {
  if (subject?.hidden) return unknownCiphertextKey;
  const foreign = subject?.key !== undefined && subject.key.account !== call.caller.principal.account;
  const policyType = decision.decidedBy?.policyType === 'key policy' ? 'resource-based' : 'identity-based';
  const who = `User: ${call.caller.principal.arn} is not authorized to perform: ${action} on resource: ${subject?.resource ?? '*'}`;
  if (decision.outcome === 'ExplicitDeny')
    return foreign && policyType === 'resource-based'
      ? foreignText(call, action)
      : `${who} with an explicit deny in ${article(policyType)} policy`;
  if (decision.reason === 'no identity policy statement allows it')
    return `${who} because no identity-based policy allows the ${action} action`;
  return foreign ? foreignText(call, action) : `${who} because no resource-based policy allows the ${action} action`;
}

function article(policyType: string): string {
  return policyType === 'identity-based' ? `an ${policyType}` : `a ${policyType}`;
}
