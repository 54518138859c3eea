// Finding custom key stores: by id, by name, by what they are connected to.

import { fail } from '../api/errors.ts';
import type { Engine } from '../engine.ts';
import type { Call } from '../operation.ts';
import type { CustomKeyStoreRecord } from '../state/key-store-records.ts';
import type { KeyRecord } from '../state/records.ts';
import type { Site } from '../state/site.ts';
import { notConnectedToProxy } from '../tables/key-states.ts';
import { keyStoreStates, type StoreOperation, type StoreVerdict } from '../tables/key-store-states.ts';

/** The stores of the caller's account and Region, the oldest first. */
export function storesOf(kms: Engine, { account, region }: Pick<Site, 'account' | 'region'>): CustomKeyStoreRecord[] {
  const found: CustomKeyStoreRecord[] = [];
  for (const store of kms.state.rows('keyStores'))
    if (store.account === account && store.region === region) found.push(store);
  return found;
}

/** CustomKeyStoreNotFoundException when the caller's account has none of that id in the Region. Words of our own. */
export function requireStore(call: Call, id: string): CustomKeyStoreRecord {
  const store = call.page.get('keyStores', id);
  if (store?.account === call.site.account && store.region === call.site.region) return store;
  return fail('CustomKeyStoreNotFoundException', `Custom key store ${id} does not exist.`);
}

/** The store that a key is in, if it is in one. */
export function storeOf(call: Pick<Call, 'page'>, { customKeyStore }: KeyRecord): CustomKeyStoreRecord | undefined {
  return customKeyStore && call.page.get('keyStores', customKeyStore.id);
}

/** As it stands; for what happens to a key that is not on anybody's page. */
export function standingStoreOf(kms: Engine, { customKeyStore }: KeyRecord): CustomKeyStoreRecord | undefined {
  return customKeyStore && kms.state.get('keyStores', customKeyStore.id);
}

/** CustomKeyStoreInvalidStateException, or what the state leaves to do. */
export function requireStoreState(operation: StoreOperation, store: CustomKeyStoreRecord): StoreVerdict {
  const { state } = store.connection;
  const verdict = keyStoreStates[operation][state];
  if (verdict !== 'invalid state') return verdict;
  if (operation === 'CreateKey' && store.type === 'EXTERNAL_KEY_STORE')
    fail('CustomKeyStoreInvalidStateException', notConnectedToProxy);
  return fail('CustomKeyStoreInvalidStateException', `Custom key store ${store.id} is in the state ${state}.`);
}

/** What the trail says of cryptographic operations on keys in stores, whether they succeed or not. */
export function notePlaces(call: Call): void {
  const { destinationKey, key } = call.subjects;
  // Of ReEncrypt from store to store that of the source: the members are of one key.
  const place = key?.key?.customKeyStore ?? destinationKey?.key?.customKeyStore;
  if (place === undefined) return;
  call.note({ customKeyStoreId: place.id, ...(place.xksKeyId !== undefined && { xksKeyId: place.xksKeyId }) });
}

/** What the trail says of operations on a store. */
export function noteStore(call: Call, { cluster, name }: CustomKeyStoreRecord): void {
  call.note({ customKeyStoreName: name, ...(cluster && { clusterId: cluster.id }) });
}
