// A key record as one of the related keys, and back: which fields are shared, by the table of properties.

import { actsAsPrimary, held, type Membership, type RelatedKey, type Shared } from '@kmsim/multi-region';
import { everyMaterial, isHere } from '../state/imported-material.ts';
import type { Imported, KeyRecord, MaterialVersion } from '../state/records.ts';
import type { State } from '../state/state.ts';

export type MultiRegionRecord = KeyRecord & { readonly replicas: Membership };

export function isMultiRegion(key: KeyRecord): key is MultiRegionRecord {
  return key.replicas !== undefined;
}

/** Whether another key has the say over what this one shares. */
export function isReplica({ region, replicas }: KeyRecord): boolean {
  return replicas !== undefined && !actsAsPrimary(replicas, region);
}

/** The related key of another Region. */
export function relativeIn(state: State, { id, region, replicas }: KeyRecord, other: string): KeyRecord | undefined {
  return replicas === undefined || other === region ? undefined : state.keyById(other, id);
}

export function toRelated(key: MultiRegionRecord): RelatedKey {
  const { currentMaterial, materials, onDemandRotations, origin, pendingMaterial, region, replicas, rotating } = key;
  const shared: Shared = {
    materials: materials.map(({ id, rotation }) => ({ id, rotation })),
    current: currentMaterial,
    coming: pendingMaterial?.id ?? rotating?.material,
    rotation: key.rotation,
    rotating: rotating && {
      startedAt: rotating.startedAt,
      doneAt: rotating.doneAt,
      automatic: rotating.automatic === true,
    },
    onDemandRotations,
  };
  const here = everyMaterial(key).flatMap(({ id }) => (isHere(key, id) ? [id] : []));
  if (origin !== 'EXTERNAL' && rotating !== undefined) here.push(rotating.material);
  return { region, imported: origin === 'EXTERNAL', members: replicas, shared, here };
}

/** The record with what a related key has come to. What is independent stays. */
export function withRelated(key: KeyRecord, { imported, members, shared }: RelatedKey): KeyRecord {
  const { coming, current, materials, onDemandRotations, rotating, rotation } = shared;
  const known = new Map(everyMaterial(key).map((each) => [each.id, each.imported]));
  const version = (id: string, by: MaterialVersion['rotation']): MaterialVersion =>
    imported ? { id, rotation: by, imported: known.get(id) ?? notYet } : { id, rotation: by };
  return {
    ...key,
    replicas: members,
    materials: materials.map(({ id, rotation: by }) => version(id, by)),
    currentMaterial: current,
    pendingMaterial: imported && coming !== undefined ? version(coming, undefined) : undefined,
    rotation,
    rotating:
      rotating && coming !== undefined
        ? {
            material: coming,
            startedAt: rotating.startedAt,
            doneAt: rotating.doneAt,
            ...(rotating.automatic && { automatic: true }),
          }
        : undefined,
    onDemandRotations,
  };
}

// Known from the primary and not imported into this Region.
const notYet: Imported = { isHere: false, expiresAt: undefined };

/** What others are to be told of a key: of a primary all that is shared, of a replica whether it has the coming material. */
export function told(key: MultiRegionRecord): string {
  const related = toRelated(key);
  return JSON.stringify(isReplica(key) ? held(related) : [related.shared, held(related)]);
}
