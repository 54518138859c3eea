import { generateKeyPairSync } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const enclave = 'arn:aws:iam::000000000000:role/Enclave';
// What `nitro-cli build-enclave` prints as PCR0.
const image = 'aa'.repeat(48);

// Only the enclave that was built from this image gets the data keys in the clear.
const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::000000000000:user/administrator' },
      Action: 'kms:*',
      Resource: '*',
    },
    {
      Effect: 'Allow',
      Principal: { AWS: enclave },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: { StringEqualsIgnoreCase: { 'kms:RecipientAttestation:ImageSha384': image } },
    },
  ],
};

test('a key that only one enclave can use', async () => {
  using sim = createKmsim({ seed: 'nitro', identities: [{ arn: enclave }] });
  const { KeyMetadata } = await sim.as().createKey({ Policy: JSON.stringify(policy) });
  const KeyId = KeyMetadata?.KeyId;
  const client = new KMSClient(sim.clientConfig({ as: enclave }));

  // Inside the enclave: a key pair, and the document that the Nitro Security Module signs over its public half.
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const attest = async (pcr0: string) => ({
    KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256' as const,
    AttestationDocument: await sim.attestation.document({ publicKey: spki, pcrs: { 0: pcr0 } }),
  });

  // The answer has no plaintext. What is in it, the enclave alone can read.
  const Recipient = await attest(image);
  const dataKey = await client.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', Recipient }));
  expect(dataKey.Plaintext).toBeUndefined();
  const opened = await sim.attestation.open(dataKey.CiphertextForRecipient ?? new Uint8Array(), privateKey);
  expect(opened).toHaveLength(32);

  // The ciphertext beside it leads back to the same key, in the same enclave.
  const { CiphertextBlob } = dataKey;
  const again = await client.send(new DecryptCommand({ CiphertextBlob, Recipient }));
  expect(await sim.attestation.open(again.CiphertextForRecipient ?? new Uint8Array(), privateKey)).toEqual(opened);

  // Another image is refused, and so is the same role without a document.
  const other = client.send(new DecryptCommand({ CiphertextBlob, Recipient: await attest('bb'.repeat(48)) }));
  await expect(other).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const open = client.send(new DecryptCommand({ CiphertextBlob }));
  await expect(open).rejects.toMatchObject({ name: 'AccessDeniedException' });

  // A document is good for three hours. After that it is no document any more, whatever the policy says.
  sim.clock.advance('4 hours');
  const late = client.send(new DecryptCommand({ CiphertextBlob, Recipient }));
  await expect(late).rejects.toMatchObject({ name: 'ValidationException' });
});
