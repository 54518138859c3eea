// DisableKeyRotation: https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html

import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { requireRotatable } from './enable-key-rotation.ts';

export const disableKeyRotation: Operation<'DisableKeyRotation', KeyRecord> = {
  enter: enterKey,
  requireType: (_call, key) => requireRotatable(key),
  run: (call, key) => {
    call.setKey({ ...key, rotation: undefined });
    return {};
  },
};
