// Imported material as a change of a record: it comes, expires, is deleted and comes again.
// https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html

import { actsAsPrimary } from '@kmsim/multi-region';
import type { Imported, Instant, KeyRecord, MaterialVersion } from './records.ts';

function isComplete(key: KeyRecord): boolean {
  return key.origin !== 'EXTERNAL' || key.materials.every(({ imported }) => imported?.isHere === true);
}

/** Whether the key waits for material: for its first, or for some that it had. That of a custom key store is not kept here. */
export function lacksMaterial(key: KeyRecord): boolean {
  if (key.customKeyStore !== undefined) return false;
  return key.currentMaterial === undefined || !isComplete(key);
}

/** Whether the Region of a key has that material of it: the vault may have it for a related key. */
export function isHere(key: KeyRecord, id: string): boolean {
  const { materials, origin, pendingMaterial, rotating } = key;
  if (origin !== 'EXTERNAL') return rotating?.material === id || materials.some((one) => one.id === id);
  const version = pendingMaterial?.id === id ? pendingMaterial : materials.find((one) => one.id === id);
  return version?.imported?.isHere === true;
}

/** All material of a key, that which awaits its rotation last. */
export function everyMaterial({ materials, pendingMaterial }: KeyRecord): readonly MaterialVersion[] {
  return pendingMaterial === undefined ? materials : [...materials, pendingMaterial];
}

/** The key with material that it has now, in place of what it knew of it. */
export function withImported(key: KeyRecord, id: string, imported: Imported): KeyRecord {
  if (key.pendingMaterial?.id === id) return { ...key, pendingMaterial: { ...key.pendingMaterial, imported } };
  return { ...key, materials: key.materials.map((one) => (one.id === id ? { ...one, imported } : one)) };
}

/** The key with its first material. */
export function withFirst(key: KeyRecord, id: string, imported: Imported): KeyRecord {
  return { ...key, currentMaterial: id, materials: [{ id, rotation: undefined, imported }] };
}

/** The key with new material, which is used from the next rotation on. */
export function withPending(key: KeyRecord, id: string, imported: Imported): KeyRecord {
  return { ...key, pendingMaterial: { id, rotation: undefined, imported } };
}

/** The key after a material of its own has gone. What awaits its rotation is forgotten: it has encrypted nothing. A replica cannot forget what its primary waits for. */
export function withoutMaterial(key: KeyRecord, id: string): KeyRecord {
  const { materials, pendingMaterial, region, replicas } = key;
  const decides = replicas === undefined || actsAsPrimary(replicas, region);
  if (pendingMaterial?.id === id)
    return decides
      ? { ...key, pendingMaterial: undefined, rotating: undefined }
      : { ...key, pendingMaterial: gone(pendingMaterial) };
  return { ...key, materials: materials.map((one) => (one.id === id ? gone(one) : one)) };
}

function gone(version: MaterialVersion): MaterialVersion {
  const { imported } = version;
  return imported === undefined ? version : { ...version, imported: { ...imported, isHere: false } };
}

/** Whether there is imported material that the next rotation can take: every related key must have it. */
export function awaitsRotation({ pendingMaterial, region, replicas }: KeyRecord): boolean {
  if (pendingMaterial === undefined) return false;
  const isAlone = replicas === undefined || (replicas.replicas.length === 0 && actsAsPrimary(replicas, region));
  return isAlone || replicas.everywhere === pendingMaterial.id;
}

/** What becomes of a material's secret when this is left of the key: what was forgotten never comes back. */
export function partingOf(left: KeyRecord, id: string): 'withdraw' | 'destroy' {
  return left.materials.some((one) => one.id === id) ? 'withdraw' : 'destroy';
}

/** The instants at which material expires. */
export function expiries(key: KeyRecord): readonly { readonly id: string; readonly at: Instant }[] {
  if (key.origin !== 'EXTERNAL') return [];
  return everyMaterial(key).flatMap(({ id, imported }) =>
    imported?.isHere && imported.expiresAt !== undefined ? [{ id, at: imported.expiresAt }] : [],
  );
}

/** What DescribeKey says of it: nothing while material is missing (recording import-key-symmetric), else the earliest end. */
export function expiration(key: KeyRecord): { readonly model: ExpirationModel; readonly at?: Instant } | undefined {
  if (key.origin !== 'EXTERNAL' || lacksMaterial(key)) return undefined;
  const ends = key.materials.flatMap(({ imported }) => imported?.expiresAt ?? []);
  return ends.length === 0
    ? { model: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }
    : { model: 'KEY_MATERIAL_EXPIRES', at: Math.min(...ends) };
}

type ExpirationModel = 'KEY_MATERIAL_EXPIRES' | 'KEY_MATERIAL_DOES_NOT_EXPIRE';
