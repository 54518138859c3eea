import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('nothing grave is to be said of our keys', async () => {
  const sim = createKmsim({ seed: 'review' });
  const { KeyMetadata: key } = await sim.as().createKey();
  await sim.as().createAlias({ AliasName: 'alias/orders', TargetKeyId: key?.KeyId ?? '' });

  const review = sim.review();
  expect(review.findings.filter(({ severity }) => severity === 'high')).toEqual([]);
  expect(review.findings.map(({ rule }) => rule)).toEqual(['rotation-off']);

  await sim.as().enableKeyRotation({ KeyId: key?.KeyId ?? '' });
  expect(`${sim.review()}`).toBe('nothing found');
});
