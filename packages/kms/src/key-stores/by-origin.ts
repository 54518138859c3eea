// Where a key lives, by its origin.

import type { KeyRecord } from '../state/records.ts';
import type { KeyOrigin } from '../tables/key-states.ts';
import { cloudHsm } from './cloud-hsm.ts';
import { external } from './external.ts';
import type { KeyStore } from './key-store.ts';
import { ownVault, withoutMaterial } from './own-vault.ts';

const byOrigin: Readonly<Record<KeyOrigin, KeyStore>> = {
  AWS_KMS: ownVault,
  EXTERNAL: withoutMaterial,
  AWS_CLOUDHSM: cloudHsm,
  EXTERNAL_KEY_STORE: external,
};

export function keyStoreOf({ origin }: Pick<KeyRecord, 'origin'>): KeyStore {
  return byOrigin[origin];
}
