// Rotation as a change of a record: new material becomes current, the old stays for decryption.

import { type KeySpec, keySpecs } from '@kmsim/hsm-core';
import type { RandomStream } from '@kmsim/world';
import type { Instant, KeyRecord } from './records.ts';

export const dayMs = 86_400_000;

/** The key with `material` as its current one. */
export function rotateTo(key: KeyRecord, material: string, type: 'AUTOMATIC' | 'ON_DEMAND', at: Instant): KeyRecord {
  return { ...key, currentMaterial: material, materials: [...key.materials, { id: material, rotation: { type, at } }] };
}

/** Whether automatic rotation is on, as GetKeyRotationStatus tells it: never while a deletion is pending. */
export function rotationIsOn(key: KeyRecord): boolean {
  return key.rotation !== undefined && key.deletion === undefined;
}

/** The key after its automatic rotation: the next one is a period away. */
export function rotateAutomatically(key: KeyRecord, material: string, at: Instant): KeyRecord {
  const rotated = rotateTo(key, material, 'AUTOMATIC', at);
  return { ...rotated, rotation: key.rotation && { ...key.rotation, next: at + key.rotation.periodDays * dayMs } };
}

/** Fresh secret bytes for a key of that spec. Whoever stores them erases these. */
export function newSecret(spec: KeySpec, random: RandomStream): Uint8Array {
  return random.draw(keySpecs[spec].materialBytes);
}
