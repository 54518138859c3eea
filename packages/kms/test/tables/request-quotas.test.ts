// Request quotas against the published page, and against the collected facts where they lie beside the project.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { quotaRemedies } from '../../src/tables/quota-remedies.ts';
import { regionNames } from '../../src/tables/regions.ts';
import { placeOfQuota, requestQuotas } from '../../src/tables/request-quotas.ts';
import { requestRules } from '../../src/tables/request-rules.ts';

// https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html in 2026: the rows of its table by their value.
const published: Readonly<Record<string, readonly string[]>> = {
  10000: ['Cryptographic operations (symmetric)'],
  2000: ['DescribeKey', 'GetPublicKey', 'ListResourceTags'],
  1000: [
    'Cryptographic operations (RSA)',
    'Cryptographic operations (ML-DSA)',
    'Cryptographic operations (ECC and SM2)',
    'GetKeyPolicy',
    'GetKeyRotationStatus',
  ],
  500: ['ListAliases', 'ListKeys'],
  100: [
    'GenerateDataKeyPair (ECC_NIST_P256)',
    'GenerateDataKeyPair (ECC_NIST_P384)',
    'GenerateDataKeyPair (ECC_NIST_P521)',
    'GenerateDataKeyPair (ECC_SECG_P256K1)',
    'GenerateDataKeyPair (ECC_NIST_EDWARDS25519)',
    'ListGrants',
    'ListKeyPolicies',
    'ListKeyRotations',
    'ListRetirableGrants',
  ],
  50: ['CreateGrant', 'RetireGrant', 'RevokeGrant'],
  25: ['GenerateDataKeyPair (SM2 — China Regions only)'],
  20: ['GenerateDataKeyPair (RSA_2048)'],
  15: [
    'DeleteAlias',
    'DeleteImportedKeyMaterial',
    'EnableKeyRotation',
    'ImportKeyMaterial',
    'PutKeyPolicy',
    'ScheduleKeyDeletion',
  ],
  10: ['TagResource'],
  5: [
    'CancelKeyDeletion',
    'ConnectCustomKeyStore',
    'CreateAlias',
    'CreateCustomKeyStore',
    'CreateKey',
    'DeleteCustomKeyStore',
    'DescribeCustomKeyStores',
    'DisableKey',
    'DisableKeyRotation',
    'DisconnectCustomKeyStore',
    'EnableKey',
    'GetKeyLastUsage',
    'ReplicateKey',
    'RotateKeyOnDemand',
    'UntagResource',
    'UpdateAlias',
    'UpdateCustomKeyStore',
    'UpdateKeyDescription',
    'UpdatePrimaryRegion',
  ],
  4: ['GenerateDataKeyPair (RSA_3072)'],
  1: ['GenerateDataKeyPair (RSA_4096)', 'GetParametersForImport'],
};

describe('the published page', () => {
  const rows = Object.entries(published).flatMap(([value, names]) =>
    names.map((name) => [name, Number(value)] as const),
  );

  test('has each row that no suggestion of ours is, and nothing else', () => {
    const ours = requestQuotas.filter(({ of, suggested }) => !suggested && of === undefined);
    expect(new Map(ours.map(({ name, perSecond }) => [name, perSecond]))).toEqual(
      new Map(rows.map(([name, perSecond]) => [`${name} request rate`, perSecond])),
    );
  });

  test('gives some Regions others', () => {
    const inRegions = Object.fromEntries(
      requestQuotas.flatMap(({ name, perRegion }) => (perRegion ? [[name, perRegion]] : [])),
    );
    const large = { 'us-east-1': 100_000, 'us-west-2': 100_000, 'eu-west-1': 100_000 };
    const middle = ['us-east-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1', 'eu-central-1', 'eu-west-2'];
    const china = (rate: number) => ({ 'cn-north-1': rate, 'cn-northwest-1': rate });
    expect(inRegions).toEqual({
      'Cryptographic operations (symmetric) request rate': {
        ...large,
        ...Object.fromEntries(middle.map((region) => [region, 20_000])),
      },
      'GenerateDataKeyPair (RSA_2048) request rate': china(1),
      'GenerateDataKeyPair (RSA_3072) request rate': china(0.5),
      'GenerateDataKeyPair (RSA_4096) request rate': china(0.1),
    });
    for (const rates of Object.values(inRegions))
      expect(regionNames).toEqual(expect.arrayContaining(Object.keys(rates)));
  });

  test('gives a custom key store 1,800', () => {
    expect(requestQuotas.find(({ of }) => of === 'key store')).toMatchObject({
      name: 'Custom key store request quota',
      perSecond: 1_800,
    });
  });
});

test('every name leads to one row, and every row has a remedy', () => {
  const names = requestQuotas.flatMap(({ formerly = [], name }) => [name, ...formerly]);
  expect(new Set(names).size).toBe(names.length);
  for (const [at, { formerly = [], name, remedy }] of requestQuotas.entries()) {
    for (const one of [name, ...formerly]) expect(placeOfQuota(one)).toBe(at);
    expect(quotaRemedies[remedy]).toMatch(/\.$/);
  }
  expect(placeOfQuota('constructor')).toBeUndefined();
});

const facts = new URL('../../../../../shared/facts/quotas.json', import.meta.url);

interface Fact {
  readonly name: string;
  readonly operations?: readonly string[];
  readonly defaultPerSecond?: number | null;
  readonly newest?: { readonly defaultPerSecond: number; readonly perRegion: Readonly<Record<string, number>> };
  readonly newer?: { readonly defaultPerSecond: number };
}

describe.skipIf(!existsSync(facts))('the collected facts (skipped without ../shared beside the project)', () => {
  const { requestQuotas: told } = (existsSync(facts) ? JSON.parse(readFileSync(facts, 'utf8')) : {}) as {
    requestQuotas: Record<'shared' | 'dataKeyPairs' | 'perOperation', Fact[]> & { customKeyStore: Fact };
  };
  const all =
    told === undefined ? [] : [...told.shared, ...told.dataKeyPairs, ...told.perOperation, told.customKeyStore];

  test('have every row here, with the newest value, the one of 2023, or none', () => {
    for (const { defaultPerSecond, name, newer, newest } of all) {
      const row = requestQuotas[placeOfQuota(name) ?? -1];
      if (row === undefined) expect.fail(`${name} is missing`);
      if (newest !== undefined)
        expect(row).toMatchObject({ perSecond: newest.defaultPerSecond, perRegion: newest.perRegion });
      const values = [newest?.defaultPerSecond, newer?.defaultPerSecond, defaultPerSecond].filter((one) => one != null);
      const ours = [row.perSecond, row.in2023, row.perRegion?.['cn-north-1']];
      for (const value of values) expect(ours, name).toContain(value);
    }
  });

  test('have no row that is not here, and the other way round', () => {
    const places = new Set(all.map(({ name }) => placeOfQuota(name)));
    const more = requestQuotas.filter((_, at) => !places.has(at)).map(({ name }) => name);
    // What the guide describes and does not number.
    expect(more).toEqual(['State changes of one KMS key request rate']);
    // ECC and SM2 are one row by now.
    expect(requestQuotas).toHaveLength(all.length - 1 + more.length);
  });

  test('have every operation on exactly one of our rules', () => {
    const operations = new Set(all.flatMap((fact) => fact.operations ?? []));
    expect(operations).toEqual(new Set(Object.keys(requestRules)));
  });
});
