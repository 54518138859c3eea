// GenerateRandom: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html

import { fail } from '../api/errors.ts';
import { notBuilt, type Operation } from '../operation.ts';

export const generateRandom: Operation<'GenerateRandom'> = {
  enter: ({ input }) => {
    // Recording generate-random-null.
    if (input.NumberOfBytes === undefined) fail('ValidationException', 'NumberOfBytes is required.');
    if (input.CustomKeyStoreId !== undefined)
      fail('CustomKeyStoreNotFoundException', `Custom key store ${input.CustomKeyStoreId} does not exist.`);
    if (input.Recipient !== undefined) throw notBuilt('attested recipients');
  },
  run: (call) => ({ Plaintext: Uint8Array.from(call.random.draw(call.input.NumberOfBytes ?? 0)) }),
};
