import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('two calls in one second are one too many', async () => {
  const sim = createKmsim({ seed: 1, quotas: { mode: 'enforce', set: { 'ListKeys request rate': 1 } } });
  await expect(Promise.all([sim.as().listKeys(), sim.as().listKeys()])).rejects.toThrow('You have exceeded the rate');
});
