// ConnectCustomKeyStore: at once an answer, in the end a state.

import type { CloudHsmCluster } from '@kmsim/cloud-hsm';
import { describe, expect, test } from 'vitest';
import { minuteMs, password, Rig } from '../key-stores/rig.ts';
import { error } from '../key-stores/test-proxy.ts';

test('an unknown store', () => {
  const { engine } = new Rig();
  expect(engine.refusal('ConnectCustomKeyStore', { CustomKeyStoreId: 'cks-1' })).toEqual({
    code: 'CustomKeyStoreNotFoundException',
    message: 'Custom key store cks-1 does not exist.',
  });
});

describe('a CloudHSM store', () => {
  test('is connecting for twenty minutes, and connected with a password that nobody else knows', () => {
    const rig = new Rig();
    const cluster = rig.cluster();
    const id = rig.create(rig.cloudHsmInput(cluster));
    expect(rig.engine.call('ConnectCustomKeyStore', { CustomKeyStoreId: id })).toEqual({});
    rig.engine.wait(20 * minuteMs - 1);
    expect(rig.state(id)).toEqual({ state: 'CONNECTING', code: undefined });
    expect(rig.engine.call('ConnectCustomKeyStore', { CustomKeyStoreId: id })).toEqual({});
    rig.engine.wait(1);
    expect(rig.state(id)).toEqual({ state: 'CONNECTED', code: undefined });
    expect(rig.engine.call('ConnectCustomKeyStore', { CustomKeyStoreId: id })).toEqual({});
    expect(cluster.login('kmsuser', password, 'me')).toBe('USER_LOGGED_IN');
    rig.disconnect(id);
    expect(cluster.login('kmsuser', password, 'me')).toBe('INVALID_CREDENTIALS');
    // KMS knows the password that it has given.
    rig.connect(id);
    expect(rig.state(id).state).toBe('CONNECTED');
  });

  const failures: readonly (readonly [code: string, breaks: (cluster: CloudHsmCluster) => void])[] = [
    ['NETWORK_ERRORS', (cluster) => cluster.setNetwork({ isReachable: false })],
    ['SUBNET_NOT_FOUND', (cluster) => cluster.setNetwork({ subnets: cluster.network.subnets.slice(1) })],
    [
      'INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET',
      (cluster) =>
        cluster.setNetwork({ subnets: cluster.network.subnets.map((subnet) => ({ ...subnet, freeAddresses: 0 })) }),
    ],
    ['INSUFFICIENT_CLOUDHSM_HSMS', (cluster) => cluster.hsms.forEach(({ id }) => void cluster.failHsm(id))],
    ['USER_LOGGED_IN', (cluster) => void cluster.login('kmsuser', password, 'somebody else')],
    [
      'USER_LOCKED_OUT',
      (cluster) => {
        for (let tries = 0; tries < 5; tries++) cluster.login('kmsuser', 'wrongPassword', 'me');
      },
    ],
    [
      'CLUSTER_NOT_FOUND',
      (cluster) => {
        for (const { id } of cluster.hsms) cluster.deleteHsm(id);
        expect(cluster.delete()).toBeUndefined();
      },
    ],
    ['INTERNAL_ERROR', (cluster) => cluster.limitSessions(0)],
  ];

  test.each(failures)('%s', (code, breaks) => {
    const rig = new Rig();
    const cluster = rig.cluster();
    const id = rig.create(rig.cloudHsmInput(cluster));
    rig.engine.call('ConnectCustomKeyStore', { CustomKeyStoreId: id });
    breaks(cluster);
    rig.pass();
    expect(rig.state(id)).toEqual({ state: 'FAILED', code });
    // A store that failed must be disconnected first.
    expect(rig.engine.refusal('ConnectCustomKeyStore', { CustomKeyStoreId: id }).code).toBe(
      'CustomKeyStoreInvalidStateException',
    );
    rig.disconnect(id);
    expect(rig.state(id)).toEqual({ state: 'DISCONNECTED', code: undefined });
  });

  test('INVALID_CREDENTIALS and USER_NOT_FOUND, and how they are mended', () => {
    const rig = new Rig();
    const cluster = rig.cluster();
    const id = rig.create({ ...rig.cloudHsmInput(cluster), KeyStorePassword: 'wrongPassword' });
    rig.connect(id);
    expect(rig.state(id)).toEqual({ state: 'FAILED', code: 'INVALID_CREDENTIALS' });
    rig.disconnect(id);
    rig.engine.call('UpdateCustomKeyStore', { CustomKeyStoreId: id, KeyStorePassword: password });
    rig.connect(id);
    expect(rig.state(id)).toEqual({ state: 'CONNECTED', code: undefined });
  });

  test('what is easily seen is refused, and the store stays disconnected', () => {
    const rig = new Rig();
    const cluster = rig.cluster();
    const CustomKeyStoreId = rig.create(rig.cloudHsmInput(cluster));
    cluster.showState('MODIFY_IN_PROGRESS');
    expect(rig.engine.refusal('ConnectCustomKeyStore', { CustomKeyStoreId }).code).toBe(
      'CloudHsmClusterNotActiveException',
    );
    cluster.showState();
    const [first, second] = cluster.hsms.map(({ id }) => id);
    cluster.failHsm(first ?? '');
    rig.connect(CustomKeyStoreId);
    expect(rig.state(CustomKeyStoreId).state).toBe('CONNECTED');
    rig.disconnect(CustomKeyStoreId);
    cluster.failHsm(second ?? '');
    expect(rig.engine.refusal('ConnectCustomKeyStore', { CustomKeyStoreId }).code).toBe(
      'CloudHsmClusterInvalidConfigurationException',
    );
  });
});

describe('an external store', () => {
  test('is connecting for five minutes', () => {
    const rig = new Rig();
    const id = rig.create(rig.externalInput());
    rig.engine.call('ConnectCustomKeyStore', { CustomKeyStoreId: id });
    rig.engine.wait(5 * minuteMs - 1);
    expect(rig.state(id).state).toBe('CONNECTING');
    rig.engine.wait(1);
    expect(rig.state(id).state).toBe('CONNECTED');
  });

  test.each([
    ['INVALID_CREDENTIALS', () => error(401, 'AuthenticationFailedException')],
    ['XKS_PROXY_ACCESS_DENIED', () => error(403, 'AccessDeniedException')],
    ['XKS_PROXY_INVALID_CONFIGURATION', () => error(404, 'InvalidUriPathException')],
    ['XKS_PROXY_INVALID_RESPONSE', () => ({ status: 200, body: 'garbage' })],
    ['XKS_PROXY_INVALID_TLS_CONFIGURATION', () => ({ failure: 'tls' as const })],
    ['XKS_PROXY_NOT_REACHABLE', () => ({ failure: 'unreachable' as const })],
    ['XKS_PROXY_TIMED_OUT', () => ({ failure: 'timed out' as const })],
  ])('%s', (code, answer) => {
    const rig = new Rig();
    const id = rig.create(rig.externalInput());
    rig.proxy.change = answer;
    rig.connect(id);
    expect(rig.state(id)).toEqual({ state: 'FAILED', code });
    rig.proxy.change = (same) => same;
    rig.disconnect(id);
    rig.connect(id);
    expect(rig.state(id).state).toBe('CONNECTED');
  });

  test('every external key manager is unavailable', () => {
    const rig = new Rig();
    const id = rig.create(rig.externalInput());
    rig.proxy.health = ['UNAVAILABLE'];
    rig.connect(id);
    expect(rig.state(id)).toEqual({ state: 'FAILED', code: 'XKS_PROXY_NOT_REACHABLE' });
  });

  test('the VPC endpoint service is gone, or is not as it must be', () => {
    const rig = new Rig();
    const name = 'com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d';
    const service = {
      name,
      account: '111122223333',
      region: 'us-east-1',
      loadBalancer: 'network',
      availabilityZones: 3,
      acceptanceRequired: false,
      allowedPrincipals: ['*'],
      privateDnsName: 'xks.example.com',
      privateDnsState: 'verified',
    } as const;
    const { state } = rig.engine.kms;
    state.set('endpointServices', name, service);
    const vpc = { XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE', XksProxyVpcEndpointServiceName: name } as const;
    const id = rig.create(rig.externalInput('vpc', vpc));
    state.set('endpointServices', name, { ...service, acceptanceRequired: true });
    rig.connect(id);
    expect(rig.state(id).code).toBe('XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION');
    rig.disconnect(id);
    state.set('endpointServices', name, undefined);
    rig.connect(id);
    expect(rig.state(id).code).toBe('XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND');
    rig.disconnect(id);
    state.set('endpointServices', name, service);
    rig.connect(id);
    expect(rig.state(id)).toEqual({ state: 'CONNECTED', code: undefined });
    expect(rig.proxy.requests.at(-1)?.vpcEndpointServiceName).toBe(name);
  });
});
