// GetPublicKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html

import { isKeyPairSpec } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import type { CustomerMasterKeySpec } from '../api/types.ts';
import { enterKey } from '../enter.ts';
import { keyPairOf } from '../key-material.ts';
import type { Operation } from '../operation.ts';
import { algorithmsOf } from '../state/metadata.ts';
import type { KeyRecord } from '../state/records.ts';

export const getPublicKey: Operation<'GetPublicKey', KeyRecord> = {
  enter: enterKey,
  // The class is in the reference, no words are recorded.
  requireType: (_call, key) => {
    if (!isKeyPairSpec(key.spec)) fail('UnsupportedOperationException');
  },
  run: (call, key) => {
    const { MacAlgorithms: _, ...algorithms } = algorithmsOf(key);
    return {
      KeyId: key.arn,
      PublicKey: keyPairOf(call, key).publicKey(),
      CustomerMasterKeySpec: key.spec as CustomerMasterKeySpec,
      KeySpec: key.spec,
      KeyUsage: key.usage,
      ...algorithms,
    };
  },
};
