// EnableKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html

import { noteRotation } from '../audit/service-events.ts';
import { enterKey } from '../enter.ts';
import { isReplica } from '../multi-region/related.ts';
import type { Call, Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { newSecret, rotateAutomatically } from '../state/rotation.ts';

export const enableKey: Operation<'EnableKey', KeyRecord> = {
  enter: enterKey,
  run: (call, key) => {
    const enabled = { ...key, enabled: true };
    call.setKey(isOverdue(enabled, call.now) ? rotateNow(call, enabled) : enabled);
    return {};
  },
};

// A key that was disabled on its rotation date is rotated as soon as it is enabled.
// https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
function isOverdue(key: KeyRecord, now: number): boolean {
  return key.rotation !== undefined && key.rotation.next <= now && key.rotating === undefined && !isReplica(key);
}

function rotateNow(call: Call, key: KeyRecord): KeyRecord {
  const material = call.page.createMaterial(key.id, newSecret(key.spec, call.random));
  const rotated = rotateAutomatically(key, material, call.now);
  noteRotation(call.kms, key, rotated, call.now);
  return rotated;
}
