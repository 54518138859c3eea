import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

// Code that takes no endpoint and no client: it talks to AWS, wherever it runs.
async function stateOfKey(keyId: string): Promise<string | undefined> {
  const client = new KMSClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  });
  const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: keyId }));
  return KeyMetadata?.KeyState;
}

test('the state of a key, as AWS would tell it', async () => {
  const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
  const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const sim = createKmsim({ seed: 'intercept', region: 'eu-west-1', accessKeys: [{ accessKeyId, secretAccessKey }] });
  const { KeyMetadata: key } = await sim.as().createKey();
  const KeyId = key?.Arn ?? '';
  await sim.as().disableKey({ KeyId });

  using _ = await sim.intercept();
  expect(await stateOfKey(KeyId)).toBe('Disabled');
  expect(sim.trail.last()?.tlsDetails).toMatchObject({ clientProvidedHostHeader: 'kms.eu-west-1.amazonaws.com' });
});
