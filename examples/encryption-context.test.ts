import { CreateKeyCommand, DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('one tenant cannot read what another encrypted', async () => {
  const sim = createKmsim({ seed: 'orders-test' });
  const kms = new KMSClient(sim.clientConfig());
  const { KeyMetadata: key } = await kms.send(new CreateKeyCommand({}));
  const secret = { KeyId: key?.KeyId, Plaintext: Buffer.from('4711'), EncryptionContext: { tenant: 'acme' } };
  const { CiphertextBlob } = await kms.send(new EncryptCommand(secret));
  const stolen = kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { tenant: 'umbrella' } }));
  await expect(stolen).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
});
