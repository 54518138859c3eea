// GetKeyRotationStatus: https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html

import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { rotationIsOn } from '../state/rotation.ts';

export const getKeyRotationStatus: Operation<'GetKeyRotationStatus', KeyRecord> = {
  enter: enterKey,
  run: (_call, key) => {
    const { rotating, rotation } = key;
    return {
      KeyId: key.arn,
      KeyRotationEnabled: rotationIsOn(key),
      // Neither period nor date while rotation is off (recording rotate-on-demand-automatic-*).
      ...(rotation &&
        rotationIsOn(key) && { RotationPeriodInDays: rotation.periodDays, NextRotationDate: new Date(rotation.next) }),
      ...(rotating && !rotating.automatic && { OnDemandRotationStartDate: new Date(rotating.startedAt) }),
    };
  },
};
