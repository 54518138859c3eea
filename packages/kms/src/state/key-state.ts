// The state of a key, as a function of its record and the instant: never a flag that somebody must flip.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html

import { isComing } from '@kmsim/multi-region';
import type { KeyState } from '../tables/key-states.ts';
import { lacksMaterial } from './imported-material.ts';
import type { CustomKeyStoreRecord } from './key-store-records.ts';
import type { Instant, KeyRecord } from './records.ts';

/**
 * What DescribeKey calls KeyState at an instant. A deletion that is due counts as pending until the agenda has carried it out. `store`: the custom
 * key store of a key that is in one.
 */
export function keyState(key: KeyRecord, _now: Instant, store?: CustomKeyStoreRecord): KeyState {
  const { customKeyStore, deletion, region, replicas } = key;
  if (deletion !== undefined) return deletion.at === undefined ? 'PendingReplicaDeletion' : 'PendingDeletion';
  // Whatever EnableKey and DisableKey say meanwhile, it shows when the store is connected again.
  // https://docs.aws.amazon.com/kms/latest/developerguide/fix-keystore.html#fix-cmk-failed
  if (customKeyStore !== undefined && store?.connection.state !== 'CONNECTED') return 'Unavailable';
  if (replicas !== undefined && isComing(replicas, region)) return 'Creating';
  // Before what its material says: the role of primary must arrive, whatever expires meanwhile.
  if (replicas?.handover !== undefined) return 'Updating';
  if (lacksMaterial(key)) return 'PendingImport';
  return key.enabled ? 'Enabled' : 'Disabled';
}
