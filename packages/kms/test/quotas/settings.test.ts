// Settings of quotas: which names there are, and which limit holds where.

import { describe, expect, test } from 'vitest';
import { findQuota, isQuotaSettings, limitFault, limitIn, noQuotas, quotaNames } from '../../src/quotas/settings.ts';

const quota = 'DescribeKey request rate';

test.each([
  [quota, { name: quota, kind: 'requests' }],
  [
    'Cryptographic operations (ECC) request rate',
    { name: 'Cryptographic operations (ECC and SM2) request rate', kind: 'requests' },
  ],
  ['AWS KMS keys', { name: 'AWS KMS keys', kind: 'things' }],
  // Fixed: nobody can change it.
  ['On-demand rotation', undefined],
  ['DescribeKey', undefined],
  ['toString', undefined],
])('the quota %s is %j', (name, found) => {
  expect(findQuota(name)).toEqual(found);
});

test('every name can be found, and there is none twice', () => {
  for (const name of quotaNames) expect(findQuota(name)?.name).toBe(name);
  expect(new Set(quotaNames).size).toBe(quotaNames.length);
});

test('things are counted in whole numbers, requests in any', () => {
  expect([limitFault('things', 2.5), limitFault('requests', 2.5)]).toEqual(['not whole', undefined]);
  expect([limitFault('things', 0), limitFault('requests', Number.NaN)]).toEqual(['not above zero', 'not a number']);
});

describe('the limit that holds', () => {
  const account = '111122223333';
  const limits = [
    { quota, limit: 1 },
    { quota, limit: 2, region: 'eu-west-1' },
    { quota, limit: 3, account },
    { quota, limit: 4, account, region: 'eu-west-1' },
    { quota: 'ListKeys request rate', limit: 5 },
    { quota, limit: 6, account: '444455556666' },
    { quota, limit: 7, account: '444455556666' },
  ];

  test.each([
    ['777788889999', 'us-east-1', 1],
    ['777788889999', 'eu-west-1', 2],
    [account, 'us-east-1', 3],
    [account, 'eu-west-1', 4],
    ['444455556666', 'eu-west-1', 7],
  ])('in %s, %s is the one that says most, and of those the last', (where, region, limit) => {
    expect(limitIn(limits, quota, where, region)).toBe(limit);
    expect(limitIn([...limits].reverse(), quota, where, region)).toBe(limit === 7 ? 6 : limit);
  });

  test('is none where nothing is set', () => {
    expect(limitIn(limits, 'ListAliases request rate', account, 'eu-west-1')).toBeUndefined();
  });
});

describe('settings out of a file', () => {
  test.each([
    noQuotas,
    { mode: 'enforce', limits: [{ quota, limit: 0.1 }] },
    { mode: 'meter', limits: [{ quota: 'AWS KMS keys', limit: 3, account: '111122223333', region: 'us-east-1' }] },
  ])('%j are some', (value) => {
    expect(isQuotaSettings(value)).toBe(true);
  });

  test.each([
    undefined,
    null,
    {},
    { mode: 'on', limits: [] },
    { mode: 'meter' },
    { mode: 'meter', limits: [{ quota: 'x', limit: 1 }] },
    { mode: 'meter', limits: [{ quota, limit: 0 }] },
    { mode: 'meter', limits: [{ quota, limit: '1' }] },
    { mode: 'meter', limits: [{ quota: 'AWS KMS keys', limit: 1.5 }] },
    { mode: 'meter', limits: [{ quota, limit: 1, region: 5 }] },
    { mode: 'meter', limits: [null] },
  ])('%j are none', (value) => {
    expect(isQuotaSettings(value)).toBe(false);
  });
});
