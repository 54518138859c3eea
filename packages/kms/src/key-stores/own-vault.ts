// Keys in the own vault, in the words of KMS.

import { type BlobPurpose, sealRandomLength } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import { usableMaterial } from '../key-material.ts';
import { destroyMaterial } from '../multi-region/material.ts';
import type { Call } from '../operation.ts';
import { isHere } from '../state/imported-material.ts';
import type { KeyRecord } from '../state/records.ts';
import { newSecret } from '../state/rotation.ts';
import { refuseContext } from './context.ts';
import type { Context, KeyStore } from './key-store.ts';
import { isStoreBlob } from './store-blob.ts';

export const ownVault: KeyStore = {
  generate: (call, keyId, { spec }) => ({ material: call.page.createMaterial(keyId, newSecret(spec, call.random)) }),
  seal: (call, key, purpose, context, plaintext) =>
    sealInVault(call, key, { purpose, context, plaintext, random: call.random.lend(sealRandomLength) }),
  open: (call, { blob, found, key }, context) => {
    const isMissing =
      found === undefined || isStoreBlob(found) || (key.replicas !== undefined && !isHere(key, found.materialId));
    const plaintext = isMissing ? undefined : call.kms.vault.open(found, context, blob);
    // Without a message, whatever the reason.
    return plaintext ?? fail('InvalidCiphertextException');
  },
  destroy: (kms, key) => {
    destroyMaterial(kms, key);
    return undefined;
  },
};

export interface Message {
  readonly purpose: BlobPurpose;
  readonly context: Context;
  readonly plaintext: Uint8Array;
  /** As many bytes as a message takes: `sealRandomLength`. */
  readonly random: Uint8Array;
}

export function sealInVault(
  { kms: { vault } }: Call,
  key: KeyRecord,
  { context, plaintext, purpose, random }: Message,
): Uint8Array {
  const sealed = vault.seal(usableMaterial(key), purpose, context, plaintext, random);
  if (typeof sealed !== 'string') return sealed;
  if (sealed === 'no material') fail('KMSInvalidStateException', `${key.arn} is pending import.`);
  return refuseContext(sealed);
}

/** Its material is imported. */
export const withoutMaterial: KeyStore = { ...ownVault, generate: () => ({}) };
