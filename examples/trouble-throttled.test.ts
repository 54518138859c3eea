import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const quota = 'Cryptographic operations (symmetric) request rate';

test('a data key for every message is throttled; a data key for a hundred of them is not', async () => {
  const sim = createKmsim({ seed: 'throttled', quotas: { mode: 'enforce', set: { [quota]: 100 } } });
  const kms = sim.as();
  const { KeyMetadata: key } = await kms.createKey();
  const dataKey = () => kms.generateDataKey({ KeyId: key?.Arn ?? '', KeySpec: 'AES_256' });
  const messages = Array.from({ length: 150 }, (_, n) => `message ${n}`);

  // Symptom: 150 messages in one second.
  const answers = await Promise.allSettled(messages.map(dataKey));
  const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [String(answer.reason)] : []));
  expect(refused).toHaveLength(50);
  // Explanation.
  await expect(`${refused[0]}\n\n${sim.quotas.report()}\n`).toMatchFileSnapshot('trouble-throttled.txt');

  // Fix: one data key is good for many messages. Who is throttled nevertheless waits and tries again.
  sim.clock.advance('1 second');
  let cached: { readonly key: ReturnType<typeof dataKey>; uses: number } | undefined;
  const cachedDataKey = () => {
    if (cached === undefined || cached.uses === 100) cached = { key: dataKey(), uses: 0 };
    cached.uses += 1;
    return cached.key;
  };
  await Promise.all(messages.map(cachedDataKey));
  expect(sim.trail.find({ operation: 'GenerateDataKey' })).toHaveLength(150 + 2);
});
