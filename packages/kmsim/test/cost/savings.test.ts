// What caches would have saved, as far as the trail tells.

import type { CloudTrailRecord } from '@kmsim/kms';
import { describe, expect, test } from 'vitest';
import { costOf } from '../../src/cost/cost.ts';
import type { CostOptions } from '../../src/cost/cost-options.ts';
import { account, app, event, inventory, repeated, times } from '../trail-records.ts';

const january = '2026-01-01T00:00:00Z';

function cost(until: string, events: readonly CloudTrailRecord[], options: CostOptions = {}) {
  return costOf({ events, inventory: inventory(until) }, account, options);
}

describe('what caches would have saved', () => {
  const dataKey = (at: string, tenant: string, options = {}) =>
    event('GenerateDataKey', at, {
      requestParameters: { keySpec: 'AES_256', encryptionContext: { tenant } },
      ...options,
    });

  test('data key caching: one request for each caller, key, context and size in each age of the cache', () => {
    const events = [
      ...times(10, january, 60, (at) => dataKey(at, 'a')),
      ...times(10, january, 60, (at) => dataKey(at, 'b')),
    ];
    const ofCache = (options: CostOptions) =>
      cost('2026-02-01T00:00:00Z', events, options).savings.find(({ cache }) => cache === 'data key caching');
    // Two entries at once, which last for the minutes 0-4 and 5-9.
    expect(ofCache({})).toMatchObject({ requests: 20, saved: 16 });
    expect(ofCache({ dataKeyCache: { maxAge: '1 hour' } })).toMatchObject({ saved: 18 });
    expect(ofCache({ dataKeyCache: { maxAge: '1 hour', maxMessages: 5 } })).toMatchObject({ saved: 16 });
  });

  test('callers do not share what they cached', () => {
    const events = [dataKey(january, 'a'), dataKey(january, 'a', { by: `${app}2` })];
    expect(cost('2026-02-01T00:00:00Z', events).savings[0]).toMatchObject({ requests: 2, saved: 0 });
  });

  test('S3 Bucket Keys: one request for each requester and bucket', () => {
    const object = (at: string, name: string) =>
      event('GenerateDataKey', at, {
        via: 's3.amazonaws.com',
        requestParameters: { encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::${name}` } },
      });
    const events = [
      ...times(100, january, 1, (at) => object(at, 'orders/2026/1.json')),
      ...times(100, january, 1, (at) => object(at, 'invoices/1.pdf')),
      // A bucket with Bucket Keys asks for itself.
      ...times(3, january, 600, (at) => object(at, 'archive')),
    ];
    const [caching, buckets] = cost('2026-02-01T00:00:00Z', events).savings;
    expect(caching).toMatchObject({ requests: 0 });
    expect(buckets).toMatchObject({ cache: 'S3 Bucket Keys', requests: 200, saved: 198 });
  });

  test('in money: what the free requests leave of it', () => {
    const events = repeated(40_000, dataKey(january, 'a'));
    const report = cost('2026-02-01T00:00:00Z', events, { dataKeyCache: { maxAge: '1 day', maxMessages: 40_000 } });
    expect(report.total).toBeCloseTo(0.06, 10);
    expect(report.savings[0]).toMatchObject({ saved: 39_999, amount: expect.closeTo(0.06, 10) });
    expect(`${report}`).toContain('data key caching would have left out 39999 of 40000 requests: 0.0600');
  });
});
