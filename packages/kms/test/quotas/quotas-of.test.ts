// The quotas that an operation may count on.

import { expect, test } from 'vitest';
import { type OperationName, operations } from '../../src/api/shapes.ts';

import { quotasOf } from '../../src/quotas/quotas-of.ts';
import { findQuota } from '../../src/quotas/settings.ts';

test.each(Object.keys(operations) as OperationName[])('%s counts on some that can be set, each named once', (name) => {
  const quotas = quotasOf(name);
  expect(quotas.length).toBeGreaterThan(0);
  expect(new Set(quotas).size).toBe(quotas.length);
  for (const quota of quotas) expect(findQuota(quota)).toEqual({ name: quota, kind: 'requests' });
});

// https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html: the operations of each shared quota.
test.each([
  ['GenerateDataKeyWithoutPlaintext', ['symmetric']],
  ['GenerateMac', ['symmetric']],
  ['Decrypt', ['symmetric', 'RSA', 'ECC and SM2']],
  ['Verify', ['RSA', 'ECC and SM2', 'ML-DSA']],
  ['DeriveSharedSecret', ['ECC and SM2']],
] as const)('%s counts on the shared ones of the keys that it can use', (name, kinds) => {
  const expected = kinds.map((kind) => `Cryptographic operations (${kind}) request rate`);
  expect([...quotasOf(name)].sort()).toEqual(expected.sort());
});
