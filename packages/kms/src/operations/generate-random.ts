// GenerateRandom: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html

import { fail } from '../api/errors.ts';
import { enterRecipient, sealForRecipient } from '../attestation/recipient.ts';
import type { Operation } from '../operation.ts';

export const generateRandom: Operation<'GenerateRandom'> = {
  enter: (call) => {
    const { input } = call;
    // Recording generate-random-null.
    if (input.NumberOfBytes === undefined) fail('ValidationException', 'NumberOfBytes is required.');
    if (input.CustomKeyStoreId !== undefined)
      fail('CustomKeyStoreNotFoundException', `Custom key store ${input.CustomKeyStoreId} does not exist.`);
    enterRecipient(call);
  },
  run: (call) => {
    const Plaintext = Uint8Array.from(call.random.draw(call.input.NumberOfBytes ?? 0));
    const CiphertextForRecipient = sealForRecipient(call, Plaintext);
    return CiphertextForRecipient === undefined ? { Plaintext } : { CiphertextForRecipient };
  },
};
