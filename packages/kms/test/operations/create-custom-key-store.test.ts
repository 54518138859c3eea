// CreateCustomKeyStore.

import { describe, expect, test } from 'vitest';
import { abroad, administratorOf, caller, enforced, ours, stranger, theirs } from '../engine.ts';
import { credential, password, Rig } from '../key-stores/rig.ts';
import { error, ok } from '../key-stores/test-proxy.ts';

const serviceName = 'com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f67890';

describe('an AWS CloudHSM key store', () => {
  test('is made disconnected, with an id of its own and none of its secrets told', () => {
    const rig = new Rig();
    const cluster = rig.cluster();
    const id = rig.create(rig.cloudHsmInput(cluster));
    expect(id).toMatch(/^cks-[0-9a-f]{17}$/);
    const { CustomKeyStores } = rig.engine.call('DescribeCustomKeyStores', {});
    expect(CustomKeyStores).toEqual([
      {
        CustomKeyStoreId: id,
        CustomKeyStoreName: 'hsm',
        CloudHsmClusterId: cluster.id,
        TrustAnchorCertificate: cluster.trustAnchor,
        ConnectionState: 'DISCONNECTED',
        CreationDate: new Date(rig.engine.now),
        CustomKeyStoreType: 'AWS_CLOUDHSM',
      },
    ]);
    expect(rig.engine.everything()).not.toContain(password);
  });

  test('asks for members of its own and no others', () => {
    const rig = new Rig();
    const input = rig.cloudHsmInput(rig.cluster());
    const { KeyStorePassword: _, ...without } = input;
    expect(rig.engine.refusal('CreateCustomKeyStore', without)).toEqual({
      code: 'ValidationException',
      message: 'KeyStorePassword is required with the custom key store type AWS_CLOUDHSM.',
    });
    const mixed = { ...input, XksProxyUriPath: '/kms/xks/v1' };
    expect(rig.engine.refusal('CreateCustomKeyStore', mixed).message).toBe(
      'XksProxyUriPath is not valid with the custom key store type AWS_CLOUDHSM.',
    );
    expect(rig.engine.refusal('CreateCustomKeyStore', { ...input, KeyStorePassword: 'short' }).code).toBe(
      'ValidationException',
    );
  });

  test('wants a cluster of the account and Region that is active, with two HSMs and an open network', () => {
    const rig = new Rig();
    const refused = (cluster: ReturnType<Rig['cluster']>, change: object = {}): string =>
      rig.engine.refusal('CreateCustomKeyStore', { ...rig.cloudHsmInput(cluster), ...change }).code;
    const unknown = { CloudHsmClusterId: 'cluster-aaaaaaaaaaa' };
    expect(refused(rig.cluster(), unknown)).toBe('CloudHsmClusterNotFoundException');
    expect(refused(rig.cluster({ account: theirs }))).toBe('CloudHsmClusterNotFoundException');
    expect(refused(rig.cluster({ region: abroad }))).toBe('CloudHsmClusterNotFoundException');
    const cluster = rig.cluster();
    cluster.showState('UPDATE_IN_PROGRESS');
    expect(refused(cluster)).toBe('CloudHsmClusterNotActiveException');
    cluster.showState();
    cluster.failHsm(cluster.hsms[0]?.id ?? '');
    expect(refused(cluster)).toBe('CloudHsmClusterInvalidConfigurationException');
    cluster.recoverHsm(cluster.hsms[0]?.id ?? '');
    cluster.setNetwork({ isSecurityGroupOpen: false });
    expect(refused(cluster)).toBe('CloudHsmClusterInvalidConfigurationException');
    cluster.setNetwork({ isSecurityGroupOpen: true });
    expect(refused(cluster, { TrustAnchorCertificate: rig.cluster().trustAnchor })).toBe(
      'IncorrectTrustAnchorException',
    );
    expect(rig.create(rig.cloudHsmInput(cluster))).toMatch(/^cks-/);
  });

  test('has its cluster for itself, and those of the same backups', () => {
    const rig = new Rig();
    const cluster = rig.cluster();
    const id = rig.create(rig.cloudHsmInput(cluster));
    expect(rig.engine.refusal('CreateCustomKeyStore', rig.cloudHsmInput(cluster, 'other')).code).toBe(
      'CloudHsmClusterInUseException',
    );
    // The same again, as a client that has not got its answer.
    expect(rig.create(rig.cloudHsmInput(cluster))).toBe(id);
    expect(rig.engine.call('DescribeCustomKeyStores', {}).CustomKeyStores).toHaveLength(1);
    rig.connect(id);
    expect(rig.engine.refusal('CreateCustomKeyStore', rig.cloudHsmInput(cluster)).code).toBe(
      'CustomKeyStoreNameInUseException',
    );
  });
});

describe('an external key store', () => {
  test('has told its proxy before it is made, and tells no secret', () => {
    const rig = new Rig();
    const id = rig.create(rig.externalInput());
    expect(rig.engine.call('DescribeCustomKeyStores', { CustomKeyStoreName: 'xks' }).CustomKeyStores).toEqual([
      {
        CustomKeyStoreId: id,
        CustomKeyStoreName: 'xks',
        ConnectionState: 'DISCONNECTED',
        CreationDate: new Date(rig.engine.now),
        CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
        XksProxyConfiguration: {
          Connectivity: 'PUBLIC_ENDPOINT',
          AccessKeyId: credential.AccessKeyId,
          UriEndpoint: rig.proxy.endpoint,
          UriPath: rig.proxy.path,
        },
      },
    ]);
    expect(rig.engine.everything()).not.toContain(credential.RawSecretAccessKey);
    expect(rig.proxy.requests).toHaveLength(1);
    const [{ body, credential: used, path }] = rig.proxy.requests as [(typeof rig.proxy.requests)[number]];
    expect(path).toBe('/kms/xks/v1/health');
    expect(used).toEqual({ accessKeyId: 'A'.repeat(20), rawSecretAccessKey: 's'.repeat(43) });
    expect(JSON.parse(body)).toEqual({
      requestMetadata: { kmsOperation: 'CreateCustomKeyStore', kmsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });

  test.each([
    [() => error(400, 'ValidationException'), 'XksProxyInvalidResponseException'],
    [() => error(401, 'AuthenticationFailedException'), 'XksProxyIncorrectAuthenticationCredentialException'],
    [() => error(404, 'InvalidUriPathException'), 'XksProxyInvalidConfigurationException'],
    [() => error(429, 'ThrottlingException'), 'XksProxyUriUnreachableException'],
    [() => error(503, 'DependencyTimeoutException'), 'XksProxyUriUnreachableException'],
    [() => error(500, 'InternalException'), 'XksProxyInvalidResponseException'],
    [() => error(500, 'NoSuchException'), 'XksProxyInvalidResponseException'],
    [() => ({ status: 302, body: '' }), 'XksProxyInvalidResponseException'],
    [() => ({ status: 200, body: '<html>' }), 'XksProxyInvalidResponseException'],
    [() => ({ status: 200, body: '[]' }), 'XksProxyInvalidResponseException'],
    [() => ok({ xksProxyFleetSize: 0 }), 'XksProxyInvalidResponseException'],
    [() => ({ failure: 'unreachable' as const }), 'XksProxyUriUnreachableException'],
    [() => ({ failure: 'tls' as const }), 'XksProxyUriUnreachableException'],
    [() => ({ failure: 'timed out' as const }), 'XksProxyUriUnreachableException'],
  ])('is not made where the proxy is not well (%#)', (answer, code) => {
    const rig = new Rig();
    rig.proxy.change = answer;
    expect(rig.engine.refusal('CreateCustomKeyStore', rig.externalInput()).code).toBe(code);
  });

  test('is not made where every external key manager is unavailable', () => {
    const rig = new Rig();
    rig.proxy.health = ['UNAVAILABLE', 'UNAVAILABLE'];
    expect(rig.engine.refusal('CreateCustomKeyStore', rig.externalInput())).toEqual({
      code: 'XksProxyUriUnreachableException',
      message:
        'The external key store proxy is in an unhealthy state. If you see this message repeatedly, notify your external key store proxy administrator.',
    });
    rig.proxy.health = ['UNAVAILABLE', 'DEGRADED'];
    expect(rig.create(rig.externalInput())).toMatch(/^cks-/);
  });

  test('shares its proxy with no other store', () => {
    const rig = new Rig();
    rig.create(rig.externalInput());
    const again = (change: object): string =>
      rig.engine.refusal('CreateCustomKeyStore', rig.externalInput('other', change)).code;
    expect(again({})).toBe('XksProxyUriInUseException');
    expect(rig.create(rig.externalInput('path', { XksProxyUriPath: '/a/kms/xks/v1' }))).toMatch(/^cks-/);
    const vpc = {
      XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
      XksProxyVpcEndpointServiceName: serviceName,
      XksProxyUriPath: '/b/kms/xks/v1',
    } as const;
    expect(again(vpc)).toBe('XksProxyUriEndpointInUseException');
  });

  test('behind a VPC endpoint service is judged by the service, and the proxy is not asked', () => {
    const rig = new Rig();
    const input = rig.externalInput('vpc', {
      XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
      XksProxyVpcEndpointServiceName: serviceName,
    });
    const { XksProxyVpcEndpointServiceName: _, ...without } = input;
    expect(rig.engine.refusal('CreateCustomKeyStore', without).code).toBe('ValidationException');
    expect(rig.engine.refusal('CreateCustomKeyStore', input).code).toBe('XksProxyVpcEndpointServiceNotFoundException');
    const service = {
      name: serviceName,
      account: ours,
      region: 'us-east-1',
      loadBalancer: 'network',
      availabilityZones: 2,
      acceptanceRequired: false,
      allowedPrincipals: ['cks.kms.us-east-1.amazonaws.com'],
      privateDnsName: 'xks.example.com',
      privateDnsState: 'verified',
    } as const;
    const withService = (change: object): string => {
      rig.engine.kms.state.set('endpointServices', serviceName, { ...service, ...change });
      return rig.engine.refusal('CreateCustomKeyStore', input).code;
    };
    for (const change of [{ account: theirs }, { region: abroad }, { allowedPrincipals: ['*.amazonaws.com'] }])
      expect(withService(change)).toBe('XksProxyVpcEndpointServiceNotFoundException');
    for (const change of [
      { availabilityZones: 1 },
      { loadBalancer: 'gateway' },
      { acceptanceRequired: true },
      { privateDnsName: 'other.example.com' },
      { privateDnsState: 'pendingVerification' },
    ])
      expect(withService(change)).toBe('XksProxyVpcEndpointServiceInvalidConfigurationException');
    rig.engine.kms.state.set('endpointServices', serviceName, service);
    expect(rig.create(input)).toMatch(/^cks-/);
    expect(rig.proxy.requests).toHaveLength(0);
    const other = rig.externalInput('other', {
      ...input,
      CustomKeyStoreName: 'other',
      XksProxyUriPath: '/b/kms/xks/v1',
    });
    expect(rig.engine.refusal('CreateCustomKeyStore', other).code).toBe('XksProxyUriEndpointInUseException');
  });
});

test('ten stores in an account and Region, and names that are its own', () => {
  const rig = new Rig();
  rig.engine.kms.setQuotas(enforced);
  for (let at = 0; at < 10; at++) rig.create(rig.externalInput(`s${at}`, { XksProxyUriPath: `/${at}a/kms/xks/v1` }));
  const more = rig.externalInput('more', { XksProxyUriPath: '/more/kms/xks/v1' });
  expect(rig.engine.refusal('CreateCustomKeyStore', more).code).toBe('LimitExceededException');
  const there = caller(administratorOf(ours), abroad);
  rig.engine.call('CreateCustomKeyStore', more, there);
  rig.engine.call('CreateCustomKeyStore', more, stranger);
  const named = rig.externalInput('more', { XksProxyUriPath: '/again/kms/xks/v1' });
  expect(rig.engine.refusal('CreateCustomKeyStore', named, there).code).toBe('CustomKeyStoreNameInUseException');
});

test('an identity policy decides, on every resource, with kms:CallerAccount as a condition', () => {
  const rig = new Rig();
  const role = `arn:aws:iam::${ours}:role/Keeper`;
  const keeper = rig.engine.attach(role, {
    Effect: 'Allow',
    Action: ['kms:CreateCustomKeyStore', 'kms:DescribeCustomKeyStores'],
    Resource: '*',
    Condition: { StringEquals: { 'kms:CallerAccount': ours } },
  });
  const { CustomKeyStoreId = '' } = rig.engine.call('CreateCustomKeyStore', rig.externalInput(), keeper);
  expect(rig.engine.call('DescribeCustomKeyStores', { CustomKeyStoreId }, keeper).CustomKeyStores).toHaveLength(1);
  for (const name of ['ConnectCustomKeyStore', 'DisconnectCustomKeyStore', 'DeleteCustomKeyStore'] as const)
    expect(rig.engine.refusal(name, { CustomKeyStoreId }, keeper).code).toBe('AccessDeniedException');
  const update = { CustomKeyStoreId, NewCustomKeyStoreName: 'n' };
  expect(rig.engine.refusal('UpdateCustomKeyStore', update, keeper).code).toBe('AccessDeniedException');
  expect(rig.engine.refusal('DescribeCustomKeyStores', { CustomKeyStoreId }, stranger).code).toBe(
    'CustomKeyStoreNotFoundException',
  );
});
