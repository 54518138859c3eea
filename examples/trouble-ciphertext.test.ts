import { KMS } from '@aws-sdk/client-kms';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('a ciphertext does not open, and why', async () => {
  const sim = createKmsim({ seed: 'ciphertext' });
  const kms = new KMS(sim.clientConfig());
  const { KeyMetadata: key } = await kms.createKey({});
  const { KeyMetadata: other } = await kms.createKey({});
  const { KeyMetadata: rsa } = await kms.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
  const EncryptionContext = { tenant: 'acme' };
  const Plaintext = Buffer.from('4711');
  const encrypted = await kms.encrypt({ KeyId: key?.Arn, Plaintext, EncryptionContext });
  const CiphertextBlob = encrypted.CiphertextBlob ?? new Uint8Array();
  const underRsa = await kms.encrypt({ KeyId: rsa?.Arn, Plaintext, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' });
  const elsewhere = new KMS(sim.clientConfig({ region: 'eu-west-1' }));

  const symptoms = {
    'without its encryption context': kms.decrypt({ CiphertextBlob }),
    'value in another case': kms.decrypt({ CiphertextBlob, EncryptionContext: { tenant: 'ACME' } }),
    'still in base64': kms.decrypt({
      CiphertextBlob: Buffer.from(Buffer.from(CiphertextBlob).toString('base64')),
      EncryptionContext,
    }),
    'its last byte is missing': kms.decrypt({ CiphertextBlob: CiphertextBlob.slice(0, -1), EncryptionContext }),
    'from an RSA key, without KeyId': kms.decrypt({ CiphertextBlob: underRsa.CiphertextBlob }),
    'from an RSA key, another algorithm': kms.decrypt({
      KeyId: rsa?.Arn,
      CiphertextBlob: underRsa.CiphertextBlob,
      EncryptionAlgorithm: 'RSAES_OAEP_SHA_1',
    }),
    'with the KeyId of another key': kms.decrypt({ KeyId: other?.Arn, CiphertextBlob, EncryptionContext }),
    'in another Region': elsewhere.decrypt({ CiphertextBlob, EncryptionContext }),
  };
  let text = '';
  for (const [what, call] of Object.entries(symptoms)) text += `${what}\n  ${await call.catch(String)}\n`;

  // Explanation: the trail has the context of each call, as CloudTrail has. It is no secret.
  const [was] = sim.trail.find({ operation: 'Encrypt', key: key?.Arn ?? '' });
  const asked = sim.trail.find({ operation: 'Decrypt', errorCode: 'InvalidCiphertextException' }).slice(0, 2);
  text += '\n';
  for (const event of [was, ...asked])
    text += `${event?.eventName} ${JSON.stringify(event?.requestParameters?.['encryptionContext'] ?? null)}\n`;
  await expect(text).toMatchFileSnapshot('trouble-ciphertext.txt');

  // Fix: the bytes as they came, the same context, and the same Region.
  const opened = await kms.decrypt({ CiphertextBlob, EncryptionContext });
  expect(opened.Plaintext).toEqual(new Uint8Array(Plaintext));
});
