// Which quotas each operation counts on.

import { keySpecs } from '@kmsim/hsm-core';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/api/shapes.ts';
import { operationRows } from '../../src/tables/operations.ts';
import { placeOfQuota, requestQuotas } from '../../src/tables/request-quotas.ts';
import { quotaOfKeyPairSpec, quotaOfKeySpec, requestRules } from '../../src/tables/request-rules.ts';

const rules = Object.entries(requestRules);
const named = rules.flatMap(([operation, rule]) => ('quota' in rule ? [[operation, rule.quota] as const] : []));

test('every operation has exactly one rule', () => {
  expect(Object.keys(requestRules).sort()).toEqual(Object.keys(operations).sort());
  expect(rules).toHaveLength(56);
});

test('every quota is of some operation, and every rule leads to a quota', () => {
  const used = [
    ...named.map(([, quota]) => quota),
    ...Object.values(quotaOfKeySpec),
    ...['RSA_2048', 'RSA_3072', 'RSA_4096', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1'].map(
      quotaOfKeyPairSpec,
    ),
    ...['ECC_NIST_EDWARDS25519', 'SM2', 'ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024'].map(quotaOfKeyPairSpec),
  ].map(placeOfQuota);
  expect(used).not.toContain(undefined);
  const unused = requestQuotas.filter((_, at) => !used.includes(at));
  // Of a store and of a key: beside the first quota.
  expect(unused.map(({ of }) => of)).toEqual(['key store', 'key']);
});

test('an operation that does no cryptography has a quota of its own name', () => {
  const own = named.filter(([operation]) => operation !== 'GenerateRandom');
  for (const [operation, quota] of own) expect(quota).toBe(`${operation} request rate`);
  const cryptographic = Object.entries(operationRows).filter(([, row]) => row.cryptographic).length;
  // GenerateRandom is cryptographic and uses no key.
  expect(own).toHaveLength(56 - cryptographic);
});

describe('the kinds of key', () => {
  test.each([
    ['Cryptographic operations (symmetric) request rate', ['symmetric', 'hmac']],
    ['Cryptographic operations (RSA) request rate', ['rsa']],
    ['Cryptographic operations (ECC and SM2) request rate', ['ecc', 'ed25519', 'sm2']],
    ['Cryptographic operations (ML-DSA) request rate', ['ml-dsa']],
    ['Cryptographic operations (ML-KEM) request rate', ['ml-kem']],
  ])('%s is shared by %j', (quota, families) => {
    const specs = Object.entries(quotaOfKeySpec).filter(([, one]) => one === quota);
    const found = new Set(specs.map(([spec]) => keySpecs[spec as keyof typeof keySpecs].family));
    expect(found).toEqual(new Set(families));
  });
});

test('two operations count in another Region as well', () => {
  const elsewhere = rules.flatMap(([operation, { elsewhere: one }]) => (one ? [[operation, one]] : []));
  expect(Object.fromEntries(elsewhere)).toEqual({
    ReplicateKey: { quota: 'CreateKey request rate', region: 'ReplicaRegion', cost: 2 },
    UpdatePrimaryRegion: { quota: 'UpdatePrimaryRegion request rate', region: 'PrimaryRegion', cost: 1 },
  });
});
