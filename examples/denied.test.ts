import { readFileSync } from 'node:fs';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const Billing = 'arn:aws:iam::000000000000:role/Billing';
const Policy = readFileSync(new URL('./tenant-key-policy.json', import.meta.url), 'utf8');

test('Billing opens what belongs to acme, and nothing else', async () => {
  const sim = createKmsim({ seed: 'denied' });
  const { KeyMetadata: key } = await sim.as().createKey({ Policy });
  const may = (tenant: string) =>
    sim.explain({ as: Billing, operation: 'Decrypt', keyId: key?.Arn ?? '', encryptionContext: { tenant } });

  expect(may('acme').allowed).toBe(true);
  expect(may('umbrella').allowed).toBe(false);
  expect(`${may('umbrella')}`).toContain('[1] "OnlyItsTenant" Allow: Condition does not match');
});
