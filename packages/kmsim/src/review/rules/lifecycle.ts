// Rules on the life of keys: rotation, expiry, deletion, use.

import type { KeyRecord } from '@kmsim/kms';
import { calledIn, instantOfEvent, keysOf, succeeded } from '../../analysis/trail-event.ts';
import { expiriesOf } from '../../metrics/material-expiry.ts';
import { guidePage, type ReviewRule, type Sighting } from '../finding.ts';
import { seenIn } from '../sightings.ts';
import type { Subject } from '../subject.ts';
import { deletionRules } from './deletions.ts';
import { isUse } from './naming.ts';

const DAY = 86_400_000;
const days = (time: number): number => Math.floor(time / DAY);
const dateOf = (instant: number): string => new Date(instant).toISOString();

const kept = ({ deletion, manager }: KeyRecord): boolean => manager === 'CUSTOMER' && deletion === undefined;

/** What KMS can rotate by itself: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html */
const rotates = (key: KeyRecord): boolean =>
  kept(key) &&
  key.spec === 'SYMMETRIC_DEFAULT' &&
  key.origin === 'AWS_KMS' &&
  (key.replicas?.primary ?? key.region) === key.region;

function eachKey(
  look: (key: KeyRecord, subject: Subject) => string | undefined,
): (subject: Subject) => readonly Sighting[] {
  return (subject) =>
    subject.inventory.keys.flatMap((key) => {
      const text = look(key, subject);
      return text === undefined ? [] : [{ subject: key.arn, evidence: { text } }];
    });
}

/** Deletions of keys that were not seen to be disabled first. */
function* notDisabledFirst({ events }: Subject): Iterable<Sighting> {
  const disabled = new Set<string>();
  for (const event of events) {
    const [key] = keysOf(event);
    if (key === undefined || !succeeded(event)) continue;
    if (event.eventName === 'DisableKey') disabled.add(key);
    // A deletion that is called off leaves the key disabled.
    else if (event.eventName === 'CancelKeyDeletion') disabled.add(key);
    else if (event.eventName === 'EnableKey') disabled.delete(key);
    else if (event.eventName === 'ScheduleKeyDeletion' && !disabled.has(key))
      yield { subject: key, evidence: seenIn(event, 'ScheduleKeyDeletion, and no DisableKey before it') };
  }
}

const RECENT = 90 * DAY;

/** Keys without a use: neither their records nor the trail know of one. */
function* unused({ events, inventory, now }: Subject): Iterable<Sighting> {
  const uses = new Map([...inventory.usages].map(([arn, { at }]) => [arn, at]));
  for (const event of events) {
    if (!succeeded(event) || !isUse(calledIn(event))) continue;
    const at = instantOfEvent(event);
    for (const arn of keysOf(event)) uses.set(arn, Math.max(at, uses.get(arn) ?? at));
  }
  for (const key of inventory.keys) {
    const last = uses.get(key.arn);
    if (!kept(key) || now - (last ?? key.createdAt) < RECENT) continue;
    const text = last === undefined ? `never used since ${dateOf(key.createdAt)}` : `last used ${dateOf(last)}`;
    yield { subject: key.arn, evidence: { text } };
  }
}

export const lifecycleRules: readonly ReviewRule[] = [
  {
    id: 'rotation-off',
    severity: 'medium',
    title: 'A key is not rotated',
    remedy: 'EnableKeyRotation: old ciphertexts stay readable.',
    page: guidePage('rotating-keys-enable'),
    look: eachKey((key, { now }) =>
      rotates(key) && key.rotation === undefined
        ? `created ${days(now - key.createdAt)} days ago, never to rotate`
        : undefined,
    ),
  },
  {
    id: 'material-about-to-expire',
    severity: 'high',
    title: 'Imported key material is about to expire',
    remedy: 'Import the same material again with a later ValidTo: without it nothing can be decrypted.',
    page: guidePage('importing-keys-import-key-material'),
    look: eachKey((key, { now }) => {
      const next = Math.min(...expiriesOf(key));
      return kept(key) && next - now <= 30 * DAY ? `expires ${dateOf(next)}, in ${days(next - now)} days` : undefined;
    }),
  },
  {
    id: 'unused-key',
    severity: 'low',
    title: 'A key has not been used for 90 days',
    remedy: 'Find out what it is for (GetKeyLastUsage); disable it, and delete it when nobody misses it.',
    page: guidePage('deleting-keys-determining-usage'),
    look: unused,
  },
  {
    id: 'multi-region-without-replica',
    severity: 'low',
    title: 'A multi-Region key is in one Region only',
    remedy:
      'Use a single-Region key unless data moves between Regions: material that can be copied is material in more places.',
    page: guidePage('multi-region-keys-overview'),
    look: eachKey((key) =>
      kept(key) && key.replicas?.primary === key.region && key.replicas.replicas.length === 0
        ? 'it has no replica'
        : undefined,
    ),
  },
  {
    id: 'deleted-without-disabling',
    severity: 'medium',
    title: 'A key was to be deleted without being disabled first',
    remedy: 'Disable a key and wait whether somebody misses it: that can be undone at any time.',
    page: guidePage('deleting-keys'),
    look: notDisabledFirst,
  },
  ...deletionRules,
];
