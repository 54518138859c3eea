// What the records say at one instant. Records are never changed in place, so a picture is a list of them.

import type { KeyRecord, Kms } from '@kmsim/kms';

export type Keys = ReadonlyMap<string, KeyRecord>;

/** All keys, by ARN. */
export function keysOf({ state }: Kms): Keys {
  const keys = new Map<string, KeyRecord>();
  for (const key of state.rows('keys')) keys.set(key.arn, key);
  return keys;
}

const tables = ['keys', 'aliases', 'grants', 'usages', 'deliveries', 'letters'] as const;
type Table = (typeof tables)[number];
export type Picture = { readonly [T in Table]: readonly object[] };

export function pictureOf({ state }: Kms): Picture {
  const rows = (table: Table): readonly object[] => [...state.rows(table)];
  return {
    keys: rows('keys'),
    aliases: rows('aliases'),
    grants: rows('grants'),
    usages: rows('usages'),
    deliveries: rows('deliveries'),
    letters: rows('letters'),
  };
}

/** The tables that say something else. */
export function changedTables(before: Picture, after: Picture): readonly string[] {
  return tables.filter((table) => {
    const [one, other] = [before[table], after[table]];
    return one.length !== other.length || one.some((record, at) => record !== other[at]);
  });
}

export function sameKeys(one: Keys, other: Keys): boolean {
  if (one.size !== other.size) return false;
  for (const [arn, key] of one) if (other.get(arn) !== key) return false;
  return true;
}

/** The keys of each id that several Regions may have. */
export function families(keys: Keys): ReadonlyMap<string, readonly Related[]> {
  const found = new Map<string, Related[]>();
  for (const key of keys.values()) {
    if (!isRelated(key)) continue;
    const family = found.get(key.id);
    if (family === undefined) found.set(key.id, [key]);
    else family.push(key);
  }
  return found;
}

export type Related = KeyRecord & { readonly replicas: NonNullable<KeyRecord['replicas']> };

function isRelated(key: KeyRecord): key is Related {
  return key.replicas !== undefined;
}

/** Whether the key may change what the family shares. */
export function isActing({ region, replicas }: Related): boolean {
  return replicas.primary === region;
}

/** Whether no message has reached the replica yet. */
export function isNew({ region, replicas }: Related): boolean {
  return replicas.version < (replicas.joined[region] ?? 0);
}

/** The state of a key, from its record alone. https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export function stateOf(key: KeyRecord): string {
  const { currentMaterial, deletion, enabled, materials, origin } = key;
  if (deletion !== undefined) return deletion.at === undefined ? 'PendingReplicaDeletion' : 'PendingDeletion';
  if (isRelated(key) && isNew(key)) return 'Creating';
  if (key.replicas?.handover !== undefined) return 'Updating';
  const lacks = origin === 'EXTERNAL' && materials.some(({ imported }) => imported?.isHere !== true);
  if (currentMaterial === undefined || lacks) return 'PendingImport';
  return enabled ? 'Enabled' : 'Disabled';
}

/** Whether the Region of a key has that material. */
export function hasHere({ materials, origin, pendingMaterial, rotating }: KeyRecord, id: string): boolean {
  if (origin !== 'EXTERNAL') return rotating?.material === id || materials.some((one) => one.id === id);
  return [...materials, ...(pendingMaterial ? [pendingMaterial] : [])].some(
    (one) => one.id === id && one.imported?.isHere === true,
  );
}

/** A replica that was deleted and made again is another one. */
export function nameOf({ arn, ordinal }: { readonly arn: string; readonly ordinal: number }): string {
  return `${arn}#${ordinal}`;
}
