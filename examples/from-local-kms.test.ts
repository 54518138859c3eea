import { fileURLToPath } from 'node:url';
import { createKmsim } from 'kmsim';
import { loadWorld } from 'kmsim/world';
import { expect, test } from 'vitest';

test('the seeds of local-kms are a world: ids, aliases, and a key that was rotated once', async () => {
  const seeds = fileURLToPath(new URL('./local-kms-seed.yaml', import.meta.url));
  const sim = createKmsim({ world: loadWorld(seeds), seed: 'from-local-kms' });
  const { KeyMetadata: key } = await sim.as().describeKey({ KeyId: 'alias/orders' });
  expect(key?.Arn).toBe('arn:aws:kms:eu-west-2:111122223333:key/0f0f0f0f-1111-4222-8333-444444444444');
  const { Rotations } = await sim.as().listKeyRotations({ KeyId: key?.KeyId ?? '' });
  expect(Rotations).toHaveLength(1);
});
