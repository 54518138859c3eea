// GetKeyLastUsage: https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyLastUsage.html

import type { KeyLastUsageData, KeyLastUsageTrackingOperation } from '../api/types.ts';
import { eventIdOf, requestIdOf } from '../audit/event-ids.ts';
import { enterKey } from '../enter.ts';
import type { Call, Operation } from '../operation.ts';
import type { KeyRecord, UsageRecord } from '../state/records.ts';

export const getKeyLastUsage: Operation<'GetKeyLastUsage', KeyRecord> = {
  enter: enterKey,
  run: (call, key) => {
    const usage = call.page.get('usages', key.arn);
    const created = new Date(key.createdAt);
    return {
      // The bare id, here alone.
      KeyId: key.id,
      KeyLastUsage: usage === undefined ? {} : data(call, key, usage),
      TrackingStartDate: created,
      KeyCreationDate: created,
    };
  },
};

function data(
  { kms: { world } }: Call,
  { account }: KeyRecord,
  { at, operation, request }: UsageRecord,
): KeyLastUsageData {
  return {
    Operation: operation as KeyLastUsageTrackingOperation,
    Timestamp: new Date(at),
    CloudTrailEventId: eventIdOf(world, request, account),
    KmsRequestId: requestIdOf(world, request),
  };
}
