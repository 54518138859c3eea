// The key policy: reading, replacing, and what KMS refuses to store.

import type { Call } from './call.ts';
import type { Expectation } from './expectation.ts';
import { leaf } from './expectation.ts';
import { keyNamed } from './names.ts';
import { defaultPolicy, statementsOf, verdictOf } from './policy.ts';

/** Bytes: https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const longestPolicy = 32_768;

/** The words: public reports of MalformedPolicyDocumentException. */
export function checkPolicy(call: Call, text: string): void {
  if (Buffer.byteLength(text) > longestPolicy) call.object('LimitExceededException');
  if (statementsOf(text) === undefined) {
    call.object('MalformedPolicyDocumentException');
    return;
  }
  if (call.maybe<boolean>('BypassPolicyLockoutSafetyCheck') === true) return;
  const verdict = verdictOf(text, call.person, 'kms:PutKeyPolicy');
  if (verdict === 'direct' || verdict === 'delegated') return;
  call.object(
    'MalformedPolicyDocumentException',
    'The new key policy will not allow you to update the key policy in the future.',
  );
}

export function putKeyPolicy(call: Call): Expectation {
  const text = call.text('Policy');
  checkName(call);
  checkPolicy(call, text);
  const key = call.enter(keyNamed(call, 'KeyId'));
  call.settle();
  return call.success({}, () => {
    key.policy = text;
  });
}

export function getKeyPolicy(call: Call): Expectation {
  checkName(call);
  const key = call.enter(keyNamed(call, 'KeyId'));
  call.settle();
  // The order of members is kept; white space may differ (key-policy-get-put-list). The guide gives the default statement another Sid.
  const wanted = [key.policy];
  if (key.policy.includes('Enable IAM User Permissions')) wanted.push(defaultPolicy(key.arn, 'Enable IAM policies'));
  const fits = (got: string): boolean => typeof got === 'string' && wanted.some((one) => same(one, got));
  return call.success({ Policy: leaf<string>({ $jsonString: JSON.parse(key.policy) }, fits), PolicyName: 'default' });
}

// There is one policy, and no recording of asking for another.
function checkName(call: Call): void {
  if ((call.maybe<string>('PolicyName') ?? 'default') === 'default') return;
  call.object('NotFoundException');
  call.object('ValidationException');
}

function same(one: string, other: string): boolean {
  try {
    return JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));
  } catch {
    return false;
  }
}
