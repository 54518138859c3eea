// The key pair or the HMAC key of a key record, in the words of KMS.

import {
  type DataKeyPair,
  isHmacKeySpec,
  isKeyPairSpec,
  type KeyPairSpec,
  type Mac,
  type NotLoaded,
  type UsableKeyPair,
} from '@kmsim/hsm-core';
import { fail } from './api/errors.ts';
import { loaded } from './loading.ts';
import type { Call } from './operation.ts';
import { isHere } from './state/imported-material.ts';
import type { KeyRecord } from './state/records.ts';

/** Id of the current material; of none when its Region has it not, though the vault may have it for a related key. */
export function usableMaterial(key: KeyRecord): string {
  const { currentMaterial = '', replicas } = key;
  return replicas === undefined || isHere(key, currentMaterial) ? currentMaterial : '';
}

/** The key pair of a key. */
export function keyPairOf(call: Call, key: KeyRecord): UsableKeyPair {
  const { spec } = key;
  return present(key, isKeyPairSpec(spec) ? call.kms.vault.keyPair(usableMaterial(key), spec) : undefined);
}

/** HMAC under the key's material. */
export function hmacKeyOf(call: Call, key: KeyRecord): Mac {
  const { spec } = key;
  return present(key, isHmacKeySpec(spec) ? call.kms.vault.hmacKey(usableMaterial(key), spec) : undefined);
}

/** A fresh key pair that belongs to no key. */
export function newDataKeyPair(call: Call, spec: KeyPairSpec): DataKeyPair {
  return loaded(call.kms.vault.dataKeyPair(spec, call.random.draw(32)));
}

function present<Value>(key: KeyRecord, value: Value | NotLoaded | undefined): Value {
  return loaded(value) ?? fail('KMSInvalidStateException', `${key.arn} is pending import.`);
}

/** Whether the key can work with the algorithm at all (recording verify-mac-algorithm-mismatch has the words). */
export function requireAlgorithm(key: KeyRecord, algorithms: readonly string[], algorithm: string): void {
  if (!algorithms.includes(algorithm))
    fail('InvalidKeyUsageException', `Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`);
}
