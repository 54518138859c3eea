// Encrypt: https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html

import { encryptWith, requireEncryptionAlgorithm } from '../encryption.ts';
import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';

export const encrypt: Operation<'Encrypt', KeyRecord> = {
  enter: enterKey,
  requireType: ({ input }, key) => requireEncryptionAlgorithm(key, input.EncryptionAlgorithm),
  run: (call, key) => {
    const { EncryptionAlgorithm = 'SYMMETRIC_DEFAULT', EncryptionContext, Plaintext } = call.input;
    const CiphertextBlob = encryptWith(call, key, EncryptionAlgorithm, EncryptionContext, Plaintext);
    call.stopIfDryRun();
    // No KeyMaterialId (recording encryption-context-and-bad-ciphertext).
    return { CiphertextBlob, KeyId: key.arn, EncryptionAlgorithm };
  },
};
