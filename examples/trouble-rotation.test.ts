import { KMS } from '@aws-sdk/client-kms';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('which keys refuse to rotate, and in which words', async () => {
  const sim = createKmsim({ seed: 'rotation' });
  const kms = sim.as();
  const disabled = await kms.createKey();
  await kms.disableKey({ KeyId: disabled.KeyMetadata?.KeyId ?? '' });
  const { KeyMetadata: primary } = await kms.createKey({ MultiRegion: true });
  await kms.replicateKey({ KeyId: primary?.KeyId ?? '', ReplicaRegion: 'eu-west-1' });
  const cluster = sim.cloudHsm.launch({ kmsUserPassword: 'kmsPassword' });
  const { CustomKeyStoreId = '' } = await kms.createCustomKeyStore({
    CustomKeyStoreName: 'orders',
    CloudHsmClusterId: cluster.id,
    TrustAnchorCertificate: cluster.trustAnchor,
    KeyStorePassword: 'kmsPassword',
  });
  await kms.connectCustomKeyStore({ CustomKeyStoreId });
  sim.clock.advance('20 minutes');

  const keys = {
    'asymmetric key': await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }),
    'HMAC key': await kms.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
    'key in a custom key store': await kms.createKey({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId }),
    'imported key, before its material': await kms.createKey({ Origin: 'EXTERNAL' }),
    'replica of a multi-Region key': await sim
      .as(undefined, { region: 'eu-west-1' })
      .describeKey({ KeyId: primary?.KeyId ?? '' }),
    'disabled key': disabled,
  };
  let text = '';
  for (const [what, { KeyMetadata: key }] of Object.entries(keys)) {
    const caller = new KMS(sim.clientConfig({ region: key?.Arn?.split(':')[3] ?? '' }));
    const KeyId = key?.KeyId ?? '';
    text += `${what}\n  EnableKeyRotation: ${await caller.enableKeyRotation({ KeyId }).catch(String)}\n`;
    text += `  RotateKeyOnDemand: ${await caller.rotateKeyOnDemand({ KeyId }).catch(String)}\n`;
  }
  await expect(text).toMatchFileSnapshot('trouble-rotation.txt');
});

test('a key rotates 25 times on demand and not again, and automatic rotation goes on', async () => {
  const sim = createKmsim({ seed: 'rotation' });
  const kms = sim.as();
  const { KeyMetadata: key } = await kms.createKey();
  const KeyId = key?.KeyId ?? '';
  for (let n = 0; n < 25; n++) {
    await kms.rotateKeyOnDemand({ KeyId });
    sim.clock.advance('1 minute');
  }
  await expect(kms.rotateKeyOnDemand({ KeyId })).rejects.toMatchObject({ name: 'LimitExceededException' });
  await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
  sim.clock.advance('91 days');
  expect((await kms.listKeyRotations({ KeyId })).Rotations).toHaveLength(26);
});
