import { DecryptCommand, DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('a replica in Ireland decrypts what Virginia encrypted, and becomes the primary', async () => {
  const sim = createKmsim({ seed: 'multi-region-test' });
  const virginia = sim.as();
  const ireland = new KMSClient(sim.clientConfig({ region: 'eu-west-1' }));
  const { KeyMetadata: key } = await virginia.createKey({ MultiRegion: true });
  const KeyId = key?.KeyId ?? '';
  const inIreland = async () => (await ireland.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;

  await virginia.replicateKey({ KeyId, ReplicaRegion: 'eu-west-1' });
  expect((await inIreland())?.KeyState).toBe('Creating');
  sim.clock.advance('2 seconds');
  expect((await inIreland())?.KeyState).toBe('Enabled');

  const { CiphertextBlob } = await virginia.encrypt({ KeyId, Plaintext: Buffer.from('4711') });
  const { Plaintext } = await ireland.send(new DecryptCommand({ CiphertextBlob }));
  expect(Buffer.from(Plaintext ?? []).toString()).toBe('4711');

  await virginia.updatePrimaryRegion({ KeyId, PrimaryRegion: 'eu-west-1' });
  expect((await inIreland())?.KeyState).toBe('Updating');
  sim.clock.advance('5 seconds');
  expect((await inIreland())?.MultiRegionConfiguration?.MultiRegionKeyType).toBe('PRIMARY');
});
