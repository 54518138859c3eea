// The timed effects: what happens to a key when one of its instants comes.

import { noteDeletion, noteExpiration } from '../audit/service-events.ts';
import type { Engine } from '../engine.ts';
import { keyStoreOf } from '../key-stores/by-origin.ts';
import { connect } from '../key-stores/connect.ts';
import { deliver, finishIfReady, rotateIfDue, sayFarewell, settle } from '../multi-region/deliver.ts';
import { partWith } from '../multi-region/material.ts';
import { resend } from '../multi-region/post.ts';
import { isReplica } from '../multi-region/related.ts';
import { writeKey } from '../multi-region/write-key.ts';
import { readClock } from '../region-clock.ts';
import { expiries, partingOf, withoutMaterial } from '../state/imported-material.ts';
import type { Instant, KeyRecord } from '../state/records.ts';
import type { Due, TimedEffect } from './agenda.ts';

/** Runs everything due until `now`, each at its own instant and in order. */
export function advance(kms: Engine, now: Instant): void {
  while (step(kms, now));
}

/** Runs the next thing that is due by `now`; false when nothing is. */
export function step(kms: Engine, now: Instant): boolean {
  if (kms.agenda.next > now) return false;
  const due = kms.agenda.take() as Due;
  if (effects[due.effect](kms, due)) kms.tracer?.effect(due);
  return true;
}

/** An entry is a hint: each effect looks whether the record still says so, and tells whether anything happened. */
const effects: Readonly<Record<TimedEffect, (kms: Engine, due: Due) => boolean>> = {
  deliver: (kms, { at, keyArn }) => {
    const delivery = kms.state.get('deliveries', keyArn);
    if (delivery?.dueAt !== at) return false;
    kms.state.set('deliveries', keyArn, undefined);
    deliver(kms, delivery, at);
    return true;
  },
  resend: (kms, { at, keyArn }) => {
    const letter = kms.state.get('letters', keyArn);
    if (letter?.retryAt !== at) return false;
    resend(kms, keyArn, letter, at);
    return true;
  },
  'finish rotation': onKey((kms, key, { at, noted }) => {
    if (key.rotating?.doneAt !== noted || isReplica(key)) return;
    writeKey(kms, kms.state, finishIfReady(kms, key, noted), at);
    settle(kms, key.arn, at);
  }),
  rotate: onKey((kms, key, { at, noted }) => {
    if (key.rotation?.next !== noted || isReplica(key)) return;
    const rotated = rotateIfDue(kms, key, noted);
    if (rotated !== key) writeKey(kms, kms.state, rotated, at);
  }),
  // DeleteExpiredKeyMaterial: https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-import-key-material.html
  expire: onKey((kms, key, { at, noted }) => {
    const expired = expiries(key).filter((one) => one.at <= noted);
    if (expired.length === 0) return;
    const left = expired.reduce((rest, { id }) => withoutMaterial(rest, id), key);
    writeKey(kms, kms.state, left, at);
    for (const { id } of expired) {
      partWith(kms, key, id, partingOf(left, id));
      noteExpiration(kms, key, id, noted);
    }
  }),
  delete: onKey((kms, key, { at, noted }) => {
    if (key.deletion?.at === noted) deleteKey(kms, key, at);
  }),
  'end grant': (kms, due) => {
    const { grant: id = '', noted } = due;
    const grant = kms.state.get('grants', id);
    if (grant?.endsAt !== noted || isEarly(kms, grant.region, due)) return false;
    kms.state.set('grants', id, undefined);
    return true;
  },
  connect: (kms, due) => {
    const { keyArn, noted } = due;
    const store = kms.state.get('keyStores', keyArn);
    if (store?.connection.doneAt !== noted || isEarly(kms, store.region, due)) return false;
    kms.state.set('keyStores', keyArn, connect(kms, store));
    return true;
  },
};

function onKey(effect: (kms: Engine, key: KeyRecord, due: Due) => void): (kms: Engine, due: Due) => boolean {
  return (kms, due) => {
    const { keyArn } = due;
    const key = kms.state.get('keys', keyArn);
    if (key === undefined || isEarly(kms, key.region, due)) return false;
    effect(kms, key, due);
    return kms.state.get('keys', keyArn) !== key;
  };
}

// An entry of before the Region's clock was put back. There is a later one.
function isEarly({ world }: Engine, region: string, { at, noted }: Due): boolean {
  return readClock(world, region, at) < noted;
}

// A key takes its aliases and its grants with it: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
function deleteKey(kms: Engine, key: KeyRecord, at: Instant): void {
  for (const alias of kms.state.site(key.account, key.region).aliases(key.arn))
    kms.state.set('aliases', alias, undefined);
  for (const { id } of kms.state.grants.forget(key.arn)) kms.state.set('grants', id, undefined);
  const additional = keyStoreOf(key).destroy(kms, key);
  kms.state.set('usages', key.arn, undefined);
  kms.state.set('keys', key.arn, undefined);
  noteDeletion(kms, key, key.deletion?.at ?? at, additional);
  sayFarewell(kms, key, at);
}
