// Where the service's own events are noted: called by the effects that they tell of.

import type { Engine } from '../engine.ts';
import { readClock } from '../region-clock.ts';
import type { DeliveryRecord, Instant, KeyRecord } from '../state/records.ts';
import type { TrailObject } from './record.ts';

/** The key has other material than before. https://docs.aws.amazon.com/kms/latest/developerguide/ct-rotatekey.html */
export function noteRotation({ trail }: Engine, before: KeyRecord, after: KeyRecord, at: Instant): void {
  const { currentMaterial, id, materials, origin } = after;
  const how = materials.at(-1)?.rotation;
  if (trail === undefined || how === undefined || currentMaterial === undefined) return;
  if (currentMaterial === before.currentMaterial) return;
  const details = {
    rotationType: how.type,
    keyOrigin: origin,
    ...(before.currentMaterial !== undefined && { previousKeyMaterialId: before.currentMaterial }),
    currentKeyMaterialId: currentMaterial,
    keyId: id,
  };
  trail.service({ name: 'RotateKey', key: after, at, subject: currentMaterial, details });
}

/** The waiting period is over. `additional`: what became of the material of a key store. */
export function noteDeletion({ trail }: Engine, key: KeyRecord, at: Instant, additional?: TrailObject): void {
  trail?.service({ name: 'DeleteKey', key, at, subject: '', ...(additional && { additional }) });
}

export function noteExpiration({ trail }: Engine, key: KeyRecord, keyMaterialId: string, at: Instant): void {
  const details = { keyId: key.id, keyMaterialId };
  trail?.service({ name: 'DeleteExpiredKeyMaterial', key, at, subject: keyMaterialId, details });
}

/**
 * Replicas have taken in what their primary shares: noted once, when the first of them has it, because an event names no replica. The message
 * that brings a replica the role of primary is told by UpdatePrimaryRegion.
 * https://docs.aws.amazon.com/kms/latest/developerguide/ct-synchronize-multi-region-key.html
 */
export function noteSynchronization(
  { state, trail, world }: Engine,
  { keyId, message, to }: DeliveryRecord,
  at: Instant,
): void {
  if (trail === undefined || message.kind !== 'sync') return;
  const { set, version } = message;
  if (to === set.primary) return;
  const related = state.keysOf(keyId);
  const knew = related.some(
    ({ region, replicas }) => region !== to && set.replicas.includes(region) && (replicas?.version ?? 0) >= version,
  );
  const replica = related.find(({ region }) => region === to);
  if (knew || replica === undefined) return;
  const arn = replica.arn.replace(`:${to}:`, `:${set.primary}:`);
  const primary = { arn, account: replica.account, region: set.primary };
  const shown = readClock(world, set.primary, at);
  trail.service({ name: 'SynchronizeMultiRegionKey', key: primary, at: shown, subject: String(version) });
}
