// GenerateMac: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html

import { keySpecs } from '@kmsim/hsm-core';
import { enterKey } from '../enter.ts';
import { hmacKeyOf, requireAlgorithm } from '../key-material.ts';
import type { Call, Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';

export const generateMac: Operation<'GenerateMac', KeyRecord> = {
  enter: enterKey,
  requireType: requireMacAlgorithm,
  run: (call, key) => {
    const { MacAlgorithm, Message } = call.input;
    const Mac = hmacKeyOf(call, key)(Message);
    call.stopIfDryRun();
    return { Mac, MacAlgorithm, KeyId: key.arn };
  },
};

export function requireMacAlgorithm({ input }: Call<'GenerateMac' | 'VerifyMac'>, key: KeyRecord): void {
  requireAlgorithm(key, keySpecs[key.spec].macAlgorithms, input.MacAlgorithm);
}
