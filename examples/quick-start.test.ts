import { InvalidCiphertextException, KMS } from '@aws-sdk/client-kms';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('what was encrypted is decrypted, and only with its context', async () => {
  const sim = createKmsim({ seed: 'quick-start' });
  const kms = new KMS(sim.clientConfig());
  const { KeyMetadata: key } = await kms.createKey({});
  const KeyId = key?.KeyId;
  const EncryptionContext = { order: '4711' };
  const secret = { KeyId, Plaintext: Buffer.from('a secret'), EncryptionContext };
  const { CiphertextBlob } = await kms.encrypt(secret);

  const { Plaintext } = await kms.decrypt({ CiphertextBlob, EncryptionContext });
  expect(Buffer.from(Plaintext ?? []).toString()).toBe('a secret');
  const withoutContext = kms.decrypt({ CiphertextBlob });
  await expect(withoutContext).rejects.toThrow(InvalidCiphertextException);
});
