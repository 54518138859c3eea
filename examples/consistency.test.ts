import { KMS } from '@aws-sdk/client-kms';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const App = 'arn:aws:iam::000000000000:role/App';

test('a grant is there at once for who has its token, and for everybody else within five minutes', async () => {
  const sim = createKmsim({ seed: 'consistency-test', consistency: 'eventual' });
  const admin = new KMS(sim.clientConfig());
  const app = new KMS({ ...sim.clientConfig({ as: App }), maxAttempts: 1 });
  const { KeyMetadata: key } = await admin.createKey({});
  const KeyId = key?.Arn ?? '';
  const grant = await admin.createGrant({ KeyId, GranteePrincipal: App, Operations: ['Encrypt'] });
  const Plaintext = Buffer.from('4711');

  await expect(app.encrypt({ KeyId, Plaintext })).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await app.encrypt({ KeyId, Plaintext, GrantTokens: [grant.GrantToken ?? ''] });

  // Who has no token tries again: here the clock moves and nobody waits.
  let tries = 1;
  while (!(await app.encrypt({ KeyId, Plaintext }).catch(() => undefined))) {
    sim.clock.advance('10 seconds');
    tries += 1;
  }
  expect(tries).toBeGreaterThan(1);
  expect(tries).toBeLessThanOrEqual(31);
});
