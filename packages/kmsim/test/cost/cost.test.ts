// What a run costs: months of keys, requests by class, HSMs, and what is free.

import type { CloudTrailRecord } from '@kmsim/kms';
import { describe, expect, test } from 'vitest';
import { costOf } from '../../src/cost/cost.ts';
import type { CostOptions } from '../../src/cost/cost-options.ts';
import type { PricedItem } from '../../src/cost/prices.ts';
import type { CostReport } from '../../src/index.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';
import {
  account,
  created,
  event,
  inventory,
  keyArn,
  keyRecord,
  repeated,
  serviceEvent,
  times,
} from '../trail-records.ts';

const key = keyArn(1);
const january = '2026-01-01T00:00:00Z';

function cost(until: string, events: readonly CloudTrailRecord[], options: CostOptions = {}): CostReport {
  return costOf({ events, inventory: inventory(until) }, account, options);
}

function amountOf(report: CostReport, item: PricedItem): number {
  const lines = report.months.flatMap(({ lines }) => lines).filter((line) => line.item === item);
  return lines.reduce((sum, { amount = 0 }) => sum + amount, 0);
}

describe('keys', () => {
  test('cost a dollar a month', () => {
    const report = cost('2026-03-01T00:00:00Z', [created(key, january)]);
    expect(report.months.map(({ lines, month }) => [month, lines[0]?.quantity, lines[0]?.amount])).toEqual([
      ['2026-01', 1, 1],
      ['2026-02', 1, 1],
    ]);
  });

  test('cost by the hour, and an hour that has begun is one', () => {
    expect(amountOf(cost('2026-01-01T12:30:00Z', [created(key, january)]), 'key')).toBeCloseTo(13 / 744, 10);
  });

  test('of all specs and Regions cost the same, each replica for itself', () => {
    const keys = [keyArn(1), keyArn(1, 'eu-west-1'), keyArn(2)];
    const report = cost('2026-02-01T00:00:00Z', [
      created(keys[0] ?? '', january),
      created(keys[1] ?? '', january),
      created(keys[2] ?? '', january, 'RSA_4096'),
    ]);
    expect(amountOf(report, 'key')).toBe(3);
  });

  test('cost nothing from the day on which their deletion is scheduled', () => {
    const report = cost('2026-03-01T00:00:00Z', [
      created(key, january),
      event('ScheduleKeyDeletion', '2026-02-01T00:00:00Z', { keys: [key] }),
      serviceEvent('DeleteKey', '2026-02-08T00:00:00Z', key),
    ]);
    expect(amountOf(report, 'key')).toBe(1);
  });

  test('cost as though nothing had been scheduled when it is called off', () => {
    const report = cost('2026-03-01T00:00:00Z', [
      created(key, january),
      event('ScheduleKeyDeletion', '2026-01-10T00:00:00Z', { keys: [key] }),
      event('CancelKeyDeletion', '2026-02-05T00:00:00Z', { keys: [key] }),
    ]);
    expect(amountOf(report, 'key')).toBe(2);
  });

  test('a deletion that failed does not save anything', () => {
    const refused = event('ScheduleKeyDeletion', january, { keys: [key], errorCode: 'AccessDenied' });
    expect(amountOf(cost('2026-02-01T00:00:00Z', [created(key, january), refused]), 'key')).toBe(1);
  });

  test('of AWS cost nothing, and the requests with them do', () => {
    const report = costOf(
      {
        events: repeated(30_000, event('Decrypt', january, { keys: [key] })),
        inventory: inventory('2026-02-01T00:00:00Z', { keys: [keyRecord(key, january, { manager: 'AWS' })] }),
      },
      account,
    );
    expect(amountOf(report, 'key')).toBe(0);
    expect(amountOf(report, 'standard')).toBeCloseTo(0.03, 10);
  });

  test('that the trail does not know of are in the inventory', () => {
    const waiting = { deletion: { at: Date.parse('2026-03-02T00:00:00Z'), windowDays: 30 } };
    const keys = [keyRecord(keyArn(1), january), keyRecord(keyArn(2), january, waiting)];
    const report = costOf({ events: [], inventory: inventory('2026-02-01T00:00:00Z', { keys }) }, account);
    // The second waits since 31 January.
    expect(amountOf(report, 'key')).toBeCloseTo(1 + 30 / 31, 10);
  });
});

describe('rotation', () => {
  const rotated = (instants: readonly string[]) =>
    cost('2026-06-01T00:00:00Z', [created(key, january), ...instants.map((at) => serviceEvent('RotateKey', at, key))]);

  test('the first and the second cost a dollar a month each, the third nothing', () => {
    const firsts = ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z'];
    expect(rotated(firsts.slice(0, 1)).total).toBe(5 + 4);
    expect(rotated(firsts.slice(0, 2)).total).toBe(5 + 4 + 3);
    expect(rotated(firsts).total).toBe(5 + 4 + 3);
  });
});

describe('requests', () => {
  const standard = (count: number, extra = {}) => repeated(count, event('Encrypt', january, extra));

  test('20,000 a month are free, in all Regions together', () => {
    const events = [...standard(15_000), ...standard(15_000, { awsRegion: 'eu-west-1' })];
    const [month] = cost('2026-02-01T00:00:00Z', events).months;
    expect(month?.lines).toEqual([
      expect.objectContaining({ item: 'standard', quantity: 30_000, free: 20_000, price: 0.03, per: 10_000 }),
    ]);
    expect(month?.total).toBeCloseTo(0.03, 10);
  });

  test('every account has its own free requests, and the caller pays for the key of another', () => {
    const other = 'arn:aws:iam::444455556666:role/Other';
    const report = cost('2026-02-01T00:00:00Z', [...standard(20_000), ...standard(20_000, { by: other })]);
    expect(report.months.map(({ account: payer, total }) => [payer, total])).toEqual([
      [account, 0],
      ['444455556666', 0],
    ]);
  });

  test.each([
    ['Sign', 'RSA_2048', 'rsa2048', 0.03],
    ['Verify', 'RSA_4096', 'asymmetric', 0.15],
    ['Sign', 'ECC_NIST_P256', 'asymmetric', 0.15],
    ['Sign', 'ML_DSA_65', 'asymmetric', 0.15],
    ['GetPublicKey', 'ECC_NIST_P256', 'asymmetric', 0.15],
    ['Decrypt', 'RSA_2048', 'rsa2048', 0.03],
    ['GenerateMac', 'HMAC_256', 'standard', 0],
    ['DescribeKey', 'RSA_4096', 'standard', 0],
  ] as const)('10,000 of %s with %s: %s, %d', (operation, spec, item, amount) => {
    const calls = repeated(10_000, event(operation, january, { keys: [key] }));
    const report = cost('2026-01-02T00:00:00Z', [created(key, january, spec), ...calls]);
    expect(amountOf(report, item)).toBeCloseTo(amount, 10);
    expect(report.total).toBeCloseTo(amount + amountOf(report, 'key'), 10);
  });

  test.each([
    ['RSA_2048', 'rsaPair', 12],
    ['ECC_NIST_P256', 'eccPair', 0.1],
    ['SM2', 'eccPair', 0.1],
  ] as const)('10,000 data key pairs of %s: %s, %d', (keyPairSpec, item, amount) => {
    const calls = repeated(10_000, event('GenerateDataKeyPair', january, { requestParameters: { keyPairSpec } }));
    expect(amountOf(cost('2026-01-02T00:00:00Z', calls), item)).toBeCloseTo(amount, 10);
  });

  test('with a key of which nothing is known go by their algorithm', () => {
    const calls = repeated(
      10_000,
      event('Sign', january, { requestParameters: { signingAlgorithm: 'ECDSA_SHA_256' } }),
    );
    expect(cost('2026-01-02T00:00:00Z', calls).total).toBeCloseTo(0.15, 10);
  });

  test.each([
    ['what the service does by itself', serviceEvent('RotateKey', january, key)],
    ['a throttled call', event('Encrypt', january, { errorCode: 'ThrottlingException' })],
    ['a call of KMS for the caller', event('CreateKey', january, { via: 'kms.amazonaws.com' })],
    ['the copy of the owner', event('Encrypt', january, { sharedEventID: 'x', recipientAccountId: '444455556666' })],
  ])('%s is none', (_, one) => {
    expect(cost('2026-01-02T00:00:00Z', [one]).months).toEqual([]);
  });

  test('a dry run and a denial are requests', () => {
    const calls = ['DryRunOperationException', 'AccessDenied'].map((errorCode) =>
      event('Encrypt', january, { errorCode }),
    );
    expect(cost('2026-01-02T00:00:00Z', calls).months[0]?.lines[0]?.quantity).toBe(2);
  });
});

describe('where and when', () => {
  test('only what is in the time that is asked for', () => {
    const events = [created(key, january), ...times(3, '2026-02-10T00:00:00Z', 60, (at) => event('Encrypt', at))];
    const report = cost('2026-04-01T00:00:00Z', events, {
      from: '2026-02-10T00:00:30Z',
      until: '2026-02-10T00:01:30Z',
    });
    expect(
      report.months.map(({ lines, month }) => [month, lines.map(({ item, quantity }) => [item, quantity])]),
    ).toEqual([
      [
        '2026-02',
        [
          ['key', 1 / 672],
          ['standard', 1],
        ],
      ],
    ]);
  });

  test('China has prices of its own, which are not known until they are given', () => {
    const one = created(keyArn(1, 'cn-north-1').replace('arn:aws:', 'arn:aws-cn:'), january);
    const unknown = cost('2026-02-01T00:00:00Z', [one]);
    expect(unknown.months[0]).toMatchObject({
      currency: 'CNY',
      partition: 'aws-cn',
      total: 0,
      lines: [{ quantity: 1 }, { quantity: 1 }],
    });
    expect(unknown.months[0]?.lines[0]?.amount).toBeUndefined();
    expect(unknown.notes).toEqual(['no price is known for keys in aws-cn', 'no price is known for requests in aws-cn']);
    expect(`${unknown}`).toContain('price not known');
    expect(cost('2026-02-01T00:00:00Z', [one], { prices: { key: 7 } }).totals).toEqual({ CNY: 7 });
  });
});

describe('AWS CloudHSM', () => {
  test('by the hour of each HSM, with the price that is given', () => {
    const clusters = [{ id: 'cluster-1234567890a', hsms: 3, from: '2026-01-31T00:00:00Z' }];
    const report = cost('2026-02-02T00:00:00Z', [], { from: january, clusters, prices: { hsm: 2 } });
    expect(report.months.map(({ month, total }) => [month, total])).toEqual([
      ['2026-01', 3 * 24 * 2],
      ['2026-02', 3 * 24 * 2],
    ]);
    expect(report.notes).toEqual([]);
  });

  test('two for a cluster that the trail names, and a note that says so and that the price is not verified', () => {
    const connect = event('ConnectCustomKeyStore', january, { additionalEventData: { clusterId: 'cluster-abc' } });
    const report = cost('2026-01-01T10:00:00Z', [connect]);
    expect(report.months[0]?.lines.find(({ item }) => item === 'hsm')?.quantity).toBe(20);
    expect(report.notes).toEqual([
      'the price for AWS CloudHSM could not be verified (https://aws.amazon.com/cloudhsm/pricing/)',
      'cluster-abc was counted with two HSMs',
    ]);
  });
});

test('by tag: keys and requests with their share of what is free, and the rest', () => {
  const tagged = (arn: string, team: string) =>
    created(arn, january, 'SYMMETRIC_DEFAULT', { tags: [{ tagKey: 'team', tagValue: team }] });
  const report = cost('2026-02-01T00:00:00Z', [
    tagged(keyArn(1), 'orders'),
    tagged(keyArn(2), 'billing'),
    ...repeated(60_000, event('Encrypt', january, { keys: [keyArn(1)] })),
    ...repeated(20_000, event('ListKeys', january, { keys: [] })),
  ]);
  const shares = report.byTag('team');
  expect(shares.map(({ keys, requests, value }) => [value, keys, requests])).toEqual([
    // CreateKey is a request, too.
    ['orders', 1, 60_001],
    ['billing', 1, 1],
    [undefined, 0, 20_000],
  ]);
  expect(shares.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(report.total, 10);
  expect(shares[0]?.amount).toBeCloseTo(1 + (60_001 * 0.03 * (60_002 / 80_002)) / 10_000, 10);
});

test('as text: a table for each month, and what it adds up to', () => {
  const report = cost('2026-03-01T00:00:00Z', [
    created(key, january),
    ...repeated(30_000, event('Encrypt', january, { keys: [key] })),
  ]);
  expect(`${report}`.split('\n')).toEqual([
    'AWS KMS, prices of 2026-06 (https://aws.amazon.com/kms/pricing/)',
    '2026-01, account 111122223333, USD',
    '  keys      1 key-months                   1.00 each          1.00',
    '  requests  30,001 requests (20,000 free)  0.03 per 10,000  0.0300',
    '  total                                                       1.03',
    '2026-02, account 111122223333, USD',
    '  keys   1 key-months  1.00 each  1.00',
    '  total                           1.00',
    'together 2.03 USD',
  ]);
});

describe('mistakes', () => {
  test.each<[object, RegExp]>([
    [{ prices: { keys: 1 } }, /there is no price "keys"/],
    [{ prices: { key: -1 } }, /the price key is an amount from 0, not -1/],
    [{ prices: { key: Number.NaN } }, /not NaN/],
    [{ form: january }, /Did you mean from\?/],
    [{ from: '2026-02-01', until: '2026-01-01' }, /until is before from/],
    [{ clusters: [{ id: 'cluster-a', hsms: 0 }] }, /clusters is a list of clusters/],
    [{ dataKeyCache: { maxMessages: 0 } }, /maxMessages is a whole number from 1/],
  ])('%j', (options, message) => {
    expect(kmsimErrorOf(() => cost(january, [], options))).toMatchObject({
      code: 'InvalidOption',
      problem: expect.stringMatching(message),
    });
  });

  test('a time that is none', () => {
    expect(kmsimErrorOf(() => cost(january, [], { bucketKeyAge: 'soon' })).code).toBe('InvalidDuration');
    expect(kmsimErrorOf(() => cost(january, [], { from: 'soon' })).code).toBe('InvalidInstant');
  });
});
