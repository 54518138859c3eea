import { KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { kmsimTest } from 'kmsim/vitest';
import { expect } from 'vitest';

const Orders = 'arn:aws:iam::000000000000:role/Orders';

// Every test has a world of its own, with Orders in it.
const test = kmsimTest.extend({ kmsimOptions: { identities: [{ arn: Orders }] } });

test('orders are encrypted for their tenant, and nobody loses the key', async ({ kms, sim }) => {
  const { KeyMetadata: key } = await kms.createKey();
  const KeyId = key?.Arn ?? '';
  await kms.createAlias({ AliasName: 'alias/orders', TargetKeyId: KeyId });
  await kms.createGrant({ KeyId, GranteePrincipal: Orders, Operations: ['Encrypt'] });

  await sim.as(Orders).encrypt({ KeyId, Plaintext: Buffer.from('4711'), EncryptionContext: { tenant: 'acme' } });
  const client = new KMSClient(sim.clientConfig({ as: Orders }));
  await expect(client.send(new ScheduleKeyDeletionCommand({ KeyId }))).rejects.toThrow();

  expect(sim).toHaveUsedKey('alias/orders', 'Encrypt');
  expect(sim).toHaveEncryptedWithContext({ tenant: 'acme' });
  expect(sim).toHaveEncryptedWithContext(expect.objectContaining({ tenant: expect.any(String) }));
  expect(sim).toHaveBeenDenied({ operation: 'ScheduleKeyDeletion', principal: Orders, by: 'identity policy' });
  expect(sim).toHaveCalled('Encrypt', 1);
  expect(sim).not.toHaveCalled('Decrypt');
});

test('the next test begins with nothing', ({ sim }) => {
  expect(sim).not.toHaveCalled('CreateKey');
});
