// Key stores through the face: clusters and proxies, over HTTP as well, in forks, after rewinds and out of traces.

import { serveXksProxy, XksProxy } from '@kmsim/xks-proxy';
import { afterAll, describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim, type KmsimOptions, replayTrace } from '../../src/index.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';

const endpoint = 'https://xks.example.com';
const Plaintext = new TextEncoder().encode('4711');
const servers: { close(): Promise<void> }[] = [];

afterAll(async () => {
  for (const server of servers) await server.close();
});

function proxyOf(): XksProxy {
  return new XksProxy({ seed: 'proxy', keys: ['one', 'two'] });
}

async function served(proxy: XksProxy): Promise<string> {
  const server = await serveXksProxy(proxy, { signatureClock: () => Date.now() });
  servers.push(server);
  return server.url;
}

async function externalStore(sim: Kmsim, proxy: XksProxy): Promise<string> {
  const kms = sim.as();
  const { accessKeyId: AccessKeyId, secretAccessKey: RawSecretAccessKey } = proxy.credential;
  const { CustomKeyStoreId = '' } = await kms.createCustomKeyStore({
    CustomKeyStoreName: 'outside',
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
    XksProxyUriEndpoint: endpoint,
    XksProxyUriPath: proxy.uriPath,
    XksProxyAuthenticationCredential: { AccessKeyId, RawSecretAccessKey },
  });
  await kms.connectCustomKeyStore({ CustomKeyStoreId });
  sim.clock.advance('5 minutes');
  return CustomKeyStoreId;
}

async function externalKey(sim: Kmsim, CustomKeyStoreId: string, XksKeyId = 'one'): Promise<string> {
  const { KeyMetadata } = await sim.as().createKey({ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId, XksKeyId });
  return KeyMetadata?.Arn ?? '';
}

async function cloudHsmKey(sim: Kmsim): Promise<{ KeyId: string; clusterId: string; CustomKeyStoreId: string }> {
  const kms = sim.as();
  const cluster = sim.cloudHsm.launch();
  const { CustomKeyStoreId = '' } = await kms.createCustomKeyStore({
    CustomKeyStoreName: 'hsm',
    CloudHsmClusterId: cluster.id,
    TrustAnchorCertificate: cluster.trustAnchor,
    KeyStorePassword: 'kmsPassword',
  });
  await kms.connectCustomKeyStore({ CustomKeyStoreId });
  sim.clock.advance('20 minutes');
  const { KeyMetadata } = await kms.createKey({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId });
  return { KeyId: KeyMetadata?.Arn ?? '', clusterId: cluster.id, CustomKeyStoreId };
}

function simOf(options: KmsimOptions = {}): Kmsim {
  return createKmsim({ seed: 'key stores', ...options });
}

describe('CloudHSM', () => {
  test('a fork and a mark have clusters of their own', async () => {
    const sim = simOf();
    const { KeyId, clusterId } = await cloudHsmKey(sim);
    const { CiphertextBlob } = await sim.as().encrypt({ KeyId, Plaintext });
    const mark = sim.mark();
    const fork = sim.fork();
    const cluster = sim.cloudHsm.get(clusterId);
    for (const { id } of cluster?.hsms ?? []) cluster?.failHsm(id);
    await expect(sim.as().decrypt({ CiphertextBlob })).rejects.toThrow('KMS cannot communicate');
    expect((await fork.as().decrypt({ CiphertextBlob })).Plaintext).toEqual(Plaintext);
    sim.rewind(mark);
    expect((await sim.as().decrypt({ CiphertextBlob })).Plaintext).toEqual(Plaintext);
    expect(sim.cloudHsm.get(clusterId)).not.toBe(cluster);
    expect(sim.cloudHsm.clusters).toHaveLength(1);
    const again = createKmsim({ snapshot: JSON.parse(JSON.stringify(sim.snapshot())) });
    expect((await again.as().decrypt({ CiphertextBlob })).Plaintext).toEqual(Plaintext);
  });

  test('nobody takes the name of KMS in a cluster, neither after a fork nor after a rewind', async () => {
    const sim = simOf();
    const { KeyId, clusterId } = await cloudHsmKey(sim);
    const mark = sim.mark();
    const fork = sim.fork();
    sim.rewind(mark);
    for (const one of [sim, fork]) {
      const cluster = one.cloudHsm.get(clusterId);
      for (let times = 0; times < 6; times++)
        expect(cluster?.login('kmsuser', 'wrongPassword', 'me')).toBe('USER_LOGGED_IN');
      await one.as().encrypt({ KeyId, Plaintext });
    }
  });

  test('mistakes are told', () => {
    const sim = simOf();
    expect(kmsimErrorOf(() => sim.cloudHsm.launch({ id: 'orders' })).code).toBe('InvalidOption');
    expect(kmsimErrorOf(() => sim.cloudHsm.launch({ kmsUserPassword: 'short' })).code).toBe('InvalidOption');
    sim.cloudHsm.launch({ id: 'cluster-aaaaaaaaaaa' });
    expect(kmsimErrorOf(() => sim.cloudHsm.create({ id: 'cluster-aaaaaaaaaaa' })).code).toBe('InvalidOption');
    const wrong = { vpcEndpointServices: [{ name: 'x', privateDnsName: 'y' }] };
    expect(kmsimErrorOf(() => simOf(wrong)).code).toBe('InvalidOption');
  });

  test('a trace with inputs has what others did in clusters', async () => {
    const sim = simOf({ trace: 'inputs' });
    const { KeyId, clusterId } = await cloudHsmKey(sim);
    const cluster = sim.cloudHsm.get(clusterId);
    const [first, second] = (cluster?.hsms ?? []).map(({ id }) => id);
    cluster?.failHsm(first ?? '');
    const { CiphertextBlob } = await sim.as().encrypt({ KeyId, Plaintext });
    cluster?.failHsm(second ?? '');
    await expect(sim.as().decrypt({ CiphertextBlob })).rejects.toThrow('KMS cannot communicate');
    cluster?.recoverHsm(first ?? '');
    await sim.as().decrypt({ CiphertextBlob });
    const replayed = await replayTrace(sim.trace.text());
    expect(replayed.difference).toBeUndefined();
    expect(replayed.sha256).toBe(sim.trace.sha256());
  });
});

describe('an external key store', () => {
  test('over HTTP answers what it answers in process, down to the bytes of KMS', async () => {
    const results: unknown[] = [];
    for (const overHttp of [false, true]) {
      const proxy = proxyOf();
      const sim = simOf({ xksEndpoints: { [endpoint]: overHttp ? await served(proxy) : proxy } });
      const KeyId = await externalKey(sim, await externalStore(sim, proxy));
      const kms = sim.as();
      const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext, EncryptionContext: { a: 'b' } });
      const opened = await kms.decrypt({ CiphertextBlob, EncryptionContext: { a: 'b' } });
      expect(opened.Plaintext).toEqual(Plaintext);
      await expect(kms.decrypt({ CiphertextBlob })).rejects.toMatchObject({ code: 'KMSInvalidStateException' });
      const { kms: snapshot } = sim.snapshot();
      results.push({ KeyId, CiphertextBlob, snapshot, asked: proxy.requests.length });
    }
    expect(results[1]).toEqual(results[0]);
  });

  test.each(['in process', 'over HTTP'])('a call is one event, and counts once: %s', async (where) => {
    const proxy = proxyOf();
    const sim = simOf({ xksEndpoints: { [endpoint]: where === 'in process' ? proxy : await served(proxy) } });
    const store = await externalStore(sim, proxy);
    const KeyId = await externalKey(sim, store);
    const kms = sim.as();
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext });
    await kms.decrypt({ CiphertextBlob });
    // Waits twice.
    await kms.reEncrypt({ CiphertextBlob, DestinationKeyId: KeyId });
    proxy.misbehave({ kind: 'error', name: 'ThrottlingException' });
    await expect(kms.encrypt({ KeyId, Plaintext })).rejects.toMatchObject({ code: 'KMSInvalidStateException' });

    const place = { customKeyStoreId: store, xksKeyId: 'one' };
    const cryptographic = ['Encrypt', 'Decrypt', 'ReEncrypt'];
    const noted = sim.trail.events.filter(({ eventName }) => cryptographic.includes(eventName));
    expect(
      noted.map(({ additionalEventData, errorCode, eventName }) => [eventName, errorCode, additionalEventData]),
    ).toEqual([
      ['Encrypt', undefined, place],
      ['Decrypt', undefined, place],
      ['ReEncrypt', undefined, place],
      ['Encrypt', 'KMSInvalidStateException', place],
    ]);
    expect(new Set(sim.trail.events.map(({ eventID }) => eventID)).size).toBe(sim.trail.events.length);
    const callsOf = (name: RegExp) =>
      sim.quotas.usage.filter(({ quota }) => name.test(quota)).map(({ calls }) => calls);
    expect(callsOf(/\(symmetric\)/)).toEqual([4]);
    expect(callsOf(/CreateKey request/)).toEqual([1]);
    expect(callsOf(/^Custom key store request quota$/)).toEqual([4]);
  });

  test('calls that wait hold nobody up', async () => {
    const proxy = proxyOf();
    const sim = simOf({ xksEndpoints: { [endpoint]: await served(proxy) } });
    const KeyId = await externalKey(sim, await externalStore(sim, proxy));
    const order: string[] = [];
    const waiting = sim
      .as()
      .encrypt({ KeyId, Plaintext })
      .then(() => order.push('outside'));
    const own = sim
      .as()
      .createKey()
      .then(() => order.push('inside'));
    await Promise.all([waiting, own]);
    expect(order).toEqual(['inside', 'outside']);
  });

  test('answers that come together are played again as they came', async () => {
    const proxy = proxyOf();
    const late = { handle: async (request: Parameters<XksProxy['handle']>[0]) => proxy.handle(request) };
    const sim = simOf({ trace: 'inputs', xksEndpoints: { [endpoint]: late as never } });
    const KeyId = await externalKey(sim, await externalStore(sim, proxy));
    await Promise.all([1, 2, 3].map(() => sim.as().encrypt({ KeyId, Plaintext })));
    expect((await replayTrace(sim.trace.text())).difference).toBeUndefined();
  });

  test('a call that waits while the simulation goes back loses its connection, and leaves nothing', async () => {
    const proxy = proxyOf();
    let release = (): void => {};
    let waits = false;
    const slow = {
      handle: async (request: Parameters<XksProxy['handle']>[0]) => {
        if (waits) await new Promise<void>((resolve) => (release = resolve));
        return proxy.handle(request);
      },
    };
    const sim = simOf({ xksEndpoints: { [endpoint]: slow as never } });
    const CustomKeyStoreId = await externalStore(sim, proxy);
    const streamed: unknown[] = [];
    sim.trail.stream((record) => streamed.push(record));
    const mark = sim.mark();
    waits = true;
    const call = externalKey(sim, CustomKeyStoreId);
    await new Promise((resolve) => setImmediate(resolve));
    sim.rewind(mark);
    waits = false;
    release();
    await expect(call).rejects.toMatchObject({ code: 'ConnectionLost' });
    expect((await sim.as().listKeys()).Keys).toEqual([]);
    expect(streamed).toHaveLength(1);
    await externalKey(sim, CustomKeyStoreId);
  });

  test.each(['in process', 'over HTTP'])('a run with inputs is played again without the proxy: %s', async (where) => {
    const proxy = proxyOf();
    const target = where === 'in process' ? proxy : await served(proxy);
    const sim = simOf({ trace: 'inputs', xksEndpoints: { [endpoint]: target } });
    const store = await externalStore(sim, proxy);
    const [one, two] = [await externalKey(sim, store), await externalKey(sim, store, 'two')];
    const kms = sim.as();
    const blobs = await Promise.all([one, two, one].map((KeyId) => kms.encrypt({ KeyId, Plaintext })));
    await Promise.all([
      kms.reEncrypt({ CiphertextBlob: blobs[0]?.CiphertextBlob, DestinationKeyId: two }),
      kms.listKeys(),
      kms.decrypt({ CiphertextBlob: blobs[1]?.CiphertextBlob }),
    ]);
    proxy.misbehave({ kind: 'error', name: 'ThrottlingException' });
    await expect(kms.encrypt({ KeyId: one, Plaintext })).rejects.toThrow('very high request rate');
    const replayed = await replayTrace(sim.trace.text());
    expect(replayed.difference).toBeUndefined();
    expect(replayed.sha256).toBe(sim.trace.sha256());
  });

  test('neither a trace without inputs nor a snapshot shows the secret', async () => {
    const proxy = proxyOf();
    const sim = simOf({ trace: true, xksEndpoints: { [endpoint]: proxy } });
    await externalKey(sim, await externalStore(sim, proxy));
    const secret = proxy.credential.secretAccessKey;
    expect(sim.trace.text()).not.toContain(secret);
    expect(JSON.stringify(sim.snapshot())).not.toContain(secret);
  });

  test('nobody is configured, nobody is asked', async () => {
    await expect(externalStore(simOf(), proxyOf())).rejects.toMatchObject({ code: 'XksProxyUriUnreachableException' });
  });

  test('a VPC endpoint service stands between', async () => {
    const proxy = proxyOf();
    const name = 'com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d';
    const service = { name, privateDnsName: 'xks.example.com' };
    const sim = simOf({ xksEndpoints: { [endpoint]: proxy }, vpcEndpointServices: [service] });
    const kms = sim.as();
    const { CustomKeyStoreId = '' } = await kms.createCustomKeyStore({
      CustomKeyStoreName: 'vpc',
      CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
      XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
      XksProxyVpcEndpointServiceName: name,
      XksProxyUriEndpoint: endpoint,
      XksProxyUriPath: proxy.uriPath,
      XksProxyAuthenticationCredential: {
        AccessKeyId: proxy.credential.accessKeyId,
        RawSecretAccessKey: proxy.credential.secretAccessKey,
      },
    });
    sim.endpointServices.put({ ...service, availabilityZones: 1 });
    await kms.connectCustomKeyStore({ CustomKeyStoreId });
    sim.clock.advance('5 minutes');
    const [failed] = (await kms.describeCustomKeyStores()).CustomKeyStores ?? [];
    expect(failed?.ConnectionErrorCode).toBe('XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION');
  });
});
