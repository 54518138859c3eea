import { buildClient, getClient, KMS, KmsKeyringNode } from '@aws-crypto/client-node';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const { decrypt, encrypt } = buildClient();
const App = 'arn:aws:iam::000000000000:role/App';

test('the app may write what it cannot read', async () => {
  const sim = createKmsim({ seed: 'encryption-sdk' });
  const { KeyMetadata: key } = await sim.as().createKey();
  const statement = { Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: key?.Arn };
  sim.identities.put({ arn: App, policies: { write: { Version: '2012-10-17', Statement: [statement] } } });

  const keyring = (as?: string) =>
    new KmsKeyringNode({
      generatorKeyId: key?.Arn ?? '',
      // `as never` only where TypeScript has exactOptionalPropertyTypes on: the types of the Encryption SDK do not know it.
      clientProvider: getClient(KMS as never, sim.clientConfig(as === undefined ? {} : { as })),
    });

  const { result } = await encrypt(keyring(App), 'card 4711', { encryptionContext: { tenant: 'acme' } });
  await expect(decrypt(keyring(App), result)).rejects.toThrow('AccessDeniedException');
  const why = sim.explain({ as: App, operation: 'Decrypt', keyId: key?.Arn ?? '' });
  expect(String(why)).toContain('no identity policy statement allows it');

  const { plaintext } = await decrypt(keyring(), result);
  expect(plaintext.toString()).toBe('card 4711');
  expect(sim.trail.last()?.requestParameters).toMatchObject({ encryptionContext: { tenant: 'acme' } });
});
