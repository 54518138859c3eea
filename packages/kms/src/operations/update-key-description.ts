// UpdateKeyDescription: https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html

import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';

export const updateKeyDescription: Operation<'UpdateKeyDescription', KeyRecord> = {
  enter: enterKey,
  run: (call, key) => {
    call.setKey({ ...key, description: call.input.Description });
    return {};
  },
};
