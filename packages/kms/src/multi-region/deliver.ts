// A message between Regions arrives: the key it is for takes it in, and does what it waited for.

import { confirms, everyoneHolds, farewell, receive, slotOfAnswer } from '@kmsim/multi-region';
import { noteRotation, noteSynchronization } from '../audit/service-events.ts';
import type { Engine } from '../engine.ts';
import { readClock } from '../region-clock.ts';
import { keyState } from '../state/key-state.ts';
import type { DeliveryRecord, Instant, KeyRecord } from '../state/records.ts';
import { dayMs, finishRotation, newSecret, rotateAutomatically } from '../state/rotation.ts';
import { partWith } from './material.ts';
import { letterKey, post } from './post.ts';
import { isMultiRegion, isReplica, toRelated, withRelated } from './related.ts';
import { writeKey } from './write-key.ts';

export function deliver(kms: Engine, delivery: DeliveryRecord, at: Instant): void {
  const { state } = kms;
  const { from, keyId, message, to } = delivery;
  const slot = letterKey(keyId, to, from, slotOfAnswer(message));
  const letter = state.get('letters', slot);
  if (letter !== undefined && confirms(message, letter.message, from)) state.set('letters', slot, undefined);
  const key = state.keyById(to, keyId);
  const related = key !== undefined && isMultiRegion(key) ? toRelated(key) : undefined;
  const { key: next, send } = receive(related, { from, message, to });
  if (key !== undefined && next !== undefined && next !== related) {
    state.set('keys', key.arn, withRelated(key, next));
    forget(kms, key);
    noteSynchronization(kms, delivery, at);
  }
  post(kms, state, { id: keyId, region: to }, send, at);
  if (key !== undefined) settle(kms, key.arn, at);
}

// The primary has dropped the pending material, and so has this Region.
function forget(kms: Engine, { arn, pendingMaterial }: KeyRecord): void {
  const after = kms.state.get('keys', arn);
  if (pendingMaterial?.imported?.isHere !== true || after === undefined) return;
  const known = [...after.materials, ...(after.pendingMaterial ? [after.pendingMaterial] : [])];
  if (!known.some(({ id }) => id === pendingMaterial.id)) partWith(kms, after, pendingMaterial.id, 'destroy');
}

/** What a primary waited for: material that every related key has, a date that passed meanwhile, the end of the last replica. */
export function settle(kms: Engine, arn: string, at: Instant): void {
  for (const step of [finishIfReady, rotateIfDue, beginDeletion]) {
    const key = kms.state.get('keys', arn);
    if (key === undefined || isReplica(key)) return;
    const next = step(kms, key, readClock(kms.world, key.region, at));
    if (next !== key) writeKey(kms, kms.state, next, at);
  }
}

/** New material is used when every related key has it. `at`: by the clock of the key's Region, here and below. */
export function finishIfReady(kms: Engine, key: KeyRecord, at: Instant): KeyRecord {
  const { rotating } = key;
  // One that began later than now began by the clock of another primary: how long it takes cannot be told by this one.
  if (rotating === undefined || (rotating.startedAt <= at && at < rotating.doneAt)) return key;
  const isReady = !isMultiRegion(key) || everyoneHolds(toRelated(key));
  if (!isReady) return key;
  const rotated = finishRotation(key, rotating.material, at);
  noteRotation(kms, key, rotated, at);
  return rotated;
}

/** A key that is disabled, pending deletion or rotating is not rotated; EnableKey and the end of the rotation make up for it. */
export function rotateIfDue(kms: Engine, key: KeyRecord, at: Instant): KeyRecord {
  if (key.rotation === undefined || key.rotation.next > at || key.rotating !== undefined) return key;
  // https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
  if (keyState(key, at) !== 'Enabled') return key;
  const secret = newSecret(key.spec, kms.world.cursor(`${key.account}/${key.region}/automatic rotation`).take());
  const rotated = rotateAutomatically(key, kms.vault.create(key.id, secret), at);
  secret.fill(0);
  noteRotation(kms, key, rotated, at);
  return rotated;
}

// The window of a primary begins with the end of its last replica.
// https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-delete.html
function beginDeletion(_kms: Engine, key: KeyRecord, at: Instant): KeyRecord {
  const { deletion, replicas } = key;
  if (deletion === undefined || deletion.at !== undefined || replicas?.replicas.length !== 0) return key;
  return { ...key, deletion: { ...deletion, at: at + deletion.windowDays * dayMs } };
}

/** Tells the primary that a replica was deleted. */
export function sayFarewell(kms: Engine, key: KeyRecord, at: Instant): void {
  if (isMultiRegion(key)) post(kms, kms.state, key, farewell(toRelated(key)), at);
}
