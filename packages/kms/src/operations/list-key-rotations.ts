// ListKeyRotations: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html

import { keySpecs } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import type { RotationsListEntry } from '../api/types.ts';
import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import { paginate } from '../state/markers.ts';
import type { KeyRecord, MaterialVersion } from '../state/records.ts';

export const listKeyRotations: Operation<'ListKeyRotations', KeyRecord> = {
  enter: enterKey,
  requireType: (_call, key) => {
    if (keySpecs[key.spec].family !== 'symmetric') fail('UnsupportedOperationException');
  },
  run: (call, key) => {
    const { IncludeKeyMaterial = 'ROTATIONS_ONLY', Limit = 100, Marker } = call.input;
    // The first material came by no rotation.
    const shown = key.materials.filter(
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

function entry(key: KeyRecord, { id, rotation }: MaterialVersion): RotationsListEntry {
  return {
    KeyId: key.arn,
    KeyMaterialId: id,
    KeyMaterialState: id === key.currentMaterial ? 'CURRENT' : 'NON_CURRENT',
    ...(rotation && { RotationDate: new Date(rotation.at), RotationType: rotation.type }),
  };
}
