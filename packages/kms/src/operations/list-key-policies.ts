// ListKeyPolicies: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html

import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';

export const listKeyPolicies: Operation<'ListKeyPolicies', KeyRecord> = {
  enter: enterKey,
  run: ({ input }) => {
    // One name, so no marker was ever given out; and InvalidMarkerException is not in the model.
    if (input.Marker !== undefined) fail('ValidationException', 'Invalid marker.');
    return { PolicyNames: ['default'], Truncated: false };
  },
};
