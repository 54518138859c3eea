import { createKmsim, createXksProxy } from 'kmsim';
import { expect, test } from 'vitest';

test('what an application sees of a proxy that is slow, down or confused', async () => {
  const proxy = await createXksProxy({ seed: 'proxy-test', keys: ['orders-key'] });
  const sim = createKmsim({ seed: 'proxy-test', xksEndpoints: { 'https://xks.example.com': proxy } });
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
  const external = { Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId, XksKeyId: 'orders-key' } as const;
  const { KeyMetadata: key } = await kms.createKey(external);
  const encrypt = () => kms.encrypt({ KeyId: key?.KeyId ?? '', Plaintext: Buffer.from('4711') });

  proxy.misbehave({ kind: 'slow', milliseconds: 400 }, { times: 1 });
  await expect(encrypt()).rejects.toThrow('the external key store proxy did not respond in time');
  proxy.misbehave({ kind: 'garbage', status: 502, body: '<html>' }, { times: 1 });
  await expect(encrypt()).rejects.toThrow('cannot interpret the response from the external key store proxy');
  proxy.misbehave({ kind: 'flipped bit', member: 'ciphertext' }, { times: 1 });
  await expect(encrypt()).rejects.toMatchObject({ name: 'KMSInvalidStateException' });

  await encrypt();
  expect(proxy.requests.at(-1)).toMatchObject({ operation: 'Encrypt', keyId: 'orders-key', status: 200 });
});
