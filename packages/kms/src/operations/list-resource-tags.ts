// ListResourceTags: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html

import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import { paginate } from '../state/markers.ts';
import type { KeyRecord } from '../state/records.ts';

export const listResourceTags: Operation<'ListResourceTags', KeyRecord> = {
  enter: enterKey,
  run: (call, key) => {
    const { Limit = 50, Marker } = call.input;
    const { items, ...page } = paginate(
      call.kms.markers,
      `ListResourceTags ${key.arn}`,
      { Marker, limit: Math.min(Limit, 50) },
      (after, count) => key.tags.filter(({ ordinal }) => ordinal > Number(after ?? 0)).slice(0, count),
      ({ ordinal }) => String(ordinal),
    );
    return { Tags: items.map(({ TagKey, TagValue }) => ({ TagKey, TagValue })), ...page };
  },
};
