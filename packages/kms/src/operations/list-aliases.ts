// ListAliases: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html

import { foreignKeyRefusal } from '../access-denied.ts';
import type { AliasListEntry } from '../api/types.ts';
import type { Call, Operation } from '../operation.ts';
import { paginate } from '../state/markers.ts';
import type { KeyRecord } from '../state/records.ts';
import { resolveKey } from '../state/resolve.ts';

export const listAliases: Operation<'ListAliases', KeyRecord | undefined> = {
  // The key is a filter: the permission is on the account's list, not on the key.
  enter: (call) => {
    const { KeyId } = call.input;
    const key = KeyId === undefined ? undefined : resolveKey(call, KeyId, 'key');
    if (key !== undefined && key.account !== call.site.account) throw foreignKeyRefusal(call);
    return key;
  },
  run: (call, key) => {
    const { Limit = 50, Marker } = call.input;
    const all = call.site.aliases(key?.arn);
    const { items, ...page } = paginate(
      call.kms.markers,
      `ListAliases ${call.site.prefix}${key?.id ?? ''}`,
      { Marker, limit: Math.min(Limit, 100) },
      (after, count) => {
        const from = after === undefined ? 0 : firstAfter(all, after);
        return all.slice(from, from + count);
      },
      (arn) => arn,
    );
    return { Aliases: items.flatMap((arn) => entry(call, arn)), ...page };
  },
};

// The list may have changed since the marker was written, but it is sorted.
function firstAfter(sorted: readonly string[], arn: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') > arn) high = middle;
    else low = middle + 1;
  }
  return low;
}

function entry(call: Call, arn: string): AliasListEntry[] {
  const alias = call.page.get('aliases', arn);
  const key = alias && call.key(alias.target);
  if (alias === undefined || key === undefined) return [];
  return [
    {
      AliasName: alias.name,
      AliasArn: alias.arn,
      TargetKeyId: key.id,
      CreationDate: new Date(alias.createdAt),
      LastUpdatedDate: new Date(alias.updatedAt),
    },
  ];
}
