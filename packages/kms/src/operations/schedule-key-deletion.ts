// ScheduleKeyDeletion: https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html

import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import { noteBackingKey } from '../key-stores/cloud-hsm.ts';
import { isReplica } from '../multi-region/related.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { dayMs } from '../state/rotation.ts';

const defaultWindowDays = 30;

export const scheduleKeyDeletion: Operation<'ScheduleKeyDeletion', KeyRecord> = {
  enter: (call) => {
    const { PendingWindowInDays = defaultWindowDays } = call.input;
    // The model allows 1 to 365; the service 7 to 30. The wording is not recorded.
    if (PendingWindowInDays < 7 || PendingWindowInDays > 30) {
      fail('ValidationException', 'PendingWindowInDays must be between 7 and 30 (inclusive).');
    }
    return enterKey(call);
  },
  run: (call, key) => {
    const { PendingWindowInDays = defaultWindowDays } = call.input;
    // A primary waits for its replicas, then for its window.
    // https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-delete.html
    if (!isReplica(key) && key.replicas !== undefined && key.replicas.replicas.length > 0) {
      call.setKey({ ...key, deletion: { at: undefined, windowDays: PendingWindowInDays } });
      return { KeyId: key.arn, KeyState: 'PendingReplicaDeletion', PendingWindowInDays };
    }
    noteBackingKey(call, key);
    const at = call.now + PendingWindowInDays * dayMs;
    call.setKey({ ...key, deletion: { at, windowDays: PendingWindowInDays } });
    return { KeyId: key.arn, DeletionDate: new Date(at), KeyState: 'PendingDeletion', PendingWindowInDays };
  },
};
