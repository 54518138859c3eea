// DisableKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html

import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';

export const disableKey: Operation<'DisableKey', KeyRecord> = {
  enter: enterKey,
  run: (call, key) => {
    call.setKey({ ...key, enabled: false });
    return {};
  },
};
