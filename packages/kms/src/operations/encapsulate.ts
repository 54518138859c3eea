// Encapsulate: https://docs.aws.amazon.com/kms/latest/APIReference/API_Encapsulate.html

import { keySpecs } from '@kmsim/hsm-core';
import { enterKey } from '../enter.ts';
import { keyPairOf, requireAlgorithm } from '../key-material.ts';
import type { Call, Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';

export const encapsulate: Operation<'Encapsulate', KeyRecord> = {
  enter: enterKey,
  requireType: requireEncapsulationAlgorithm,
  run: (call, key) => {
    const { EncapsulationAlgorithm } = call.input;
    const { ciphertext, sharedSecret } = keyPairOf(call, key).encapsulate(EncapsulationAlgorithm, (length) =>
      call.random.draw(length),
    );
    call.stopIfDryRun();
    return {
      KeyId: key.arn,
      SharedSecret: sharedSecret,
      SharedSecretCiphertextBlob: ciphertext,
      EncapsulationAlgorithm,
    };
  },
};

export function requireEncapsulationAlgorithm({ input }: Call<'Encapsulate' | 'Decapsulate'>, key: KeyRecord): void {
  requireAlgorithm(key, keySpecs[key.spec].encapsulationAlgorithms, input.EncapsulationAlgorithm);
}
