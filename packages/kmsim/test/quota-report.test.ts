// The report on quotas as people read it.

import { inspect } from 'node:util';
import type { QuotaUsage } from '@kmsim/kms';
import { expect, test } from 'vitest';
import { QuotaReport } from '../src/quota-report.ts';

const row: QuotaUsage = {
  quota: 'GenerateDataKeyPair (RSA_4096) request rate',
  kind: 'requests',
  account: '111122223333',
  region: 'cn-north-1',
  limit: 0.1,
  calls: 1_234_567,
  throttled: 1_000,
  peak: 12,
  remedy: 'Do less.',
};
const things: QuotaUsage = {
  ...row,
  quota: 'Grants per KMS key',
  kind: 'things',
  of: 'arn:aws:kms:us-east-1:111122223333:key/k',
  limit: 50_000,
  calls: 50_001,
  throttled: 1,
  peak: 50_001,
};
const spare: QuotaUsage = { ...row, quota: 'ListKeys request rate', limit: 500, throttled: 0, calls: 3, peak: 3 };

test('says of each quota that was not enough what happened and what helps', () => {
  const report = new QuotaReport('meter', [spare, row, things]);
  expect(report.exceeded).toEqual([row, things]);
  expect(`${report}`).toBe(`GenerateDataKeyPair (RSA_4096) request rate (111122223333, cn-north-1)
  Let through; production would refuse 1,000 of 1,234,567: 12 in the busiest second, and 0.1 a second are allowed.
  Do less.
Grants per KMS key (111122223333, cn-north-1, arn:aws:kms:us-east-1:111122223333:key/k)
  Let through; production would refuse 1 of 50,001: 50,001 wanted, and 50,000 are allowed.
  Do less.`);
  expect(inspect(report)).toBe(report.toString());
});

test('tells what was refused from what would have been', () => {
  expect(`${new QuotaReport('enforce', [row])}`).toContain('  Refused 1,000 of 1,234,567');
});

test('says where the number is of the simulation alone', () => {
  expect(`${new QuotaReport('meter', [{ ...row, suggested: true }])}`).toContain(
    "0.1 a second are allowed. AWS publishes no number; this one is the simulation's.",
  );
});

test('names the quota that was nearest, where all were enough', () => {
  const nearer: QuotaUsage = { ...spare, quota: 'CreateKey request rate', limit: 5 };
  expect(`${new QuotaReport('meter', [spare, nearer])}`).toBe(
    'No request was too many. The nearest to its quota: CreateKey request rate, 3 in the busiest second, and 5 a second are allowed.',
  );
});

test('says that there is nothing to say', () => {
  expect(`${new QuotaReport('meter', [])}`).toBe('No request has counted on a quota.');
  expect(`${new QuotaReport('off', [])}`).toBe('Quotas are off: nobody counts.');
});
