// How long a change takes to spread: until then authorization goes by what was there before. docs/decisions/consistency.md

import { wholeBetween } from '@kmsim/world';
import type { Call } from '../operation.ts';
import { durations } from '../tables/durations.ts';
import type { Former, FormerValues, Instant, KeyRecord, TagRecord } from './records.ts';

/** The instant from which everybody goes by a change of this call; undefined: at once. */
export function spreadAt(call: Call, what: keyof FormerValues): Instant | undefined {
  return call.kms.consistency === 'eventual' ? call.now + drawDelay(call, what) : undefined;
}

/** Milliseconds until everybody knows that a grant is there, or gone; 0: at once. */
export function grantSpreadMs(call: Call): number {
  const { consistency, grantPropagation } = call.kms;
  return grantPropagation ?? (consistency === 'eventual' ? drawDelay(call, 'grants') : 0);
}

// A stream of its own, so that the bytes of keys and grants are those of a world in which changes are seen at once.
function drawDelay(call: Call, what: string): number {
  const stream = call.kms.world.cursor(call.site.label(`spreading of ${what}`)).take();
  return wholeBetween(stream, durations.quickestSpreadMs, durations.slowestSpreadMs);
}

/** The key, with what it has now as what authorization uses `until` the change that is made to it has spread. */
export function remembering(
  key: KeyRecord,
  what: keyof FormerValues,
  value: string | readonly TagRecord[] | readonly string[],
  { now, until }: { readonly now: Instant; readonly until: Instant | undefined },
): KeyRecord {
  if (until === undefined) return key;
  const before: readonly Former<typeof value>[] = key.former?.[what] ?? [];
  const used = before.filter((one) => now < one.until);
  const sooner = used.filter((one) => one.until < until);
  // A change that spreads before an earlier one makes that one unseen: whoever has the newer goes by it.
  const last = used[sooner.length]?.value ?? value;
  return { ...key, former: { ...key.former, [what]: [...sooner, { value: last, until }] } };
}

/** The key policy that decides. */
export function policyAt({ former, policy }: KeyRecord, now: Instant): string {
  return former === undefined ? policy : usedAt(former.policy, now, policy);
}

/** The tags that conditions see. */
export function tagsAt({ former, tags }: KeyRecord, now: Instant): readonly TagRecord[] {
  return former === undefined ? tags : usedAt(former.tags, now, tags);
}

/** The names of aliases that conditions see, where `names` are those that point at the key. */
export function aliasesAt({ former }: KeyRecord, now: Instant, names: readonly string[]): readonly string[] {
  return former === undefined ? names : usedAt(former.aliases, now, names);
}

function usedAt<Value>(former: readonly Former<Value>[] | undefined, now: Instant, current: Value): Value {
  const still = former?.find(({ until }) => now < until);
  return still === undefined ? current : still.value;
}
