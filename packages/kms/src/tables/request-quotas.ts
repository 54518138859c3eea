// Request quotas: how many requests a second an account may make in a Region.
// https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html, read in 2026; `in2023` is what the same page said then.

import type { QuotaRemedy } from './quota-remedies.ts';

export interface RequestQuotaRow {
  /** As Service Quotas has it. */
  readonly name: string;
  readonly perSecond: number;
  /** Regions where it is another. */
  readonly perRegion?: Readonly<Record<string, number>>;
  /** At once; a second's worth where it is absent. */
  readonly burst?: number;
  /** The year of the value. */
  readonly year: 2026;
  readonly in2023?: number;
  /** No page has the value: it is this simulation's. */
  readonly suggested?: true;
  /** Other names of the same quota, in older pages. */
  readonly formerly?: readonly string[];
  /** Of every custom key store, or of every key, instead of every account. */
  readonly of?: 'key store' | 'key';
  readonly remedy: QuotaRemedy;
}

type Extra = Partial<Omit<RequestQuotaRow, 'name' | 'perSecond' | 'year'>>;

function shared(kind: string, perSecond: number, extra: Extra = {}): RequestQuotaRow {
  return {
    name: `Cryptographic operations (${kind}) request rate`,
    perSecond,
    year: 2026,
    remedy: 'asymmetric',
    ...extra,
  };
}

function keyPairs(spec: string, perSecond: number, extra: Extra = {}): RequestQuotaRow {
  return { name: `GenerateDataKeyPair (${spec}) request rate`, perSecond, year: 2026, remedy: 'keyPairs', ...extra };
}

function own(remedy: QuotaRemedy, perSecond: number, ...operations: readonly (string | [string, Extra])[]) {
  return operations.map((one): RequestQuotaRow => {
    const [operation, extra] = typeof one === 'string' ? [one, {}] : one;
    return { name: `${operation} request rate`, perSecond, year: 2026, remedy, ...extra };
  });
}

const inChina = (perSecond: number): Readonly<Record<string, number>> => ({
  'cn-north-1': perSecond,
  'cn-northwest-1': perSecond,
});
const was = (operation: string, in2023: number): [string, Extra] => [operation, { in2023 }];

export const symmetricQuota = 'Cryptographic operations (symmetric) request rate';
export const keyStoreQuota = 'Custom key store request quota';
export const hotKeyQuota = 'State changes of one KMS key request rate';

export const requestQuotas: readonly RequestQuotaRow[] = [
  shared('symmetric', 10_000, {
    perRegion: {
      'us-east-1': 100_000,
      'us-west-2': 100_000,
      'eu-west-1': 100_000,
      'us-east-2': 20_000,
      'ap-southeast-1': 20_000,
      'ap-southeast-2': 20_000,
      'ap-northeast-1': 20_000,
      'eu-central-1': 20_000,
      'eu-west-2': 20_000,
    },
    in2023: 5_500,
    remedy: 'symmetric',
  }),
  shared('RSA', 1_000, { in2023: 500 }),
  shared('ECC and SM2', 1_000, {
    in2023: 300,
    formerly: ['Cryptographic operations (ECC) request rate', 'Cryptographic operations (SM) request rate'],
  }),
  shared('ML-DSA', 1_000),
  // The page does not have ML-KEM.
  shared('ML-KEM', 500, { suggested: true }),
  keyPairs('ECC_NIST_P256', 100, { in2023: 25 }),
  keyPairs('ECC_NIST_P384', 100, { in2023: 10 }),
  keyPairs('ECC_NIST_P521', 100, { in2023: 5 }),
  keyPairs('ECC_SECG_P256K1', 100, { in2023: 25 }),
  keyPairs('ECC_NIST_EDWARDS25519', 100),
  keyPairs('RSA_2048', 20, { perRegion: inChina(1), in2023: 1 }),
  keyPairs('RSA_3072', 4, { perRegion: inChina(0.5), in2023: 0.5 }),
  keyPairs('RSA_4096', 1, { perRegion: inChina(0.1), in2023: 0.1 }),
  keyPairs('SM2 — China Regions only', 25, { formerly: ['GenerateDataKeyPair (SM2) request rate'] }),
  ...['ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024'].map((spec) => keyPairs(spec, 25, { suggested: true })),
  ...own('reading', 2_000, 'DescribeKey', 'GetPublicKey', 'ListResourceTags'),
  ...own('reading', 1_000, 'GetKeyPolicy', 'GetKeyRotationStatus'),
  ...own('reading', 500, 'ListAliases', 'ListKeys'),
  ...own('reading', 100, 'ListGrants', 'ListKeyPolicies', 'ListKeyRotations', 'ListRetirableGrants'),
  ...own('reading', 5, 'DescribeCustomKeyStores', 'GetKeyLastUsage'),
  ...own('managing', 50, 'CreateGrant', was('RetireGrant', 30), was('RevokeGrant', 30)),
  ...own('managing', 15, 'DeleteAlias', 'EnableKeyRotation', 'PutKeyPolicy', 'ScheduleKeyDeletion'),
  ...own('managing', 15, was('DeleteImportedKeyMaterial', 5), was('ImportKeyMaterial', 5)),
  ...own('managing', 10, 'TagResource'),
  ...own('managing', 5, 'CancelKeyDeletion', 'CreateAlias', 'CreateKey', 'DisableKey', 'DisableKeyRotation'),
  ...own('managing', 5, 'EnableKey', 'ReplicateKey', 'RotateKeyOnDemand', 'UntagResource', 'UpdateAlias'),
  ...own('managing', 5, 'UpdateKeyDescription', 'UpdatePrimaryRegion'),
  ...own('managing', 5, 'ConnectCustomKeyStore', 'CreateCustomKeyStore', 'DeleteCustomKeyStore'),
  ...own('managing', 5, 'DisconnectCustomKeyStore', 'UpdateCustomKeyStore'),
  ...own('managing', 1, was('GetParametersForImport', 0.25)),
  { name: keyStoreQuota, perSecond: 1_800, year: 2026, of: 'key store', remedy: 'keyStore' },
  // https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html: a "hot key" is throttled below the quotas of EnableKey and
  // DisableKey. It has no name there and no number.
  { name: hotKeyQuota, perSecond: 2, burst: 5, year: 2026, suggested: true, of: 'key', remedy: 'hotKey' },
];

/** Where a row stands in the table, by its name and by those it had. */
const places: ReadonlyMap<string, number> = new Map(
  requestQuotas.flatMap(({ formerly = [], name }, at) => [name, ...formerly].map((one) => [one, at] as const)),
);

/** The place of a request quota in the table; undefined for the name of none. */
export function placeOfQuota(name: string): number | undefined {
  return places.get(name);
}
