import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const App = 'arn:aws:iam::000000000000:role/App';

test('App may encrypt and not decrypt', async () => {
  const sim = createKmsim({ seed: 'policy-test' });
  const statements = [
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'kms:*', Resource: '*' },
    { Effect: 'Allow', Principal: { AWS: App }, Action: 'kms:Encrypt', Resource: '*' },
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const { KeyMetadata: key } = await sim.as().createKey({ Policy });
  const keyId = key?.Arn ?? '';
  expect(sim.explain({ as: App, operation: 'Encrypt', keyId }).allowed).toBe(true);
  const denied = sim.explain({ as: App, operation: 'Decrypt', keyId });
  expect(denied.allowed, String(denied)).toBe(false);
});
