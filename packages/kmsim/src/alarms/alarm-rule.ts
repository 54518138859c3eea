// An alarm: a rule over the trail, and what it found with the events as evidence.

import type { CloudTrailRecord } from '@kmsim/kms';
import { instantOfEvent } from '../analysis/trail-event.ts';

export interface AlarmFinding {
  /** Name of the rule. */
  readonly alarm: string;
  /** `3 events within 5 minutes: Decrypt, AccessDenied` */
  readonly summary: string;
  /** ISO 8601: when the rule was first met. */
  readonly at: string;
  /** What the events have in common, where the rule looks at one key or one caller at a time. */
  readonly of: string | undefined;
  readonly events: readonly CloudTrailRecord[];
}

export interface AlarmRule {
  readonly name: string;
  readonly find: (events: readonly CloudTrailRecord[]) => readonly AlarmFinding[];
}

export interface Threshold {
  readonly count: number;
  /** Milliseconds; infinite for ever. */
  readonly within: number;
}

/**
 * Stretches in which a threshold is met: `count` events within the time. One that goes on is one stretch, so an attack of an hour is one finding and not a
 * thousand.
 */
export function stretches(
  events: readonly CloudTrailRecord[],
  { count, within }: Threshold,
): readonly { readonly at: number; readonly events: readonly CloudTrailRecord[] }[] {
  const found: { at: number; first: number; last: number }[] = [];
  const instants = events.map(instantOfEvent);
  for (const [last, at] of instants.entries()) {
    const first = last - count + 1;
    if (first < 0 || at - (instants[first] ?? at) > within) continue;
    const open = found.at(-1);
    if (open !== undefined && first <= open.last) open.last = last;
    else found.push({ at, first, last });
  }
  return found.map(({ at, first, last }) => ({ at, events: events.slice(first, last + 1) }));
}

/** Events by what they have in common, in order of their first. */
export function groupsOf(
  events: readonly CloudTrailRecord[],
  names: (event: CloudTrailRecord) => readonly string[],
): ReadonlyMap<string, readonly CloudTrailRecord[]> {
  const groups = new Map<string, CloudTrailRecord[]>();
  for (const event of events) {
    for (const name of new Set(names(event))) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [event]);
      else group.push(event);
    }
  }
  return groups;
}
