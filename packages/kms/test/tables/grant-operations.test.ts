// What a grant can allow, by the kind of key it is on.

import { type KeySpec, type KeyUsage, keySpecs } from '@kmsim/hsm-core';
import { expect, test } from 'vitest';
import { grantOperationsOf, hasEncryptionContext } from '../../src/tables/grant-operations.ts';

const onEveryKey = 'CreateGrant DescribeKey RetireGrant';
const encrypting = 'Decrypt Encrypt ReEncryptFrom ReEncryptTo';
const dataKeys =
  'GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext';

// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations
test.each<[KeySpec, KeyUsage, string]>([
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', `${encrypting} ${dataKeys}`],
  ['HMAC_256', 'GENERATE_VERIFY_MAC', 'GenerateMac VerifyMac'],
  ['RSA_2048', 'ENCRYPT_DECRYPT', `${encrypting} GetPublicKey`],
  ['SM2', 'ENCRYPT_DECRYPT', `${encrypting} GetPublicKey`],
  ['RSA_2048', 'SIGN_VERIFY', 'Sign Verify GetPublicKey'],
  ['ML_DSA_65', 'SIGN_VERIFY', 'Sign Verify GetPublicKey'],
  ['ECC_NIST_P256', 'KEY_AGREEMENT', 'DeriveSharedSecret GetPublicKey'],
])('%s for %s', (spec, usage, operations) => {
  const expected = `${onEveryKey} ${operations}`.split(' ').sort();
  expect([...grantOperationsOf({ spec, usage })].sort()).toEqual(expected);
});

test('only symmetric encryption has an encryption context', () => {
  const specs = Object.keys(keySpecs) as KeySpec[];
  expect(specs.filter((spec) => hasEncryptionContext({ spec, usage: 'ENCRYPT_DECRYPT' }))).toEqual([
    'SYMMETRIC_DEFAULT',
  ]);
});
