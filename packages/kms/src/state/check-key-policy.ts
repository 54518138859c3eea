// What KMS asks of a key policy before it takes it.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html#API_PutKeyPolicy_RequestParameters

import { authorize, parsePolicy } from '@kmsim/authz';
import { fail } from '../api/errors.ts';
import type { Call } from '../operation.ts';
import { requestContext } from '../request-context.ts';
import { quotaMessage, resourceQuotas } from '../tables/resource-quotas.ts';

/** LimitExceededException or MalformedPolicyDocumentException, or nothing. `keyArn`: the key it is for, existing or about to. */
export function checkKeyPolicy(call: Call, text: string, bypassLockoutCheck: boolean, keyArn: string): void {
  const { limit, code } = resourceQuotas.policyBytes;
  if (utf8Length(text) > limit) fail(code, quotaMessage('policyBytes', keyArn));
  const parsed = parsePolicy(text, 'key policy');
  if (!parsed.ok) fail('MalformedPolicyDocumentException', parsed.problem);
  if (bypassLockoutCheck) return;
  const { principal } = call.caller;
  const decision = authorize({
    principal,
    action: 'kms:PutKeyPolicy',
    resource: keyArn,
    keyPolicy: parsed.policy,
    keyAccount: call.site.account,
    identityPolicies: call.kms.identities.policiesOf(principal),
    context: requestContext(call, 'key', call.subjects.key),
    now: call.now,
  });
  // A policy that delegates to the account is enough; what the caller's identity policies say may change (docs/decisions).
  if (decision.outcome === 'ExplicitDeny' || (decision.outcome === 'ImplicitDeny' && !decision.delegated)) {
    fail(
      'MalformedPolicyDocumentException',
      'The new key policy will not allow you to update the key policy in the future.',
    );
  }
}

// The model's pattern ends at U+00FF, so a character has one byte or two.
function utf8Length(text: string): number {
  return text.length + (text.match(/[\u0080-\u00ff]/g)?.length ?? 0);
}
