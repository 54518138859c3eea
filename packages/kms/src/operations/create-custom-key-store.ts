// CreateCustomKeyStore: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateCustomKeyStore.html

import { fail } from '../api/errors.ts';
import type { CustomKeyStoreType } from '../api/types.ts';
import { clusterOf, requireActive, requireConfiguration } from '../key-stores/cluster-checks.ts';
import { requireFreeCluster, requireFreeName, requireFreeProxy } from '../key-stores/in-use.ts';
import { requireHealth, requireService } from '../key-stores/proxy-use.ts';
import { openSecret, sealSecret } from '../key-stores/secrets.ts';
import { refuseOthersMembers, requireConnectivity, requireMembers } from '../key-stores/store-input.ts';
import { storesOf } from '../key-stores/stores.ts';
import type { Call, Operation } from '../operation.ts';
import { requireQuota } from '../quotas/require-quota.ts';
import type { CustomKeyStoreRecord } from '../state/key-store-records.ts';

type CreateCall = Call<'CreateCustomKeyStore'>;

export const createCustomKeyStore: Operation<'CreateCustomKeyStore', CustomKeyStoreType> = {
  enter: ({ input }) => {
    const type = input.CustomKeyStoreType ?? 'AWS_CLOUDHSM';
    refuseOthersMembers(input, type);
    requireMembers(input, type);
    if (type === 'EXTERNAL_KEY_STORE')
      requireConnectivity(input.XksProxyConnectivity ?? '', input.XksProxyVpcEndpointServiceName);
    return type;
  },
  run: (call, type) => {
    const same = sameStore(call);
    if (same !== undefined) return { CustomKeyStoreId: same.id };
    requireQuota(call, 'customKeyStores', storesOf(call.kms, call.site).length);
    requireFreeName(call, call.input.CustomKeyStoreName);
    const blank = blankStore(call, type);
    const store = { ...blank, ...(type === 'AWS_CLOUDHSM' ? withCluster(call, blank) : withProxy(call, blank)) };
    call.page.set('keyStores', store.id, store);
    return { CustomKeyStoreId: store.id };
  },
};

/** "the same property values as an existing disconnected custom key store": a request that is sent again. */
function sameStore(call: CreateCall): CustomKeyStoreRecord | undefined {
  const { CloudHsmClusterId, CustomKeyStoreName, KeyStorePassword, TrustAnchorCertificate } = call.input;
  return storesOf(call.kms, call.site).find(
    ({ cluster, connection, id, name }) =>
      cluster !== undefined &&
      connection.state === 'DISCONNECTED' &&
      name === CustomKeyStoreName &&
      cluster.id === CloudHsmClusterId &&
      cluster.trustAnchor === TrustAnchorCertificate &&
      openSecret(call.kms, id, cluster.password) === KeyStorePassword,
  );
}

const idDigits = 17;

function blankStore(call: CreateCall, type: CustomKeyStoreType): CustomKeyStoreRecord {
  const bytes = call.random.draw(9);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return {
    id: `cks-${hex.slice(0, idDigits)}`,
    account: call.site.account,
    region: call.site.region,
    name: call.input.CustomKeyStoreName,
    type,
    createdAt: call.now,
    ordinal: call.request,
    connection: { state: 'DISCONNECTED' },
  };
}

function withCluster(call: CreateCall, { id }: CustomKeyStoreRecord): Pick<CustomKeyStoreRecord, 'cluster'> {
  const { CloudHsmClusterId = '', KeyStorePassword = '', TrustAnchorCertificate = '' } = call.input;
  const cluster = clusterOf(call.kms, call.site, CloudHsmClusterId);
  if (cluster === undefined)
    return fail('CloudHsmClusterNotFoundException', `The CloudHSM cluster ${CloudHsmClusterId} does not exist.`);
  requireActive(cluster);
  requireConfiguration(cluster, 2);
  requireFreeCluster(call, cluster);
  if (TrustAnchorCertificate.trim() !== cluster.trustAnchor.trim())
    fail(
      'IncorrectTrustAnchorException',
      `The trust anchor certificate is not that of the CloudHSM cluster ${CloudHsmClusterId}.`,
    );
  return {
    cluster: {
      id: CloudHsmClusterId,
      trustAnchor: TrustAnchorCertificate,
      backupHistory: cluster.backupHistory,
      password: sealSecret(call.kms, id, KeyStorePassword),
    },
  };
}

function withProxy(call: CreateCall, blank: CustomKeyStoreRecord): Pick<CustomKeyStoreRecord, 'proxy'> {
  const { input, kms } = call;
  const { AccessKeyId = '', RawSecretAccessKey = '' } = input.XksProxyAuthenticationCredential ?? {};
  const { XksProxyVpcEndpointServiceName: service, XksProxyVpcEndpointServiceOwner: owner } = input;
  const proxy = {
    connectivity: input.XksProxyConnectivity ?? 'PUBLIC_ENDPOINT',
    endpoint: input.XksProxyUriEndpoint ?? '',
    path: input.XksProxyUriPath ?? '',
    accessKeyId: AccessKeyId,
    secret: sealSecret(kms, blank.id, RawSecretAccessKey),
    ...(service !== undefined && { vpcEndpointServiceName: service }),
    ...(owner !== undefined && { vpcEndpointServiceOwner: owner }),
  };
  requireFreeProxy(call, proxy);
  requireService(call, { ...blank, proxy });
  // Behind a VPC endpoint service the proxy is not reached before the store is connected.
  if (proxy.connectivity === 'PUBLIC_ENDPOINT') requireHealth(call, { ...blank, proxy });
  return { proxy };
}
