// The inventory in a snapshot, read without opening it.

import { describe, expect, test } from 'vitest';
import { inventoryOf } from '../../src/analysis/inventory.ts';
import { inventoryIn } from '../../src/analysis/snapshot-inventory.ts';
import { createKmsim } from '../../src/index.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';

async function simulation() {
  const sim = createKmsim({ seed: 'inventory' });
  const kms = sim.as();
  const { KeyMetadata } = await kms.createKey({ Tags: [{ TagKey: 'team', TagValue: 'orders' }] });
  const KeyId = KeyMetadata?.KeyId ?? '';
  await kms.createAlias({ AliasName: 'alias/orders', TargetKeyId: KeyId });
  await kms.createGrant({ KeyId, GranteePrincipal: 'arn:aws:iam::000000000000:role/App', Operations: ['Decrypt'] });
  await kms.encrypt({ KeyId, Plaintext: Buffer.from('4711') });
  return sim;
}

test('is what the simulation has', async () => {
  const sim = await simulation();
  const snapshot: unknown = JSON.parse(JSON.stringify(sim.snapshot()));
  const own = inventoryOf(sim.kms);
  const read = inventoryIn(snapshot);
  expect(JSON.stringify(read)).toBe(JSON.stringify(own));
  expect([...read.usages]).toEqual([...own.usages]);
  expect(read.keys).toHaveLength(1);
  expect(read.usages.size).toBe(1);
});

describe('what is no snapshot', () => {
  test.each([null, 'x', [], {}, { account: '000000000000', region: 'us-east-1', kms: {} }])('%j', (value) => {
    expect(kmsimErrorOf(() => inventoryIn(value)).code).toBe('InvalidSnapshot');
  });

  test.each(['keys', 'aliases', 'grants', 'identities', 'usages'])('%s of another form', async (table) => {
    const broken = async (rows: unknown) => {
      const snapshot = JSON.parse(JSON.stringify((await simulation()).snapshot()));
      snapshot.kms.state[table] = rows;
      return kmsimErrorOf(() => inventoryIn(snapshot));
    };
    for (const rows of [undefined, {}, [['x', {}]], [['x', null]], ['x'], [[1, {}]]])
      expect((await broken(rows)).problem).toBe(`The ${table} of the snapshot cannot be read.`);
  });
});
