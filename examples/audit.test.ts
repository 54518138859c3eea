import { KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const Orders = 'arn:aws:iam::000000000000:role/Orders';

test('every use of the key is on record, and so is who tried to delete it', async () => {
  const sim = createKmsim({ seed: 'audit-test' });
  const { KeyMetadata: key } = await sim.as().createKey();
  const KeyId = key?.Arn ?? '';
  await sim.as().createGrant({ KeyId, GranteePrincipal: Orders, Operations: ['Encrypt'] });

  await sim.as(Orders).encrypt({ KeyId, Plaintext: Buffer.from('4711'), EncryptionContext: { tenant: 'acme' } });
  const client = new KMSClient(sim.clientConfig({ as: Orders }));
  await expect(client.send(new ScheduleKeyDeletionCommand({ KeyId }))).rejects.toThrow();

  const [use, ...more] = sim.trail.find({ operation: 'Encrypt', key: KeyId });
  expect(more).toEqual([]);
  expect(use?.requestParameters).toMatchObject({ encryptionContext: { tenant: 'acme' } });
  expect(sim.trail.last({ errorCode: 'AccessDenied' })).toMatchObject({
    eventName: 'ScheduleKeyDeletion',
    userIdentity: { type: 'AssumedRole', arn: Orders },
  });
  expect(sim.trail.file()).not.toContain('4711');

  await sim.as().scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  sim.clock.advance('7 days');
  expect(sim.trail.last()?.eventName).toBe('DeleteKey');
  expect(sim.trail.eventBridge.map((event) => event['detail-type'])).toContain('KMS CMK Deletion');
});
