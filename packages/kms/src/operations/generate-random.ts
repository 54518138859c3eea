// GenerateRandom: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html

import { fail } from '../api/errors.ts';
import { enterRecipient, sealForRecipient } from '../attestation/recipient.ts';
import { requireCluster } from '../key-stores/cloud-hsm.ts';
import { requireStore } from '../key-stores/stores.ts';
import type { Operation } from '../operation.ts';
import type { CustomKeyStoreRecord } from '../state/key-store-records.ts';

export const generateRandom: Operation<'GenerateRandom', CustomKeyStoreRecord | undefined> = {
  enter: (call) => {
    const { input } = call;
    // Recording generate-random-null.
    if (input.NumberOfBytes === undefined) fail('ValidationException', 'NumberOfBytes is required.');
    const { CustomKeyStoreId } = input;
    const store = CustomKeyStoreId === undefined ? undefined : requireStore(call, CustomKeyStoreId);
    if (store?.type === 'EXTERNAL_KEY_STORE')
      fail('UnsupportedOperationException', `GenerateRandom is not supported in the external key store ${store.id}.`);
    enterRecipient(call);
    return store;
  },
  run: (call, store) => {
    if (store !== undefined) requireCluster(call, store);
    const Plaintext = Uint8Array.from(call.random.draw(call.input.NumberOfBytes ?? 0));
    const CiphertextForRecipient = sealForRecipient(call, Plaintext);
    return CiphertextForRecipient === undefined ? { Plaintext } : { CiphertextForRecipient };
  },
};
