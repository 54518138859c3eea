import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('a year later the key has rotated and the old ciphertext still opens', async () => {
  const sim = createKmsim({ seed: 'rotation-test' });
  const kms = sim.as();
  const { KeyMetadata: key } = await kms.createKey();
  const KeyId = key?.KeyId ?? '';
  await kms.enableKeyRotation({ KeyId });
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('old') });
  sim.clock.advance('365 days');
  const { Rotations } = await kms.listKeyRotations({ KeyId });
  expect(Rotations).toHaveLength(1);
  const { Plaintext } = await kms.decrypt({ CiphertextBlob });
  expect(Plaintext).toEqual(new Uint8Array(Buffer.from('old')));
});
