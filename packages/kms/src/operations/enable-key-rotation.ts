// EnableKeyRotation: https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html

import { keySpecs } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import { keyThatRotates, setRotation } from '../multi-region/rotation-setting.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { dayMs } from '../state/rotation.ts';

const defaultPeriodDays = 365;

export const enableKeyRotation: Operation<'EnableKeyRotation', KeyRecord> = {
  enter: enterKey,
  requireType: (call, key) => {
    requireRotatable(key);
    keyThatRotates(call, key);
  },
  run: (call, key) => {
    const { RotationPeriodInDays: periodDays = defaultPeriodDays } = call.input;
    // Asked for what already is, the date stays; otherwise the first rotation is a period from now.
    const decides = keyThatRotates(call, key);
    if (decides.rotation?.periodDays !== periodDays || decides.replicas?.handover !== undefined)
      setRotation(call, decides, { periodDays, next: call.now + periodDays * dayMs });
    return {};
  },
};

/** Only symmetric encryption keys rotate by themselves; imported material and key stores were refused with the state. Wording not recorded. */
export function requireRotatable(key: KeyRecord): void {
  if (keySpecs[key.spec].family !== 'symmetric') fail('UnsupportedOperationException');
}
