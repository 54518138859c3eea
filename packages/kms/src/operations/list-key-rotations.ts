// ListKeyRotations: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html

import { fail } from '../api/errors.ts';
import type { RotationsListEntry } from '../api/types.ts';
import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import { awaitsRotation, everyMaterial } from '../state/imported-material.ts';
import { paginate } from '../state/markers.ts';
import { showsMaterial } from '../state/new-key.ts';
import type { Imported, KeyRecord, MaterialVersion } from '../state/records.ts';

export const listKeyRotations: Operation<'ListKeyRotations', KeyRecord> = {
  enter: enterKey,
  requireType: (_call, key) => {
    if (!showsMaterial(key)) fail('UnsupportedOperationException');
  },
  run: (call, key) => {
    const { IncludeKeyMaterial = 'ROTATIONS_ONLY', Limit = 100, Marker } = call.input;
    // The first material came by no rotation, and what awaits its rotation has had none yet.
    const shown = everyMaterial(key).filter(
      ({ rotation }) => rotation !== undefined || IncludeKeyMaterial === 'ALL_KEY_MATERIAL',
    );
    const { items, ...page } = paginate(
      call.kms.markers,
      `ListKeyRotations ${key.arn} ${IncludeKeyMaterial}`,
      { Marker, limit: Limit },
      (after, count) => {
        const from = after === undefined ? 0 : shown.findIndex(({ id }) => id === after) + 1;
        return shown.slice(from, from + count);
      },
      ({ id }) => id,
    );
    return { Rotations: items.map((version) => entry(key, version)), ...page };
  },
};

function entry(key: KeyRecord, { id, imported, rotation }: MaterialVersion): RotationsListEntry {
  return {
    KeyId: key.arn,
    KeyMaterialId: id,
    KeyMaterialState: stateOf(key, id),
    ...(rotation && { RotationDate: new Date(rotation.at), RotationType: rotation.type }),
    ...(imported && importOf(imported)),
  };
}

function stateOf(key: KeyRecord, id: string): RotationsListEntry['KeyMaterialState'] {
  if (id === key.pendingMaterial?.id)
    return awaitsRotation(key) ? 'PENDING_ROTATION' : 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION';
  return id === key.currentMaterial ? 'CURRENT' : 'NON_CURRENT';
}

// Of imported material only. What is not here has no expiration.
function importOf({ description, expiresAt, isHere }: Imported): Partial<RotationsListEntry> {
  return {
    ImportState: isHere ? 'IMPORTED' : 'PENDING_IMPORT',
    ...(description !== undefined && { KeyMaterialDescription: description }),
    ...(isHere && expiresAt === undefined && { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }),
    ...(isHere && expiresAt !== undefined && { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: new Date(expiresAt) }),
  };
}
