// ListKeyPolicies: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html

import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';

export const listKeyPolicies: Operation<'ListKeyPolicies', KeyRecord> = {
  enter: enterKey,
  run: (call, key) => {
    // One name, so no marker was ever given out.
    call.kms.markers.read(`ListKeyPolicies ${key.arn}`, call.input.Marker);
    return { PolicyNames: ['default'], Truncated: false };
  },
};
