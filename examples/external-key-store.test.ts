import { createKmsim, createXksProxy } from 'kmsim';
import { expect, test } from 'vitest';

test('a key whose other half is in an external key manager', async () => {
  const proxy = await createXksProxy({ seed: 'external-example', keys: ['orders-key'] });
  const sim = createKmsim({ seed: 'external-example', xksEndpoints: { 'https://xks.example.com': proxy } });
  const kms = sim.as();

  const { CustomKeyStoreId = '' } = await kms.createCustomKeyStore({
    CustomKeyStoreName: 'outside',
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
    XksProxyUriEndpoint: 'https://xks.example.com',
    XksProxyUriPath: proxy.uriPath,
    XksProxyAuthenticationCredential: {
      AccessKeyId: proxy.credential.accessKeyId,
      RawSecretAccessKey: proxy.credential.secretAccessKey,
    },
  });
  await kms.connectCustomKeyStore({ CustomKeyStoreId });
  sim.clock.advance('5 minutes');

  const { KeyMetadata: key } = await kms.createKey({
    Origin: 'EXTERNAL_KEY_STORE',
    CustomKeyStoreId,
    XksKeyId: 'orders-key',
  });
  const KeyId = key?.Arn ?? '';
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('4711') });

  proxy.setKeyStatus('orders-key', 'DISABLED');
  await expect(kms.decrypt({ CiphertextBlob })).rejects.toThrow('is not enabled in the external key manager');
  const { KeyMetadata: same } = await kms.describeKey({ KeyId });
  expect(same?.KeyState).toBe('Enabled');

  proxy.setKeyStatus('orders-key', 'ENABLED');
  const { Plaintext } = await kms.decrypt({ CiphertextBlob });
  expect(Buffer.from(Plaintext ?? []).toString()).toBe('4711');
});
