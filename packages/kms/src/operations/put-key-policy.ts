// PutKeyPolicy: https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html

import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import { checkKeyPolicy } from '../state/check-key-policy.ts';
import type { KeyRecord } from '../state/records.ts';
import { remembering, spreadAt } from '../state/spreading.ts';
import { requirePolicyName } from './get-key-policy.ts';

export const putKeyPolicy: Operation<'PutKeyPolicy', KeyRecord> = {
  enter: enterKey,
  run: (call, key) => {
    const { BypassPolicyLockoutSafetyCheck = false, Policy, PolicyName } = call.input;
    requirePolicyName(PolicyName);
    checkKeyPolicy(call, Policy, BypassPolicyLockoutSafetyCheck, key.arn);
    const until = spreadAt(call, 'policy');
    call.setKey({ ...remembering(key, 'policy', key.policy, { now: call.now, until }), policy: Policy });
    return {};
  },
};
