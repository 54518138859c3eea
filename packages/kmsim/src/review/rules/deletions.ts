// Deletions of keys that somebody will regret, and those that were called off in time.

import type { CloudTrailRecord } from '@kmsim/kms';
import { calledIn, instantOfEvent, keysOf, memberOf, succeeded } from '../../analysis/trail-event.ts';
import { guidePage, type Milder, type ReviewRule, type Sighting } from '../finding.ts';
import { seenIn } from '../sightings.ts';
import type { Subject } from '../subject.ts';
import { isUse } from './naming.ts';

const DAY = 86_400_000;
const RECENT = 90 * DAY;

interface Deletion {
  readonly key: string;
  readonly event: CloudTrailRecord;
  /** The last use before it. */
  readonly use: CloudTrailRecord | undefined;
  /** When CancelKeyDeletion came. */
  calledOff: string | undefined;
}

function deletionsIn({ events }: Subject): readonly Deletion[] {
  const all: Deletion[] = [];
  const waiting = new Map<string, Deletion>();
  const uses = new Map<string, CloudTrailRecord>();
  for (const event of events) {
    if (!succeeded(event)) continue;
    if (isUse(calledIn(event))) for (const key of keysOf(event)) uses.set(key, event);
    const [key] = keysOf(event);
    if (key === undefined) continue;
    if (event.eventName === 'ScheduleKeyDeletion') {
      const deletion = { key, event, use: uses.get(key), calledOff: undefined };
      all.push(deletion);
      waiting.set(key, deletion);
    }
    const before = waiting.get(key);
    if (event.eventName === 'CancelKeyDeletion' && before !== undefined) before.calledOff = event.eventTime;
  }
  return all;
}

const calledOffInUse: Milder = {
  severity: 'low',
  title: 'The deletion of a key in use was called off',
  remedy: 'EnableKey where it is needed, and re-encrypt what depends on the key before it is deleted.',
};

function* inUse(subject: Subject): Iterable<Sighting> {
  for (const { calledOff, event, key, use } of deletionsIn(subject)) {
    const ago = use === undefined ? Number.POSITIVE_INFINITY : instantOfEvent(event) - instantOfEvent(use);
    if (use === undefined || ago > RECENT) continue;
    const text = `ScheduleKeyDeletion ${Math.floor(ago / DAY)} days after ${use.eventName}`;
    yield calledOff === undefined
      ? { subject: key, evidence: seenIn(event, text) }
      : { subject: key, evidence: seenIn(event, `${text} was called off at ${calledOff}`), milder: calledOffInUse };
  }
}

function* afterShortWait(subject: Subject): Iterable<Sighting> {
  for (const { calledOff, event, key } of deletionsIn(subject)) {
    const wait = memberOf(event.requestParameters, 'pendingWindowInDays');
    if (calledOff === undefined && typeof wait === 'number' && wait < 30)
      yield { subject: key, evidence: seenIn(event, `waits ${wait} days`) };
  }
}

export const deletionRules: readonly ReviewRule[] = [
  {
    id: 'deleted-in-use',
    severity: 'high',
    title: 'A key was to be deleted although it was in use',
    remedy: 'CancelKeyDeletion, and re-encrypt what depends on the key.',
    page: guidePage('deleting-keys-determining-usage'),
    look: inUse,
  },
  {
    id: 'short-waiting-period',
    severity: 'low',
    title: 'A key waits for its deletion less than 30 days',
    remedy: 'Leave PendingWindowInDays at 30: who uses the key once a month is still heard.',
    page: guidePage('deleting-keys'),
    look: afterShortWait,
  },
];
