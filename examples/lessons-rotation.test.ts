import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

async function world() {
  const sim = createKmsim({ seed: 'lessons', start: '2026-01-01' });
  const kms = sim.as();
  const { KeyMetadata: key } = await kms.createKey();
  return { kms, sim, KeyId: key?.Arn ?? '' };
}

test('automatic rotation takes any period from 90 to 2,560 days, and starts with 365', async () => {
  const { kms, KeyId, sim } = await world();
  await kms.enableKeyRotation({ KeyId });
  expect(await kms.getKeyRotationStatus({ KeyId })).toMatchObject({ RotationPeriodInDays: 365 });
  for (const RotationPeriodInDays of [90, 2560]) {
    await kms.enableKeyRotation({ KeyId, RotationPeriodInDays });
    expect(await kms.getKeyRotationStatus({ KeyId })).toMatchObject({
      RotationPeriodInDays,
      NextRotationDate: new Date(sim.clock.now().getTime() + RotationPeriodInDays * 24 * 60 * 60 * 1000),
    });
  }
  for (const RotationPeriodInDays of [89, 2561])
    await expect(kms.enableKeyRotation({ KeyId, RotationPeriodInDays })).rejects.toMatchObject({
      name: 'ValidationException',
    });
});

test('rotation re-encrypts nothing: the key has its old material for as long as it lives', async () => {
  const { kms, KeyId, sim } = await world();
  await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('old') });
  const { KeyMaterialId: first } = await kms.decrypt({ CiphertextBlob });
  sim.clock.advance('900 days');
  await kms.disableKeyRotation({ KeyId });

  expect((await kms.listKeyRotations({ KeyId })).Rotations).toHaveLength(10);
  const { KeyMetadata: now } = await kms.describeKey({ KeyId });
  expect(now?.Arn).toBe(KeyId);
  expect(now?.CurrentKeyMaterialId).not.toBe(first);
  const opened = await kms.decrypt({ CiphertextBlob });
  expect(opened).toMatchObject({ KeyMaterialId: first, Plaintext: new Uint8Array(Buffer.from('old')) });
});

test('the first and the second rotation of a key cost a dollar a month each, and later ones nothing', async () => {
  const perMonth = async (rotations: number) => {
    const { kms, KeyId, sim } = await world();
    for (let n = 0; n < rotations; n++) {
      await kms.rotateKeyOnDemand({ KeyId });
      sim.clock.advance('1 minute');
    }
    sim.clock.advanceTo('2026-03-01');
    return sim.cost({ from: '2026-02-01', until: '2026-03-01' }).totals['USD']?.toFixed(2);
  };
  expect(await Promise.all([0, 1, 2, 3, 10].map(perMonth))).toEqual(['1.00', '2.00', '3.00', '3.00', '3.00']);
});
