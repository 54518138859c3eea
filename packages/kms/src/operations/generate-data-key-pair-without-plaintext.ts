// GenerateDataKeyPairWithoutPlaintext: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPairWithoutPlaintext.html

import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { enterForDataKeyPair, makeDataKeyPair, requireOwnVault } from './generate-data-key-pair.ts';

export const generateDataKeyPairWithoutPlaintext: Operation<'GenerateDataKeyPairWithoutPlaintext', KeyRecord> = {
  enter: enterForDataKeyPair,
  requireType: requireOwnVault,
  run: (call, key) => {
    const { privateKey, ...answer } = makeDataKeyPair(call, key);
    privateKey.fill(0);
    return answer;
  },
};
