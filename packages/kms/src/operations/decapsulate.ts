// Decapsulate: https://docs.aws.amazon.com/kms/latest/APIReference/API_Decapsulate.html

import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import { keyPairOf } from '../key-material.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { requireEncapsulationAlgorithm } from './encapsulate.ts';

export const decapsulate: Operation<'Decapsulate', KeyRecord> = {
  enter: enterKey,
  requireType: requireEncapsulationAlgorithm,
  run: (call, key) => {
    const { EncapsulationAlgorithm, SharedSecretCiphertextBlob } = call.input;
    // FIPS 203 section 6.3: a ciphertext of the right length always gives a secret.
    const SharedSecret = keyPairOf(call, key).decapsulate(EncapsulationAlgorithm, SharedSecretCiphertextBlob);
    if (SharedSecret === 'wrong length') fail('InvalidCiphertextException');
    call.stopIfDryRun();
    return { KeyId: key.arn, SharedSecret, EncapsulationAlgorithm };
  },
};
