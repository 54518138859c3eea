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
      (after, count) => {
        const from = after === undefined ? 0 : key.tags.findIndex(({ TagKey }) => TagKey === after) + 1;
        return key.tags.slice(from, from + count);
      },
      ({ TagKey }) => TagKey,
    );
    return { Tags: items, ...page };
  },
};
