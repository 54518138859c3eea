// EnableKeyRotation: https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html

import { keySpecs } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { dayMs } from '../state/rotation.ts';

const defaultPeriodDays = 365;

export const enableKeyRotation: Operation<'EnableKeyRotation', KeyRecord> = {
  enter: enterKey,
  requireType: (_call, key) => requireRotatable(key),
  run: (call, key) => {
    const { RotationPeriodInDays: periodDays = defaultPeriodDays } = call.input;
    // Asked for what already is, the date stays; otherwise the first rotation is a period from now.
    if (key.rotation?.periodDays !== periodDays) {
      call.setKey({ ...key, rotation: { periodDays, next: call.now + periodDays * dayMs } });
    }
    return {};
  },
};

/** Only symmetric encryption keys rotate by themselves; imported material and key stores were refused with the state. Wording not recorded. */
export function requireRotatable(key: KeyRecord): void {
  if (keySpecs[key.spec].family !== 'symmetric') fail('UnsupportedOperationException');
}
