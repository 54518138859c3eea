// What was used of quotas, as data.

import { describe, expect, test } from 'vitest';
import { quotaUsage } from '../../src/quotas/usage.ts';
import { quotaRemedies } from '../../src/tables/quota-remedies.ts';
import { abroad, administratorOf, caller, home, ours, stranger, TestEngine, theirs } from '../engine.ts';

describe('the rows', () => {
  const engine = new TestEngine();
  engine.kms.setQuotas({ mode: 'meter', limits: [{ quota: 'ListKeys request rate', limit: 0.5 }] });
  engine.createKey({}, stranger);
  engine.call('ListKeys', {}, caller(administratorOf(ours), abroad));
  for (let n = 0; n < 3; n++) engine.call('ListKeys', {});
  engine.call('GenerateRandom', { NumberOfBytes: 1 });
  const rows = quotaUsage(engine.kms.throttler);

  test('stand in the order of the tables, then by account and Region', () => {
    expect(rows.map(({ account, quota, region }) => [quota, account, region])).toEqual([
      ['Cryptographic operations (symmetric) request rate', ours, home],
      ['ListKeys request rate', ours, abroad],
      ['ListKeys request rate', ours, home],
      ['CreateKey request rate', theirs, home],
      ['AWS KMS keys', theirs, home],
    ]);
  });

  test('say what was used, what is allowed and what helps', () => {
    expect(rows[2]).toEqual({
      quota: 'ListKeys request rate',
      kind: 'requests',
      account: ours,
      region: home,
      limit: 0.5,
      calls: 3,
      throttled: 2,
      peak: 3,
      remedy: quotaRemedies.reading,
    });
  });
});

test('a limit that nobody publishes says so, until somebody sets it', () => {
  const engine = new TestEngine();
  const { KeyId } = engine.createKey();
  const state = () => quotaUsage(engine.kms.throttler).find(({ of }) => of !== undefined);
  engine.kms.setQuotas({ mode: 'meter', limits: [] });
  engine.call('DisableKey', { KeyId });
  expect(state()).toMatchObject({ suggested: true, limit: 2 });
  engine.kms.setQuotas({ mode: 'meter', limits: [{ quota: 'State changes of one KMS key request rate', limit: 3 }] });
  expect(state()).toMatchObject({ limit: 3 });
  expect(state()).not.toHaveProperty('suggested');
});
