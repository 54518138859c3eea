// DisableKeyRotation: https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html

import { enterKey } from '../enter.ts';
import { keyThatRotates, setRotation } from '../multi-region/rotation-setting.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { requireRotatable } from './enable-key-rotation.ts';

export const disableKeyRotation: Operation<'DisableKeyRotation', KeyRecord> = {
  enter: enterKey,
  requireType: (call, key) => {
    requireRotatable(key);
    keyThatRotates(call, key);
  },
  run: (call, key) => {
    setRotation(call, keyThatRotates(call, key), undefined);
    return {};
  },
};
