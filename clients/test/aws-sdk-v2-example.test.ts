import KMS from 'aws-sdk/clients/kms.js';
import { createKmsim, serve } from 'kmsim';
import { expect, test } from 'vitest';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

test('a client with an endpoint asks the simulation over HTTP', async () => {
  const sim = createKmsim({ seed: 'aws-sdk-v2' });
  await using server = await serve(sim);
  const kms = new KMS({ endpoint: server.url, region: 'us-east-1', credentials });
  const { KeyMetadata: key } = await kms.createKey().promise();
  const { CiphertextBlob } = await kms.encrypt({ KeyId: key?.KeyId ?? '', Plaintext: '4711' }).promise();
  const { Plaintext } = await kms.decrypt({ CiphertextBlob: CiphertextBlob ?? '' }).promise();
  expect(String(Plaintext)).toBe('4711');
});

test('a client without one is intercepted on its way to AWS', async () => {
  const sim = createKmsim({ seed: 'aws-sdk-v2' });
  using _ = await sim.intercept();
  const kms = new KMS({ region: 'eu-west-1', credentials });
  const { KeyMetadata: key } = await kms.createKey().promise();
  expect(key?.Arn).toContain(':eu-west-1:');
  await expect(kms.describeKey({ KeyId: 'alias/nothing' }).promise()).rejects.toMatchObject({
    code: 'NotFoundException',
    retryable: false,
  });
});
