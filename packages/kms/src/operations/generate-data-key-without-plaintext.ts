// GenerateDataKeyWithoutPlaintext: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html

import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { enterForDataKey, makeDataKey, materialOf, requireSymmetric } from './generate-data-key.ts';

export const generateDataKeyWithoutPlaintext: Operation<'GenerateDataKeyWithoutPlaintext', KeyRecord> = {
  enter: enterForDataKey,
  requireType: requireSymmetric,
  run: (call, key) => {
    const { plaintext, CiphertextBlob } = makeDataKey(call, key);
    plaintext.fill(0);
    return { CiphertextBlob, KeyId: key.arn, ...materialOf(key) };
  },
};
