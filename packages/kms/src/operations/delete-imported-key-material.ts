// DeleteImportedKeyMaterial: https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteImportedKeyMaterial.html

import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import { isElsewhere } from '../multi-region/material.ts';
import type { Operation } from '../operation.ts';
import { everyMaterial, partingOf, withoutMaterial } from '../state/imported-material.ts';
import type { KeyRecord } from '../state/records.ts';
import { requireExternal } from './get-parameters-for-import.ts';

export const deleteImportedKeyMaterial: Operation<'DeleteImportedKeyMaterial', KeyRecord> = {
  enter: enterKey,
  requireType: (_call, key) => requireExternal(key),
  run: (call, key) => {
    // "If no KeyMaterialId is specified, KMS deletes the current key material."
    const id = call.input.KeyMaterialId ?? key.currentMaterial;
    const found = everyMaterial(key).find((one) => one.id === id);
    // The reference lists no error of its own for it.
    if (found === undefined && call.input.KeyMaterialId !== undefined)
      fail('NotFoundException', `Key material '${id}' does not exist`);
    // What is not there is deleted without effect: key-state.html has the operation succeed on keys that are pending import.
    if (found?.imported?.isHere === true) {
      const left = withoutMaterial(key, found.id);
      call.setKey(left);
      if (!isElsewhere(call.kms, key, found.id)) call.page.removeMaterial(found.id, partingOf(left, found.id));
    }
    return { KeyId: key.arn, KeyMaterialId: id };
  },
};
