// Encrypt: https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html

import { enterKey, requireAlgorithm } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { refuseAsymmetric, sealWith } from '../symmetric.ts';

export const encrypt: Operation<'Encrypt', KeyRecord> = {
  enter: enterKey,
  requireType: ({ input }, key) => requireAlgorithm(key, input.EncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT'),
  run: (call, key) => {
    const { EncryptionAlgorithm = 'SYMMETRIC_DEFAULT', EncryptionContext, Plaintext } = call.input;
    refuseAsymmetric(key, EncryptionAlgorithm, EncryptionContext, Plaintext);
    const CiphertextBlob = sealWith(call, key, 'encrypt', EncryptionContext, Plaintext);
    call.stopIfDryRun();
    // No KeyMaterialId (recording encryption-context-and-bad-ciphertext).
    return { CiphertextBlob, KeyId: key.arn, EncryptionAlgorithm };
  },
};
