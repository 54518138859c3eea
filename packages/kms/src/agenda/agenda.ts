// What is due, and when: an index over the instants that stand in the records of keys and grants. No timers; a snapshot needs none of it.

import { actsAsPrimary } from '@kmsim/multi-region';
import { expiries } from '../state/imported-material.ts';
import type { CustomKeyStoreRecord } from '../state/key-store-records.ts';
import type { DeliveryRecord, GrantRecord, Instant, KeyRecord, LetterRecord } from '../state/records.ts';

/** In the order in which they happen when they are due at one instant. */
export const timedEffects = [
  'deliver',
  'resend',
  'finish rotation',
  'rotate',
  'expire',
  'delete',
  'end grant',
  'connect',
] as const;
export type TimedEffect = (typeof timedEffects)[number];

export interface Due {
  /** By the clock of the world. */
  readonly at: Instant;
  /** As the record has it, by the clock of its Region. */
  readonly noted: Instant;
  readonly effect: TimedEffect;
  /** ARN of the key; of a message between Regions and of a custom key store the key of its record. */
  readonly keyArn: string;
  readonly ordinal: number;
  /** The id of the grant that ends. */
  readonly grant?: string;
}

/** From a reading of a Region's clock to the instant of the world at which it shows that. */
export type WhenShown = (region: string, reading: Instant) => Instant;

const asItIs: WhenShown = (_region, reading) => reading;

/** The instants of a key record at which something happens. */
export function dueOf(key: KeyRecord, whenShown: WhenShown = asItIs): Due[] {
  const due = (effect: TimedEffect, noted: Instant | undefined): Due[] =>
    noted === undefined
      ? []
      : [{ at: whenShown(key.region, noted), noted, effect, keyArn: key.arn, ordinal: key.ordinal }];
  // A replica knows of the rotations of its primary and does none.
  const rotates = key.replicas === undefined || actsAsPrimary(key.replicas, key.region);
  return [
    ...(rotates ? due('finish rotation', key.rotating?.doneAt) : []),
    ...(rotates ? due('rotate', key.rotation?.next) : []),
    ...expiries(key).flatMap(({ at }) => due('expire', at)),
    ...due('delete', key.deletion?.at),
  ];
}

/** When connecting or disconnecting a custom key store has come to its end. */
function dueOfStore({ connection, id, ordinal, region }: CustomKeyStoreRecord, whenShown: WhenShown): Due | undefined {
  const { doneAt: noted } = connection;
  return noted === undefined
    ? undefined
    : { at: whenShown(region, noted), noted, effect: 'connect', keyArn: id, ordinal };
}

/** When a message between Regions arrives, or is sent again. No key is older: what has arrived has arrived before anything else happens. */
export function dueOfPost(keyArn: string, post: DeliveryRecord | LetterRecord): Due {
  return 'dueAt' in post
    ? { at: post.dueAt, noted: post.dueAt, effect: 'deliver', keyArn, ordinal: 0 }
    : { at: post.retryAt, noted: post.retryAt, effect: 'resend', keyArn, ordinal: 0 };
}

// By instant, then by age of the key, then as listed above, then by name: the same on every run and after a restore.
function isBefore(a: Due, b: Due): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.ordinal !== b.ordinal) return a.ordinal < b.ordinal;
  if (a.effect !== b.effect) return timedEffects.indexOf(a.effect) < timedEffects.indexOf(b.effect);
  return a.keyArn < b.keyArn;
}

/** A binary heap with the earliest on top. Entries are hints: who takes one looks whether the record still says so. */
export class Agenda {
  readonly #heap: Due[] = [];
  readonly #whenShown: WhenShown;

  constructor(whenShown: WhenShown = asItIs) {
    this.#whenShown = whenShown;
  }

  /** The earliest instant anything is due; Infinity when nothing is. */
  get next(): Instant {
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  get length(): number {
    return this.#heap.length;
  }

  /** Notes what a key's new record makes due. */
  note(before: KeyRecord | undefined, after: KeyRecord | undefined): void {
    if (after === undefined) return;
    const { deletion, origin, rotating, rotation } = after;
    if (origin !== 'EXTERNAL' && rotation === undefined && deletion === undefined && rotating === undefined) return;
    const known = before === undefined ? [] : dueOf(before, this.#whenShown);
    for (const due of dueOf(after, this.#whenShown))
      if (!known.some(({ effect, noted }) => effect === due.effect && noted === due.noted)) this.add(due);
  }

  /** Notes when a grant that was retired or revoked stops working. */
  noteGrant(grant: GrantRecord | undefined): void {
    if (grant?.endsAt === undefined) return;
    const { endsAt: noted, id, key: keyArn, ordinal, region } = grant;
    const at = this.#whenShown(region, noted);
    this.add({ at, noted, effect: 'end grant', keyArn, ordinal, grant: id });
  }

  /** Notes what a message between Regions or a custom key store makes due. */
  notePost(key: string, post: DeliveryRecord | LetterRecord | CustomKeyStoreRecord): void {
    const due = 'connection' in post ? dueOfStore(post, this.#whenShown) : dueOfPost(key, post);
    if (due !== undefined) this.add(due);
  }

  add(due: Due): void {
    const heap = this.#heap;
    let at = heap.push(due) - 1;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      const above = heap[parent] as Due;
      if (!isBefore(due, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = due;
  }

  take(): Due | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Due, heap[child] as Due)) child += 1;
      const below = heap[child] as Due;
      if (!isBefore(below, last)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}
