// DescribeCustomKeyStores: https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeCustomKeyStores.html

import { fail } from '../api/errors.ts';
import type { CustomKeyStoresListEntry, XksProxyConfigurationType } from '../api/types.ts';
import { requireStore, storesOf } from '../key-stores/stores.ts';
import type { Operation } from '../operation.ts';
import type { CustomKeyStoreRecord, ProxyUse } from '../state/key-store-records.ts';
import { paginate } from '../state/markers.ts';

// The reference has no default. No account has more than ten.
const defaultLimit = 1000;

export const describeCustomKeyStores: Operation<'DescribeCustomKeyStores', readonly CustomKeyStoreRecord[]> = {
  enter: (call) => {
    const { CustomKeyStoreId: id, CustomKeyStoreName: name } = call.input;
    if (id !== undefined && name !== undefined)
      fail('ValidationException', 'You cannot specify both CustomKeyStoreId and CustomKeyStoreName.');
    if (id !== undefined) return [requireStore(call, id)];
    const stores = storesOf(call.kms, call.site);
    if (name === undefined) return stores;
    const named = stores.filter((store) => store.name === name);
    return named.length > 0
      ? named
      : fail('CustomKeyStoreNotFoundException', `Custom key store ${name} does not exist.`);
  },
  run: (call, stores) => {
    const { Limit = defaultLimit, Marker } = call.input;
    const { items, ...page } = paginate(
      call.kms.markers,
      `DescribeCustomKeyStores ${call.site.prefix}`,
      { Marker, limit: Limit },
      (after, count) => stores.filter(({ ordinal }) => ordinal > Number(after ?? -1)).slice(0, count),
      ({ ordinal }) => String(ordinal),
    );
    return { CustomKeyStores: items.map(entryOf), ...page };
  },
};

/** No secret is in it. */
function entryOf(store: CustomKeyStoreRecord): CustomKeyStoresListEntry {
  const { cluster, connection, proxy } = store;
  const { errorCode, state } = connection;
  return {
    CustomKeyStoreId: store.id,
    CustomKeyStoreName: store.name,
    ...(cluster && { CloudHsmClusterId: cluster.id, TrustAnchorCertificate: cluster.trustAnchor }),
    ConnectionState: state,
    ...(state === 'FAILED' && errorCode !== undefined && { ConnectionErrorCode: errorCode }),
    CreationDate: new Date(store.createdAt),
    CustomKeyStoreType: store.type,
    ...(proxy && { XksProxyConfiguration: configurationOf(proxy) }),
  };
}

function configurationOf(proxy: ProxyUse): XksProxyConfigurationType {
  const { vpcEndpointServiceName: name, vpcEndpointServiceOwner: owner } = proxy;
  return {
    Connectivity: proxy.connectivity,
    AccessKeyId: proxy.accessKeyId,
    UriEndpoint: proxy.endpoint,
    UriPath: proxy.path,
    ...(name !== undefined && { VpcEndpointServiceName: name }),
    ...(owner !== undefined && { VpcEndpointServiceOwner: owner }),
  };
}
