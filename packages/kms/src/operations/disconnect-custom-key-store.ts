// DisconnectCustomKeyStore: https://docs.aws.amazon.com/kms/latest/APIReference/API_DisconnectCustomKeyStore.html

import { noteStore, requireStore, requireStoreState } from '../key-stores/stores.ts';
import type { Operation } from '../operation.ts';
import type { CustomKeyStoreRecord } from '../state/key-store-records.ts';
import { durations } from '../tables/durations.ts';

export const disconnectCustomKeyStore: Operation<'DisconnectCustomKeyStore', CustomKeyStoreRecord> = {
  enter: (call) => requireStore(call, call.input.CustomKeyStoreId),
  run: (call, store) => {
    noteStore(call, store);
    requireStoreState('DisconnectCustomKeyStore', store);
    call.page.set('keyStores', store.id, {
      ...store,
      connection: { state: 'DISCONNECTING', doneAt: call.now + durations.disconnectMs },
    });
    return {};
  },
};
