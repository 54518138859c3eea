// What is measured: Encrypt of a key in an external key store, in a CloudHSM cluster, in the own vault.

import { createKmsim, type KmsMethods, type XksProxy, type XksProxyLike } from 'kmsim';
import { context, nth, prepare, seed } from '../keys.ts';

const endpoint = 'https://xks.example.com';
const Plaintext = new Uint8Array(32).fill(1);

/** What a key store has to know of its proxy. */
export type ProxyAccess = Pick<XksProxy, 'uriPath' | 'credential'>;

/** Encrypt of a new simulation whose external key store is the proxy. */
export async function encryption(proxy: ProxyAccess, target: string | XksProxyLike): Promise<() => Promise<unknown>> {
  // The clock is the machine's in the end, so that a signature made by it can be sent again.
  const sim = createKmsim({ seed, start: Date.now() - 3_600_000, xksEndpoints: { [endpoint]: target } });
  const kms: KmsMethods = sim.as();
  const { CustomKeyStoreId } = await kms.createCustomKeyStore({
    CustomKeyStoreName: 'bench',
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
    XksProxyUriEndpoint: endpoint,
    XksProxyUriPath: proxy.uriPath,
    XksProxyAuthenticationCredential: {
      AccessKeyId: proxy.credential.accessKeyId,
      RawSecretAccessKey: proxy.credential.secretAccessKey,
    },
  });
  if (CustomKeyStoreId === undefined) throw new Error('a key store has an id');
  await kms.connectCustomKeyStore({ CustomKeyStoreId });
  sim.clock.advance('1 hour');
  const { KeyMetadata } = await kms.createKey({ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId, XksKeyId: 'bench' });
  const KeyId = KeyMetadata?.KeyId ?? '';
  return () => kms.encrypt({ KeyId, Plaintext, EncryptionContext: context });
}

export async function inVault(): Promise<() => Promise<unknown>> {
  const { kms, keys } = await prepare({ seed }, 1);
  const KeyId = nth(keys, 0).id;
  return () => kms.encrypt({ KeyId, Plaintext, EncryptionContext: context });
}

/** Encrypt of a new simulation whose key is in a cluster. */
export async function inCluster(): Promise<() => Promise<unknown>> {
  const sim = createKmsim({ seed });
  const kms: KmsMethods = sim.as();
  const cluster = sim.cloudHsm.launch();
  const { CustomKeyStoreId = '' } = await kms.createCustomKeyStore({
    CustomKeyStoreName: 'bench',
    CloudHsmClusterId: cluster.id,
    TrustAnchorCertificate: cluster.trustAnchor,
    KeyStorePassword: 'kmsPassword',
  });
  await kms.connectCustomKeyStore({ CustomKeyStoreId });
  sim.clock.advance('1 hour');
  const { KeyMetadata } = await kms.createKey({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId });
  const KeyId = KeyMetadata?.KeyId ?? '';
  return () => kms.encrypt({ KeyId, Plaintext, EncryptionContext: context });
}
