// CancelKeyDeletion: https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html

import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';

export const cancelKeyDeletion: Operation<'CancelKeyDeletion', KeyRecord> = {
  enter: enterKey,
  run: (call, key) => {
    // Disabled, whatever it was before (recording schedule-and-cancel-key-deletion).
    call.setKey({ ...key, deletion: undefined, enabled: false });
    return { KeyId: key.arn };
  },
};
