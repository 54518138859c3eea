// Keys in the own vault, in the words of KMS.

import { sealRandomLength } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import { usableMaterial } from '../key-material.ts';
import { destroyMaterial } from '../multi-region/material.ts';
import { isHere } from '../state/imported-material.ts';
import { newSecret } from '../state/rotation.ts';
import { refuseContext } from './context.ts';
import type { KeyStore } from './key-store.ts';
import { isStoreBlob } from './store-blob.ts';

export const ownVault: KeyStore = {
  generate: (call, keyId, { spec }) => ({ material: call.page.createMaterial(keyId, newSecret(spec, call.random)) }),
  seal: (call, key, purpose, context, plaintext) => {
    const random = call.random.draw(sealRandomLength);
    const sealed = call.kms.vault.seal(usableMaterial(key), purpose, context, plaintext, random);
    if (typeof sealed !== 'string') return sealed;
    if (sealed === 'no material') fail('KMSInvalidStateException', `${key.arn} is pending import.`);
    return refuseContext(sealed);
  },
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

/** Its material is imported. */
export const withoutMaterial: KeyStore = { ...ownVault, generate: () => ({}) };
