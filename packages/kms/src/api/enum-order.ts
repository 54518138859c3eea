// The order in which the service lists an enumeration in its messages: neither alphabetical nor that of the API model.

import { type EnumName, enums } from './shapes.ts';

// Recorded with TestKMS::test_hmac_create_key_invalid_operations (2023-04-13): LocalStack's aws-validated
// tests/aws/services/kms/test_kms.snapshot.json. The enumerations have grown since.
const KEY_SPECS: readonly string[] = [
  'RSA_2048',
  'ECC_NIST_P384',
  'ECC_NIST_P256',
  'ECC_NIST_P521',
  'HMAC_384',
  'RSA_3072',
  'ECC_SECG_P256K1',
  'RSA_4096',
  'SYMMETRIC_DEFAULT',
  'HMAC_256',
  'HMAC_224',
  'HMAC_512',
];

const recordedOrder: Readonly<Partial<Record<EnumName, readonly string[]>>> = {
  CustomerMasterKeySpec: KEY_SPECS,
  KeySpec: KEY_SPECS,
  KeyUsageType: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC'],
  // TestKMS::test_invalid_generate_mac[HMAC_256-INVALID], same file.
  MacAlgorithmSpec: ['HMAC_SHA_384', 'HMAC_SHA_256', 'HMAC_SHA_224', 'HMAC_SHA_512'],
  // No recording: moto quotes the service so, getmoto/moto moto/kms/exceptions.py.
  DataKeySpec: ['AES_256', 'AES_128'],
};

// Offered in China Regions only. SM2 is missing in the recorded list of key specs, so its algorithms are taken to be
// unlisted too; the reader accepts all three.
const UNLISTED: ReadonlySet<string> = new Set(['SM2', 'SM2DSA', 'SM2PKE']);

/** The members of an enumeration as a message lists them: recorded ones in recorded order, then the rest in model order. */
export function listedValues(name: EnumName): readonly string[] {
  const values = enums[name];
  const first = (recordedOrder[name] ?? []).filter((value) => values.includes(value));
  const rest = values.filter((value) => !UNLISTED.has(value) && !first.includes(value));
  return [...first, ...rest];
}
