// UpdateCustomKeyStore.

import { CloudHsmCluster } from '@kmsim/cloud-hsm';
import { describe, expect, test } from 'vitest';
import type { UpdateCustomKeyStoreRequest } from '../../src/api/types.ts';
import { home, ours } from '../engine.ts';
import { credential, Rig } from '../key-stores/rig.ts';
import { error } from '../key-stores/test-proxy.ts';

type Change = Omit<UpdateCustomKeyStoreRequest, 'CustomKeyStoreId'>;

const newCredential = { AccessKeyId: 'B'.repeat(20), RawSecretAccessKey: 't'.repeat(43) };

test('something must change, and it must be of the type of the store', () => {
  const rig = new Rig();
  const CustomKeyStoreId = rig.create(rig.externalInput());
  expect(rig.engine.refusal('UpdateCustomKeyStore', { CustomKeyStoreId }).code).toBe('ValidationException');
  const wrong = { CustomKeyStoreId, KeyStorePassword: 'kmsPassword' };
  expect(rig.engine.refusal('UpdateCustomKeyStore', wrong).code).toBe('ValidationException');
  const unknown = { CustomKeyStoreId: 'cks-1', NewCustomKeyStoreName: 'n' };
  expect(rig.engine.refusal('UpdateCustomKeyStore', unknown).code).toBe('CustomKeyStoreNotFoundException');
});

describe('while the store is connected', () => {
  test('a CloudHSM store takes a name and nothing else', () => {
    const rig = new Rig();
    const cluster = rig.cluster();
    const CustomKeyStoreId = rig.cloudHsmStore(cluster);
    for (const change of [{ KeyStorePassword: 'anotherOne' }, { CloudHsmClusterId: cluster.id }] satisfies Change[])
      expect(rig.engine.refusal('UpdateCustomKeyStore', { CustomKeyStoreId, ...change }).code).toBe(
        'CustomKeyStoreInvalidStateException',
      );
    rig.engine.call('UpdateCustomKeyStore', { CustomKeyStoreId, NewCustomKeyStoreName: 'renamed' });
    expect(rig.engine.call('DescribeCustomKeyStores', { CustomKeyStoreName: 'renamed' }).CustomKeyStores).toHaveLength(
      1,
    );
  });

  test('an external store takes a name, a path and a credential, which the proxy must take as well', () => {
    const rig = new Rig();
    const CustomKeyStoreId = rig.externalStore();
    const update = (change: Change) => rig.engine.call('UpdateCustomKeyStore', { CustomKeyStoreId, ...change });
    expect(
      rig.engine.refusal('UpdateCustomKeyStore', { CustomKeyStoreId, XksProxyUriEndpoint: 'https://b.example.com' })
        .code,
    ).toBe('CustomKeyStoreInvalidStateException');
    const asked = rig.proxy.requests.length;
    update({ NewCustomKeyStoreName: 'renamed' });
    expect(rig.proxy.requests).toHaveLength(asked);
    update({ XksProxyAuthenticationCredential: newCredential, XksProxyUriPath: '/b/kms/xks/v1' });
    expect(rig.proxy.requests.at(-1)).toMatchObject({
      path: '/b/kms/xks/v1/health',
      credential: { accessKeyId: 'B'.repeat(20), rawSecretAccessKey: 't'.repeat(43) },
    });
    rig.proxy.change = () => error(401, 'AuthenticationFailedException');
    const again = { CustomKeyStoreId, XksProxyAuthenticationCredential: credential };
    expect(rig.engine.refusal('UpdateCustomKeyStore', again).code).toBe(
      'XksProxyIncorrectAuthenticationCredentialException',
    );
    rig.proxy.change = (same) => same;
    const [store] = rig.engine.call('DescribeCustomKeyStores', { CustomKeyStoreId }).CustomKeyStores ?? [];
    expect(store?.XksProxyConfiguration).toMatchObject({ AccessKeyId: 'B'.repeat(20), UriPath: '/b/kms/xks/v1' });
  });
});

test('nothing while the store connects, disconnects or has failed', () => {
  const rig = new Rig();
  const CustomKeyStoreId = rig.create(rig.externalInput());
  const refused = (): void =>
    expect(rig.engine.refusal('UpdateCustomKeyStore', { CustomKeyStoreId, NewCustomKeyStoreName: 'n' }).code).toBe(
      'CustomKeyStoreInvalidStateException',
    );
  rig.engine.call('ConnectCustomKeyStore', { CustomKeyStoreId });
  refused();
  rig.pass();
  rig.engine.call('DisconnectCustomKeyStore', { CustomKeyStoreId });
  refused();
  rig.pass();
  rig.proxy.health = ['UNAVAILABLE'];
  rig.connect(CustomKeyStoreId);
  refused();
});

test('names stay unique', () => {
  const rig = new Rig();
  const CustomKeyStoreId = rig.create(rig.externalInput());
  rig.create(rig.externalInput('other', { XksProxyUriPath: '/b/kms/xks/v1' }));
  const taken = { CustomKeyStoreId, NewCustomKeyStoreName: 'other' };
  expect(rig.engine.refusal('UpdateCustomKeyStore', taken).code).toBe('CustomKeyStoreNameInUseException');
  rig.engine.call('UpdateCustomKeyStore', { CustomKeyStoreId, NewCustomKeyStoreName: 'xks' });
});

test('a CloudHSM store moves to a cluster of the same backups, and its keys open', () => {
  const rig = new Rig();
  const cluster = rig.cluster();
  const CustomKeyStoreId = rig.cloudHsmStore(cluster);
  const CiphertextBlob = rig.engine.encrypt(rig.cloudHsmKey(CustomKeyStoreId).Arn);
  rig.disconnect(CustomKeyStoreId);
  const backup = cluster.backup();
  if (backup === undefined) throw new Error('no backup');
  const zones = [`${home}a`, `${home}b`];
  const random = new Uint8Array(32).fill(99);
  const copy = CloudHsmCluster.fromBackup(backup, {
    account: ours,
    region: home,
    availabilityZones: zones,
    random,
    now: 0,
  });
  rig.engine.kms.clusters.put(copy);
  const move = { CustomKeyStoreId, CloudHsmClusterId: copy.id };
  for (const zone of zones) {
    expect(rig.engine.refusal('UpdateCustomKeyStore', move).code).toBe('CloudHsmClusterInvalidConfigurationException');
    copy.createHsm(zone);
  }
  const unrelated = { CustomKeyStoreId, CloudHsmClusterId: rig.cluster().id };
  expect(rig.engine.refusal('UpdateCustomKeyStore', unrelated).code).toBe('CloudHsmClusterNotRelatedException');
  const unknown = { CustomKeyStoreId, CloudHsmClusterId: 'cluster-aaaaaaaaaaa' };
  expect(rig.engine.refusal('UpdateCustomKeyStore', unknown).code).toBe('CloudHsmClusterNotFoundException');
  rig.engine.call('UpdateCustomKeyStore', move);
  rig.connect(CustomKeyStoreId);
  expect(rig.state(CustomKeyStoreId)).toEqual({ state: 'CONNECTED', code: undefined });
  for (const { id } of cluster.hsms) cluster.failHsm(id);
  expect(rig.engine.decrypt(CiphertextBlob)).toBe('secret');
});

test('connectivity is changed together with what goes with it', () => {
  const rig = new Rig();
  const CustomKeyStoreId = rig.create(rig.externalInput());
  const name = 'com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d';
  rig.engine.kms.state.set('endpointServices', name, {
    name,
    account: ours,
    region: home,
    loadBalancer: 'network',
    availabilityZones: 2,
    acceptanceRequired: false,
    allowedPrincipals: ['cks.kms.us-east-1.amazonaws.com'],
    privateDnsName: 'private.example.com',
    privateDnsState: 'verified',
  });
  const refused = (change: Change): string =>
    rig.engine.refusal('UpdateCustomKeyStore', { CustomKeyStoreId, ...change }).code;
  const connectivity = { XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE' } as const;
  const endpoint = { XksProxyUriEndpoint: 'https://private.example.com' };
  expect(refused(connectivity)).toBe('ValidationException');
  expect(refused({ ...connectivity, ...endpoint })).toBe('ValidationException');
  expect(refused({ ...connectivity, XksProxyVpcEndpointServiceName: name })).toBe('ValidationException');
  rig.engine.call('UpdateCustomKeyStore', {
    CustomKeyStoreId,
    ...connectivity,
    ...endpoint,
    XksProxyVpcEndpointServiceName: name,
  });
  const [store] = rig.engine.call('DescribeCustomKeyStores', {}).CustomKeyStores ?? [];
  expect(store?.XksProxyConfiguration).toMatchObject({
    Connectivity: 'VPC_ENDPOINT_SERVICE',
    UriEndpoint: 'https://private.example.com',
    VpcEndpointServiceName: name,
  });
  rig.engine.call('UpdateCustomKeyStore', {
    CustomKeyStoreId,
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
    XksProxyUriEndpoint: rig.proxy.endpoint,
  });
  const [back] = rig.engine.call('DescribeCustomKeyStores', {}).CustomKeyStores ?? [];
  expect(back?.XksProxyConfiguration).not.toHaveProperty('VpcEndpointServiceName');
});
