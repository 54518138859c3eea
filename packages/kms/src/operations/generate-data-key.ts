// GenerateDataKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html

import type { BlobPurpose } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import { enterRecipient, sealForRecipient } from '../attestation/recipient.ts';
import { requireEncryptionAlgorithm } from '../encryption.ts';
import { enterKey } from '../enter.ts';
import type { Call, Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { sealWith } from '../symmetric.ts';

export const generateDataKey: Operation<'GenerateDataKey', KeyRecord> = {
  enter: (call) => {
    enterRecipient(call);
    return enterForDataKey(call);
  },
  requireType: requireSymmetric,
  run: (call, key) => {
    const { plaintext, CiphertextBlob } = makeDataKey(call, key);
    const CiphertextForRecipient = sealForRecipient(call, plaintext);
    // The reference: an answer to a Recipient has no KeyMaterialId.
    if (CiphertextForRecipient !== undefined) return { CiphertextBlob, KeyId: key.arn, CiphertextForRecipient };
    return { CiphertextBlob, Plaintext: plaintext, KeyId: key.arn, ...materialOf(key) };
  },
};

/** What a custom key store has is told nowhere. https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html (CurrentKeyMaterialId) */
export function materialOf(key: KeyRecord): { readonly KeyMaterialId?: string | undefined } {
  return key.customKeyStore === undefined ? { KeyMaterialId: key.currentMaterial } : {};
}

type DataKeyCall = Call<'GenerateDataKey' | 'GenerateDataKeyWithoutPlaintext'>;

/** Exactly one of KeySpec and NumberOfBytes, before the key is looked for. */
export function enterForDataKey(call: DataKeyCall): KeyRecord {
  const { KeySpec, NumberOfBytes } = call.input;
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    fail('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  return enterKey(call);
}

/** Data keys are encrypted under symmetric keys only. */
export function requireSymmetric(_call: Call, key: KeyRecord): void {
  requireEncryptionAlgorithm(key);
}

const lengthOf = { AES_128: 16, AES_256: 32 } as const;

/** A new data key and its ciphertext. The blob tells which of the two members asked for it. */
export function makeDataKey(call: DataKeyCall, key: KeyRecord): { plaintext: Uint8Array; CiphertextBlob: Uint8Array } {
  const { EncryptionContext, KeySpec, NumberOfBytes } = call.input;
  const purpose: BlobPurpose = KeySpec === undefined ? 'data key by length' : 'data key by spec';
  const plaintext = call.random.draw(KeySpec === undefined ? (NumberOfBytes ?? 0) : lengthOf[KeySpec]);
  const CiphertextBlob = sealWith(call, key, purpose, EncryptionContext, plaintext);
  call.stopIfDryRun();
  return { plaintext, CiphertextBlob };
}
