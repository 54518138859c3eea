// DeleteCustomKeyStore: https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteCustomKeyStore.html

import { fail } from '../api/errors.ts';
import { noteStore, requireStore, requireStoreState } from '../key-stores/stores.ts';
import type { Operation } from '../operation.ts';
import type { CustomKeyStoreRecord } from '../state/key-store-records.ts';

/** The cluster, the proxy and what is in them stay. */
export const deleteCustomKeyStore: Operation<'DeleteCustomKeyStore', CustomKeyStoreRecord> = {
  enter: (call) => requireStore(call, call.input.CustomKeyStoreId),
  run: (call, store) => {
    noteStore(call, store);
    requireStoreState('DeleteCustomKeyStore', store);
    // Keys that wait for their deletion count. Words of our own.
    for (const _ of call.kms.state.keysInStore(store.id))
      fail('CustomKeyStoreHasCMKsException', `Custom key store ${store.id} contains KMS keys.`);
    call.page.set('keyStores', store.id, undefined);
    return {};
  },
};
