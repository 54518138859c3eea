// KeyMetadata: what DescribeKey and CreateKey say of a key. Absent members are absent, not null (recording create-single-region-key).
// https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html

import { type KeySpecRow, type KeyUsage, keySpecs } from '@kmsim/hsm-core';
import { describeReplicaSet } from '@kmsim/multi-region';
import type { CustomerMasterKeySpec, KeyMetadata } from '../api/types.ts';
import { expiration } from './imported-material.ts';
import { keyState } from './key-state.ts';
import type { CustomKeyStoreRecord } from './key-store-records.ts';
import { arnPrefix } from './names.ts';
import { showsMaterial } from './new-key.ts';
import type { Instant, KeyRecord } from './records.ts';

/** `store`: the custom key store of a key that is in one. */
export function describe(key: KeyRecord, now: Instant, store?: CustomKeyStoreRecord): KeyMetadata {
  const state = keyState(key, now, store);
  return {
    AWSAccountId: key.account,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: new Date(key.createdAt),
    Enabled: state === 'Enabled',
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: state,
    ...expirationOf(key),
    ...deletionOf(key),
    Origin: key.origin,
    ...placeOf(key, store),
    KeyManager: key.manager,
    // Still sent, and equal to KeySpec.
    CustomerMasterKeySpec: key.spec as CustomerMasterKeySpec,
    KeySpec: key.spec,
    ...algorithmsOf(key),
    MultiRegion: key.replicas !== undefined,
    ...(key.replicas && {
      MultiRegionConfiguration: describeReplicaSet(
        key.replicas,
        key.region,
        (region) => `${arnPrefix(key.account, region)}key/${key.id}`,
      ),
    }),
    ...(showsMaterial(key) && key.currentMaterial !== undefined && { CurrentKeyMaterialId: key.currentMaterial }),
  };
}

function placeOf(
  { customKeyStore }: KeyRecord,
  store: CustomKeyStoreRecord | undefined,
): Pick<KeyMetadata, 'CloudHsmClusterId' | 'CustomKeyStoreId' | 'XksKeyConfiguration'> {
  if (customKeyStore === undefined) return {};
  const { id, xksKeyId } = customKeyStore;
  return {
    CustomKeyStoreId: id,
    ...(store?.cluster && { CloudHsmClusterId: store.cluster.id }),
    ...(xksKeyId !== undefined && { XksKeyConfiguration: { Id: xksKeyId } }),
  };
}

// The one or the other: https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html (PendingDeletionWindowInDays)
function deletionOf({ deletion }: KeyRecord): Pick<KeyMetadata, 'DeletionDate' | 'PendingDeletionWindowInDays'> {
  if (deletion === undefined) return {};
  const { at, windowDays } = deletion;
  return at === undefined ? { PendingDeletionWindowInDays: windowDays } : { DeletionDate: new Date(at) };
}

function expirationOf(key: KeyRecord): Pick<KeyMetadata, 'ExpirationModel' | 'ValidTo'> {
  const end = expiration(key);
  if (end === undefined) return {};
  return { ExpirationModel: end.model, ...(end.at !== undefined && { ValidTo: new Date(end.at) }) };
}

type AlgorithmLists = Pick<
  KeyMetadata,
  'EncryptionAlgorithms' | 'SigningAlgorithms' | 'MacAlgorithms' | 'KeyAgreementAlgorithms' | 'EncapsulationAlgorithms'
>;

/**
 * Only the list of the key's own usage (recording create-hmac-key). A copy: what a caller does to its answer is no matter of the
 * table.
 */
export function algorithmsOf(key: KeyRecord): AlgorithmLists {
  return listOf[key.usage](keySpecs[key.spec]);
}

const listOf: Readonly<Record<KeyUsage, (row: KeySpecRow) => AlgorithmLists>> = {
  ENCRYPT_DECRYPT: (row) => ({ EncryptionAlgorithms: [...row.encryptionAlgorithms] }),
  SIGN_VERIFY: (row) => ({ SigningAlgorithms: [...row.signingAlgorithms] }),
  GENERATE_VERIFY_MAC: (row) => ({ MacAlgorithms: [...row.macAlgorithms] }),
  KEY_AGREEMENT: (row) => ({ KeyAgreementAlgorithms: [...row.keyAgreementAlgorithms] }),
  ENCAPSULATE_DECAPSULATE: (row) => ({ EncapsulationAlgorithms: [...row.encapsulationAlgorithms] }),
};
