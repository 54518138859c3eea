// ListKeys: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html

import type { Operation } from '../operation.ts';
import { paginate } from '../state/markers.ts';

export const listKeys: Operation<'ListKeys'> = {
  enter: () => undefined,
  run: (call) => {
    const { Limit = 100, Marker } = call.input;
    const { site } = call;
    const { items, ...page } = paginate(
      call.kms.markers,
      `ListKeys ${site.prefix}`,
      { Marker, limit: Limit },
      (after, count) => site.keysAfter(Number(after ?? 0), count),
      (arn) => String(call.key(arn)?.ordinal),
    );
    return {
      Keys: items.map((KeyArn) => ({ KeyId: KeyArn.slice(site.prefix.length + 'key/'.length), KeyArn })),
      ...page,
    };
  },
};
