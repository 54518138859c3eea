import { KMS } from '@aws-sdk/client-kms';
import { createKmsim, type Kmsim } from 'kmsim';
import { expect, test } from 'vitest';

const regions = ['us-east-1', 'eu-west-1'];

/** The code under test: asks the Regions in turn, and the first that answers counts. */
async function decryptAnywhere(clients: readonly KMS[], CiphertextBlob: Uint8Array): Promise<string> {
  let lost: unknown;
  for (const kms of clients) {
    try {
      const { Plaintext } = await kms.decrypt({ CiphertextBlob });
      return Buffer.from(Plaintext ?? []).toString();
    } catch (error) {
      lost = error;
    }
  }
  throw lost;
}

async function twoRegions(sim: Kmsim) {
  const [virginia, ireland] = regions.map((region) => new KMS({ ...sim.clientConfig({ region }), maxAttempts: 1 }));
  if (virginia === undefined || ireland === undefined) throw new Error('there are two');
  const { KeyMetadata: key } = await virginia.createKey({ MultiRegion: true });
  await virginia.replicateKey({ KeyId: key?.KeyId, ReplicaRegion: 'eu-west-1' });
  sim.clock.advance('5 seconds');
  const { CiphertextBlob } = await virginia.encrypt({ KeyId: key?.KeyId, Plaintext: Buffer.from('4711') });
  return { key, virginia, ireland, ciphertext: CiphertextBlob ?? new Uint8Array() };
}

test('with one Region down the other one answers', async () => {
  const sim = createKmsim({ seed: 'failover' });
  const { ciphertext, ireland, virginia } = await twoRegions(sim);
  sim.faults.set({ network: { pauses: [{ fromMs: 0, untilMs: 600_000, region: 'us-east-1' }] } });

  await expect(virginia.decrypt({ CiphertextBlob: ciphertext })).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(await decryptAnywhere([virginia, ireland], ciphertext)).toBe('4711');
  expect(sim.faults.happened.map(({ fault }) => fault)).toContain('RegionPaused');
});

test('with both Regions down the caller hears of it', async () => {
  const sim = createKmsim({ seed: 'failover' });
  const { ciphertext, ireland, virginia } = await twoRegions(sim);
  const pauses = regions.map((region) => ({ fromMs: 0, untilMs: 600_000, region }));
  sim.faults.set({ network: { pauses } });
  await expect(decryptAnywhere([virginia, ireland], ciphertext)).rejects.toMatchObject({ code: 'ECONNRESET' });

  sim.clock.advance('11 minutes');
  expect(await decryptAnywhere([virginia, ireland], ciphertext)).toBe('4711');
});

test('a key of one Region is lost with it', async () => {
  const sim = createKmsim({ seed: 'failover' });
  const { KeyMetadata: key } = await sim.as().createKey();
  const { CiphertextBlob } = await sim.as().encrypt({ KeyId: key?.KeyId ?? '', Plaintext: Buffer.from('4711') });
  const ireland = sim.as(undefined, { region: 'eu-west-1' });
  await expect(ireland.decrypt({ CiphertextBlob })).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
