// Rotation as a change of a record: new material becomes current, the old stays for decryption.

import { type KeySpec, keySpecs } from '@kmsim/hsm-core';
import type { RandomStream } from '@kmsim/world';
import type { Instant, KeyRecord } from './records.ts';

export const dayMs = 86_400_000;

/** The key with `material` as its current one. */
export function rotateTo(key: KeyRecord, material: string, type: 'AUTOMATIC' | 'ON_DEMAND', at: Instant): KeyRecord {
  return { ...key, currentMaterial: material, materials: [...key.materials, { id: material, rotation: { type, at } }] };
}

/** The key after the rotation that had begun: to new material, or to the imported material that waited for it. */
export function finishRotation(key: KeyRecord, material: string, at: Instant): KeyRecord {
  const type = key.rotating?.automatic ? 'AUTOMATIC' : 'ON_DEMAND';
  const rotated = { ...rotateTo(key, material, type, at), rotating: undefined };
  if (key.pendingMaterial?.id !== material) return rotated;
  const { imported } = key.pendingMaterial;
  const materials = rotated.materials.map((one) => (one.id === material && imported ? { ...one, imported } : one));
  return { ...rotated, materials, pendingMaterial: undefined };
}

/** Whether automatic rotation is on, as GetKeyRotationStatus tells it: never while a deletion is pending. */
export function rotationIsOn(key: KeyRecord): boolean {
  return key.rotation !== undefined && key.deletion === undefined;
}

/** The key on its date of automatic rotation: the next one is a period away. With replicas the rotation begins only: they must have the material first. */
export function rotateAutomatically(key: KeyRecord, material: string, at: Instant): KeyRecord {
  const isAlone = key.replicas === undefined || key.replicas.replicas.length === 0;
  const rotated: KeyRecord = isAlone
    ? rotateTo(key, material, 'AUTOMATIC', at)
    : { ...key, rotating: { material, startedAt: at, doneAt: at, automatic: true } };
  return { ...rotated, rotation: key.rotation && { ...key.rotation, next: at + key.rotation.periodDays * dayMs } };
}

/** Fresh secret bytes for a key of that spec. Whoever stores them erases these. */
export function newSecret(spec: KeySpec, random: RandomStream): Uint8Array {
  return random.draw(keySpecs[spec].materialBytes);
}
