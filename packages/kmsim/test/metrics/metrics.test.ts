// What CloudWatch would show of a run.

import type { CloudTrailRecord } from '@kmsim/kms';
import { describe, expect, test } from 'vitest';
import type { Inventory } from '../../src/analysis/inventory.ts';
import { type MetricsOptions, metricsOf } from '../../src/metrics/metrics.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';
import { account, created, event, inventory, keyArn, keyRecord, serviceEvent, times } from '../trail-records.ts';

const key = keyArn(1);
const start = '2026-01-01T00:00:00Z';
const later = '2026-01-01T01:00:00Z';

function metrics(
  events: readonly CloudTrailRecord[],
  options: MetricsOptions = {},
  world: Inventory = inventory(later),
) {
  return metricsOf({ events, inventory: world }, options);
}

describe('CallCount', () => {
  test('as CloudWatch has it: by quota and minute', () => {
    const events = [
      ...times(90, start, 1, (at) => event('Encrypt', at)),
      event('ListKeys', '2026-01-01T00:30:10Z', { keys: [] }),
    ];
    expect(metrics(events, { name: 'CallCount' })).toEqual([
      {
        Namespace: 'AWS/Usage',
        MetricName: 'CallCount',
        Dimensions: [
          { Name: 'Class', Value: 'None' },
          { Name: 'Resource', Value: 'CryptographicOperationsSymmetric' },
          { Name: 'Service', Value: 'KMS' },
          { Name: 'Type', Value: 'API' },
        ],
        Stat: 'Sum',
        Unit: 'None',
        Period: 60,
        Timestamps: ['2026-01-01T00:00:00.000Z', '2026-01-01T00:01:00.000Z'],
        Values: [60, 30],
        AccountId: account,
        Region: 'us-east-1',
      },
      expect.objectContaining({ Timestamps: ['2026-01-01T00:30:00.000Z'], Values: [1] }),
    ]);
  });

  test.each([
    ['Encrypt', 'SYMMETRIC_DEFAULT', {}, 'CryptographicOperationsSymmetric'],
    ['GenerateMac', 'HMAC_256', {}, 'CryptographicOperationsSymmetric'],
    ['Sign', 'RSA_2048', {}, 'CryptographicOperationsRsa'],
    ['Sign', 'ECC_NIST_P256', {}, 'CryptographicOperationsEcc'],
    ['Sign', undefined, { signingAlgorithm: 'ECDSA_SHA_256' }, 'CryptographicOperationsEcc'],
    ['GenerateRandom', undefined, {}, 'CryptographicOperationsSymmetric'],
    ['GenerateDataKeyPair', undefined, { keyPairSpec: 'RSA_2048' }, 'GenerateDataKeyPair-RSA_2048'],
    ['DescribeKey', 'RSA_2048', {}, 'DescribeKey'],
  ])('%s with %s %j counts for %s', (operation, spec, requestParameters, Resource) => {
    const calls = [
      ...(spec === undefined ? [] : [created(key, start, spec)]),
      event(operation, '2026-01-01T00:10:00Z', { requestParameters }),
    ];
    const found = metrics(calls, { name: 'CallCount', dimensions: { Resource } });
    expect(found.map(({ Values }) => Values)).toEqual([[1]]);
  });

  test('counts for the account that calls, in the Region of the call, once', () => {
    const other = 'arn:aws:iam::444455556666:role/Other';
    const call = event('Encrypt', start, { by: other, awsRegion: 'eu-west-1', sharedEventID: 's' });
    const found = metrics([call, { ...call, recipientAccountId: account }], { name: 'CallCount' });
    expect(found.map(({ AccountId, Region, Values }) => [AccountId, Region, Values])).toEqual([
      ['444455556666', 'eu-west-1', [1]],
    ]);
  });

  test('has neither throttled calls nor what the service does by itself', () => {
    const events = [
      event('Encrypt', start, { errorCode: 'ThrottlingException' }),
      serviceEvent('RotateKey', start, key),
    ];
    expect(metrics(events, { name: 'CallCount' })).toEqual([]);
  });
});

test('SuccessfulRequest counts the successful use of each key, for its owner', () => {
  const events = [
    event('ReEncrypt', start, { keys: [key, keyArn(2)] }),
    event('Decrypt', start, { errorCode: 'AccessDenied' }),
    event('DescribeKey', start),
  ];
  const found = metrics(events, { name: 'SuccessfulRequest' });
  expect(found.map(({ Dimensions, Values }) => [Dimensions[0]?.Value, Dimensions[1]?.Value, Values])).toEqual([
    [key, 'ReEncrypt', [1]],
    [keyArn(2), 'ReEncrypt', [1]],
  ]);
});

test('errors and throttles by operation', () => {
  const events = [
    event('Decrypt', start, { errorCode: 'AccessDenied' }),
    event('Decrypt', start, { errorCode: 'AccessDenied' }),
    event('Decrypt', start, { errorCode: 'ThrottlingException' }),
  ];
  expect(metrics(events, { name: 'Errors', dimensions: { ErrorCode: 'AccessDenied' } })).toMatchObject([
    { Values: [2] },
  ]);
  expect(metrics(events, { name: 'Throttles', dimensions: { Operation: 'Decrypt' } })).toMatchObject([{ Values: [1] }]);
  expect(metrics(events, { name: 'Errors' })).toHaveLength(1);
});

describe('SecondsUntilKeyMaterialExpiration', () => {
  const name = 'SecondsUntilKeyMaterialExpiration';
  const imported = (at: string, validTo: string, keyMaterialId = 'a') =>
    event('ImportKeyMaterial', at, {
      requestParameters: { validTo, expirationModel: 'KEY_MATERIAL_EXPIRES' },
      responseElements: { keyMaterialId },
    });

  test('goes down period by period until the material expires', () => {
    const found = metrics([imported(start, 'Jan 1, 2026, 12:10:00 AM')], { name, period: '5 minutes' });
    expect(found).toMatchObject([
      {
        Namespace: 'AWS/KMS',
        Dimensions: [{ Name: 'KeyId', Value: key.split('/')[1] }],
        Unit: 'Seconds',
        Stat: 'Minimum',
        Values: [600, 300, 0],
        Timestamps: ['2026-01-01T00:00:00.000Z', '2026-01-01T00:05:00.000Z', '2026-01-01T00:10:00.000Z'],
      },
    ]);
  });

  test('ends when the material is deleted, and begins anew when it comes again', () => {
    const events = [
      imported(start, 'Jan 1, 2026, 1:00:00 AM'),
      event('DeleteImportedKeyMaterial', '2026-01-01T00:10:00Z', { responseElements: { keyMaterialId: 'a' } }),
      imported('2026-01-01T00:20:00Z', 'Jan 1, 2026, 2:20:00 AM'),
    ];
    const [found] = metrics(events, { name, period: '10 minutes' });
    expect(found?.Values).toEqual([3600, 3000, 7200, 6600, 6000, 5400, 4800]);
  });

  test('of several materials the one that expires first counts', () => {
    const events = [imported(start, 'Jan 2, 2026, 12:00:00 AM'), imported(start, 'Jan 1, 2026, 6:00:00 PM', 'b')];
    expect(metrics(events, { name, period: '1 hour' })[0]?.Values[0]).toBe(18 * 3600);
  });

  test('of material that the trail does not know is known now', () => {
    const expiresAt = Date.parse('2026-01-01T03:00:00Z');
    const materials = [{ id: 'a', rotation: undefined, imported: { isHere: true, expiresAt } }];
    const keys = [keyRecord(key, start, { origin: 'EXTERNAL', materials })];
    expect(metrics([], { name }, inventory(later, { keys }))).toMatchObject([
      { Values: [7200], Timestamps: ['2026-01-01T01:00:00.000Z'] },
    ]);
  });
});

describe('periods', () => {
  test.each([
    ['2026-01-10T00:00:00Z', 60],
    ['2026-02-10T00:00:00Z', 300],
    ['2026-12-10T00:00:00Z', 3_600],
    ['2028-12-10T00:00:00Z', 86_400],
  ])('until %s: %d seconds, as CloudWatch keeps them', (until, period) => {
    expect(metrics([event('Encrypt', start)], { until, name: 'CallCount' })[0]?.Period).toBe(period);
  });

  test('only those that are asked for', () => {
    const events = times(3, start, 600, (at) => event('Encrypt', at));
    const asked = { name: 'CallCount', from: '2026-01-01T00:10:00Z', until: '2026-01-01T00:15:00Z' };
    expect(metrics(events, asked)).toMatchObject([{ Timestamps: ['2026-01-01T00:10:00.000Z'] }]);
  });
});

describe('mistakes', () => {
  test.each<[object, RegExp]>([
    [{ name: 'CallCounts' }, /Did you mean CallCount\?/],
    [{ period: '90 seconds' }, /whole minutes/],
    [{ period: '10 seconds' }, /whole minutes/],
    [{ period: '1 minute', until: '2027-01-01' }, /more than 100800 periods/],
    [{ until: '2025-01-01', from: '2026-01-01' }, /until is before from/],
    [{ names: 'x' }, /Did you mean name\?/],
    [{ dimensions: { Operation: 1 } }, /an object of strings/],
  ])('%j', (options, message) => {
    expect(kmsimErrorOf(() => metrics([event('Encrypt', start)], options))).toMatchObject({
      code: 'InvalidOption',
      problem: expect.stringMatching(message),
    });
  });
});
