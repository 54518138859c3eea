// RotateKeyOnDemand: https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html

import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import { requireNotReplica } from '../multi-region/require-primary.ts';
import type { Operation } from '../operation.ts';
import { requireQuota } from '../quotas/require-quota.ts';
import { awaitsRotation } from '../state/imported-material.ts';
import { showsMaterial } from '../state/new-key.ts';
import type { KeyRecord } from '../state/records.ts';
import { newSecret } from '../state/rotation.ts';
import { durations } from '../tables/durations.ts';
import { message, verdicts } from '../tables/key-states.ts';

// API_RotateKeyOnDemand, ConflictException.
const closeToAutomaticMs = 20 * 60_000;

export const rotateKeyOnDemand: Operation<'RotateKeyOnDemand', KeyRecord> = {
  enter: enterKey,
  requireType: (call, key) => {
    // Recording rotate-external-key-before-2025-06 has these words, of the origin that could not rotate on demand then.
    if (key.customKeyStore !== undefined) fail(verdicts.originNotValid.code, message('originNotValid', key.arn, key));
    // Recording rotate-asymmetric-key: no message.
    if (!showsMaterial(key)) fail('UnsupportedOperationException');
    requireNotReplica(call, key);
    // Recording rotate-imported-key-nothing-pending. Material that a replica lacks is not pending rotation yet.
    if (key.origin === 'EXTERNAL' && !awaitsRotation(key))
      fail('KMSInvalidStateException', `No available key material pending rotation for the key: ${key.arn}.`);
  },
  run: (call, key) => {
    requireQuota(call, 'onDemandRotationsPerKey', key.onDemandRotations, key);
    if (key.rotating !== undefined) fail('ConflictException', `A rotation of the key is in progress: ${key.arn}`);
    if (key.rotation !== undefined && key.rotation.next - call.now <= closeToAutomaticMs) {
      fail('ConflictException', `An automatic rotation of the key is due within 20 minutes: ${key.arn}`);
    }
    const material = key.pendingMaterial?.id ?? call.page.createMaterial(key.id, newSecret(key.spec, call.random));
    call.setKey({
      ...key,
      rotating: { material, startedAt: call.now, doneAt: call.now + durations.onDemandRotationMs },
      onDemandRotations: key.onDemandRotations + 1,
    });
    return { KeyId: key.arn };
  },
};
