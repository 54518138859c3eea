// What a grant can allow, by the kind of key it is on.
// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations

import { type KeySpec, type KeyUsage, keySpecs } from '@kmsim/hsm-core';
import type { GrantOperation } from '../api/types.ts';

const everyKey: readonly GrantOperation[] = ['CreateGrant', 'DescribeKey', 'RetireGrant'];

const symmetric: readonly GrantOperation[] = [
  ...everyKey,
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
];

/** Of keys that are not for symmetric encryption. */
const byUsage: Readonly<Record<KeyUsage, readonly GrantOperation[]>> = {
  ENCRYPT_DECRYPT: [...everyKey, 'Decrypt', 'Encrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GetPublicKey'],
  SIGN_VERIFY: [...everyKey, 'Sign', 'Verify', 'GetPublicKey'],
  GENERATE_VERIFY_MAC: [...everyKey, 'GenerateMac', 'VerifyMac'],
  KEY_AGREEMENT: [...everyKey, 'DeriveSharedSecret', 'GetPublicKey'],
  ENCAPSULATE_DECAPSULATE: [...everyKey, 'Encapsulate', 'Decapsulate', 'GetPublicKey'],
};

export interface KindOfKey {
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
}

/** Whether the key is for symmetric encryption: only there a grant can ask for an encryption context. */
export function hasEncryptionContext({ spec }: KindOfKey): boolean {
  return keySpecs[spec].family === 'symmetric';
}

export function grantOperationsOf(key: KindOfKey): readonly GrantOperation[] {
  return hasEncryptionContext(key) ? symmetric : byUsage[key.usage];
}
