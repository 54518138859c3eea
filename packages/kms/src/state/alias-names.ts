// The aliases of a key by name, and what a change of them leaves behind.

import type { Call } from '../operation.ts';
import type { Instant, KeyRecord } from './records.ts';
import { remembering } from './spreading.ts';

/** Of all aliases that point at a key. */
export function aliasNames({ kms }: Call, { account, arn, region }: KeyRecord): readonly string[] {
  return kms.state
    .site(account, region)
    .aliases(arn)
    .flatMap((alias) => kms.state.get('aliases', alias)?.name ?? []);
}

/** An alias comes to a key or leaves it: conditions on kms:ResourceAliases see that `until` it has spread no sooner. */
export function rememberAliases(call: Call, key: KeyRecord | undefined, until: Instant | undefined): void {
  if (key === undefined || until === undefined) return;
  call.setKey(remembering(key, 'aliases', aliasNames(call, key), { now: call.now, until }));
}
