import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('the primary Region is lost: promote, keep decrypting, heal, converge', async () => {
  const sim = createKmsim({ seed: 'primary-lost' });
  const virginia = sim.as();
  const ireland = sim.as(undefined, { region: 'eu-west-1' });
  const { KeyMetadata: key } = await virginia.createKey({ MultiRegion: true });
  const KeyId = key?.KeyId ?? '';
  await virginia.replicateKey({ KeyId, ReplicaRegion: 'eu-west-1' });
  sim.clock.advance('5 seconds');
  const { CiphertextBlob } = await virginia.encrypt({ KeyId, Plaintext: Buffer.from('4711') });

  // For ten minutes nothing passes between us-east-1 and the others.
  const partitions = [{ fromMs: 0, untilMs: 600_000, isolate: 'us-east-1' }];
  sim.faults.set({ network: { meanDelayMs: 100, partitions } });
  await virginia.updatePrimaryRegion({ KeyId, PrimaryRegion: 'eu-west-1' });
  sim.clock.advance('5 minutes');

  // The role is on its way; the replica decrypts all the same.
  const waiting = await ireland.describeKey({ KeyId });
  expect(waiting.KeyMetadata?.KeyState).toBe('Updating');
  const { Plaintext } = await ireland.decrypt({ CiphertextBlob });
  expect(Buffer.from(Plaintext ?? []).toString()).toBe('4711');

  // The partition is over, and both agree who is primary.
  sim.clock.advance('6 minutes');
  for (const kms of [virginia, ireland]) {
    const { KeyMetadata } = await kms.describeKey({ KeyId });
    expect(KeyMetadata?.KeyState).toBe('Enabled');
    expect(KeyMetadata?.MultiRegionConfiguration?.PrimaryKey?.Region).toBe('eu-west-1');
  }
  // New material comes from there, and what it encrypts opens everywhere.
  await ireland.rotateKeyOnDemand({ KeyId });
  sim.clock.advance('5 seconds');
  const rotated = await ireland.encrypt({ KeyId, Plaintext: Buffer.from('4712') });
  const opened = await virginia.decrypt({ CiphertextBlob: rotated.CiphertextBlob });
  expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('4712');
});
