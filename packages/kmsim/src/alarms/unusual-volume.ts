// An alarm for a key that is used much more than before.

import type { CloudTrailRecord } from '@kmsim/kms';
import { calledIn, instantOfEvent, isCopyOfOwner, keysOf } from '../analysis/trail-event.ts';
import { checkOptions, type Form, type Forms, isText } from '../option-forms.ts';
import { durationOf } from '../sim-clock.ts';
import { type AlarmFinding, type AlarmRule, groupsOf } from './alarm-rule.ts';

const page = 'docs/review.md';

export interface VolumeOptions {
  /** `'Decrypt'` when absent. */
  readonly operation?: string;
  /** The time in which calls are counted: `'5 minutes'` when absent. */
  readonly within?: string | number;
  /** So many times the mean of the times before; 10 when absent. */
  readonly factor?: number;
  /** Fewer calls are never unusual; 100 when absent. */
  readonly least?: number;
}

const aNumber: Form = {
  is: (value) => typeof value === 'number' && Number.isFinite(value) && value > 0,
  text: 'a number above 0',
};
const forms: Forms<VolumeOptions> = {
  operation: { is: isText, text: 'the name of an operation' },
  // What is no duration has an error of its own.
  within: { is: () => true, text: 'a duration' },
  factor: aNumber,
  least: aNumber,
};

/** Looks at each key for itself. Without a time before there is nothing to compare with, and `least` alone decides. */
export function unusualVolume(options: VolumeOptions = {}): AlarmRule {
  checkOptions('alarms.unusualVolume', options, forms, page);
  const { factor = 10, least = 100, operation = 'Decrypt', within = '5 minutes' } = options;
  const width = Math.max(1, durationOf(within));
  const name = `unusual ${operation} volume`;
  return {
    name,
    find: (events) => {
      const calls = events.filter((event) => calledIn(event) === operation && !isCopyOfOwner(event));
      return [...groupsOf(calls, keysOf)].flatMap(([key, group]) =>
        peaksOf(group, width, { factor, least }).map(
          ({ at, before, peak }) =>
            ({
              alarm: name,
              summary: `${peak.length} ${operation} where there were ${before.toFixed(1)} on average`,
              at: new Date(at).toISOString(),
              of: key,
              events: peak,
            }) satisfies AlarmFinding,
        ),
      );
    },
  };
}

interface Peak {
  readonly at: number;
  readonly before: number;
  readonly peak: readonly CloudTrailRecord[];
}

// Times begin at the first event; empty ones count for the mean, and peaks do not, or the second one would be usual.
function peaksOf(
  events: readonly CloudTrailRecord[],
  width: number,
  { factor, least }: { readonly factor: number; readonly least: number },
): readonly Peak[] {
  const [first] = events;
  if (first === undefined) return [];
  const begin = instantOfEvent(first);
  const counted = new Map<number, CloudTrailRecord[]>();
  for (const event of events) {
    const slot = Math.floor((instantOfEvent(event) - begin) / width);
    const group = counted.get(slot);
    if (group === undefined) counted.set(slot, [event]);
    else group.push(event);
  }
  const peaks: Peak[] = [];
  let usual = 0;
  for (const [slot, group] of [...counted].sort(([a], [b]) => a - b)) {
    const slots = slot - peaks.length;
    const before = slots === 0 ? 0 : usual / slots;
    if (group.length >= least && group.length >= factor * before)
      peaks.push({ at: begin + slot * width, before, peak: group });
    else usual += group.length;
  }
  return peaks;
}
