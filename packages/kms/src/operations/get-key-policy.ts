// GetKeyPolicy: https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html

import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';

export const getKeyPolicy: Operation<'GetKeyPolicy', KeyRecord> = {
  enter: enterKey,
  run: ({ input }, key) => {
    requirePolicyName(input.PolicyName);
    return { Policy: key.policy, PolicyName: 'default' };
  },
};

/** A key has one policy, and that is its name. */
export function requirePolicyName(name: string | undefined): void {
  if (name !== undefined && name !== 'default') fail('NotFoundException', 'No such policy exists');
}
