// Imported material as a change of a record: it comes, expires, is deleted and comes again.
// https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html

import type { Imported, Instant, KeyRecord, MaterialVersion } from './records.ts';

function isComplete(key: KeyRecord): boolean {
  return key.origin !== 'EXTERNAL' || key.materials.every(({ imported }) => imported?.isHere === true);
}

/** Whether the key waits for material: for its first, or for some that it had. */
export function lacksMaterial(key: KeyRecord): boolean {
  return key.currentMaterial === undefined || !isComplete(key);
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

/** The key after a material of its own has gone. What awaits its rotation is forgotten: it has encrypted nothing. */
export function withoutMaterial(key: KeyRecord, id: string): KeyRecord {
  if (key.pendingMaterial?.id === id) return { ...key, pendingMaterial: undefined, rotating: undefined };
  const materials = key.materials.map((one) =>
    one.id === id && one.imported !== undefined ? { ...one, imported: { ...one.imported, isHere: false } } : one,
  );
  return { ...key, materials };
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
