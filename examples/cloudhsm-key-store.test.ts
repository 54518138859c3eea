import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('a key in a CloudHSM cluster, and the day the HSMs are gone', async () => {
  const sim = createKmsim({ seed: 'cloudhsm-example' });
  const kms = sim.as();
  const cluster = sim.cloudHsm.launch({ kmsUserPassword: 'kmsPassword' });

  const { CustomKeyStoreId = '' } = await kms.createCustomKeyStore({
    CustomKeyStoreName: 'orders',
    CloudHsmClusterId: cluster.id,
    TrustAnchorCertificate: cluster.trustAnchor,
    KeyStorePassword: 'kmsPassword',
  });
  await kms.connectCustomKeyStore({ CustomKeyStoreId });
  sim.clock.advance('20 minutes');

  const { KeyMetadata: key } = await kms.createKey({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId });
  const KeyId = key?.Arn ?? '';
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('4711') });

  for (const { id } of cluster.hsms) cluster.failHsm(id);
  await expect(kms.decrypt({ CiphertextBlob })).rejects.toThrow('KMS cannot communicate with your CloudHSM cluster');

  for (const { id } of cluster.hsms) cluster.recoverHsm(id);
  const { Plaintext } = await kms.decrypt({ CiphertextBlob });
  expect(Buffer.from(Plaintext ?? []).toString()).toBe('4711');

  await kms.disconnectCustomKeyStore({ CustomKeyStoreId });
  const { KeyMetadata: later } = await kms.describeKey({ KeyId });
  expect(later?.KeyState).toBe('Unavailable');
});
