import { readFileSync } from 'node:fs';
import { replayCloudTrail } from 'kmsim';
import { expect, test } from 'vitest';

const json = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

test('the new key policy keeps out the nightly job and nobody else', async () => {
  const { Records } = json('./cloudtrail.json');
  const policy = json('./cloudtrail-key-policies.json')['alias/orders'];
  const report = await replayCloudTrail(Records, { keys: { 'alias/orders': { policy } } });
  expect(report.differences).toMatchObject([
    { count: 2, principal: 'arn:aws:iam::111122223333:role/Nightly', operation: 'Decrypt', replayed: 'AccessDenied' },
  ]);
});

test('nobody would miss the key, had it been disabled: not so', async () => {
  const { Records } = json('./cloudtrail.json');
  const report = await replayCloudTrail(Records, { keys: { 'alias/orders': { state: 'Disabled' } } });
  expect(report.events.different).toBe(5);
});
