// GenerateDataKeyPair: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html

import { keySpecs, offeredIn } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import { enterRecipient, sealForRecipient } from '../attestation/recipient.ts';
import { enterKey } from '../enter.ts';
import { newDataKeyPair } from '../key-material.ts';
import type { Call, Operation } from '../operation.ts';
import { partitionOf } from '../state/names.ts';
import type { KeyRecord } from '../state/records.ts';
import { sealWith } from '../symmetric.ts';
import { message, verdicts } from '../tables/key-states.ts';
import { requireSymmetric } from './generate-data-key.ts';

export const generateDataKeyPair: Operation<'GenerateDataKeyPair', KeyRecord> = {
  enter: (call) => {
    enterRecipient(call);
    return enterForDataKeyPair(call);
  },
  requireType: requireOwnVault,
  run: (call, key) => {
    const { privateKey, ...answer } = makeDataKeyPair(call, key);
    const CiphertextForRecipient = sealForRecipient(call, privateKey);
    if (CiphertextForRecipient !== undefined) return { ...answer, CiphertextForRecipient };
    return { PrivateKeyPlaintext: privateKey, ...answer };
  },
};

type PairCall = Call<'GenerateDataKeyPair' | 'GenerateDataKeyPairWithoutPlaintext'>;

/** KeyPairSpec of the reference: ML-KEM not in the China Regions, SM2 only there. The wording is not recorded. */
export function enterForDataKeyPair(call: PairCall): KeyRecord {
  const { KeyPairSpec } = call.input;
  const { region } = call.site;
  if (!offeredIn(keySpecs[KeyPairSpec], partitionOf(region)))
    fail('UnsupportedOperationException', `KeyPairSpec ${KeyPairSpec} is not supported in the Region ${region}.`);
  return enterKey(call);
}

/** "You cannot use ... a KMS key in a custom key store". The text is that of the state table's footnotes. */
export function requireOwnVault(call: Call, key: KeyRecord): void {
  requireSymmetric(call, key);
  if (key.customKeyStore !== undefined) fail(verdicts.originNotValid.code, message('originNotValid', key.arn, key));
}

interface MadePair {
  readonly privateKey: Uint8Array;
  readonly PrivateKeyCiphertextBlob: Uint8Array;
  readonly PublicKey: Uint8Array;
  readonly KeyId: string;
  readonly KeyPairSpec: PairCall['input']['KeyPairSpec'];
  readonly KeyMaterialId: string | undefined;
}

/** A new key pair, and its private key encrypted as a data key asked for by its spec is. */
export function makeDataKeyPair(call: PairCall, key: KeyRecord): MadePair {
  const { DryRun, EncryptionContext, KeyPairSpec } = call.input;
  // What can be wrong is the context alone: a dry run need not wait for a key pair that nobody gets.
  if (DryRun === true) {
    sealWith(call, key, 'data key by spec', EncryptionContext, new Uint8Array(1));
    call.stopIfDryRun();
  }
  const { privateKey, publicKey } = newDataKeyPair(call, KeyPairSpec);
  const PrivateKeyCiphertextBlob = sealWith(call, key, 'data key by spec', EncryptionContext, privateKey);
  return {
    privateKey,
    PrivateKeyCiphertextBlob,
    PublicKey: publicKey,
    KeyId: key.arn,
    KeyPairSpec,
    KeyMaterialId: key.currentMaterial,
  };
}
