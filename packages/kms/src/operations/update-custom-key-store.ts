// UpdateCustomKeyStore: https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateCustomKeyStore.html

import { fail } from '../api/errors.ts';
import { clusterOf, requireActive, requireConfiguration } from '../key-stores/cluster-checks.ts';
import { requireFreeName, requireFreeProxy } from '../key-stores/in-use.ts';
import { requireHealth, requireService } from '../key-stores/proxy-use.ts';
import { sealSecret } from '../key-stores/secrets.ts';
import { refuseOthersMembers, requireConnectivity } from '../key-stores/store-input.ts';
import { noteStore, requireStore, requireStoreState } from '../key-stores/stores.ts';
import type { Call, Operation } from '../operation.ts';
import type { ClusterUse, CustomKeyStoreRecord, ProxyUse } from '../state/key-store-records.ts';
import { updatableWhenConnected } from '../tables/key-store-states.ts';

type UpdateCall = Call<'UpdateCustomKeyStore'>;

export const updateCustomKeyStore: Operation<'UpdateCustomKeyStore', CustomKeyStoreRecord> = {
  enter: (call) => {
    const store = requireStore(call, call.input.CustomKeyStoreId);
    refuseOthersMembers(call.input, store.type);
    requireSomething(call);
    return store;
  },
  run: (call, store) => {
    noteStore(call, store);
    if (requireStoreState('UpdateCustomKeyStore', store) === 'some members') requireUpdatable(call, store);
    const { NewCustomKeyStoreName: name = store.name } = call.input;
    if (name !== store.name) requireFreeName(call, name, store.id);
    const { cluster, proxy } = store;
    const updated: CustomKeyStoreRecord = {
      ...store,
      name,
      ...(cluster && { cluster: updatedCluster(call, store, cluster) }),
      ...(proxy && { proxy: updatedProxy(call, store, proxy) }),
    };
    call.page.set('keyStores', store.id, updated);
    return {};
  },
};

function changes({ input }: UpdateCall): readonly string[] {
  return Object.entries(input).flatMap(([member, value]) =>
    member === 'CustomKeyStoreId' || value === undefined ? [] : [member],
  );
}

function requireSomething(call: UpdateCall): void {
  if (changes(call).length === 0)
    fail('ValidationException', 'At least one property of the custom key store must be specified.');
}

function requireUpdatable(call: UpdateCall, { connection, id }: CustomKeyStoreRecord): void {
  const fixed = changes(call).find((member) => !(updatableWhenConnected as readonly string[]).includes(member));
  if (fixed !== undefined)
    fail(
      'CustomKeyStoreInvalidStateException',
      `Custom key store ${id} is in the state ${connection.state}: ${fixed} can be changed when it is disconnected.`,
    );
}

/** A password tells KMS the one that kmsuser has; it changes nothing in the cluster. */
function updatedCluster(call: UpdateCall, store: CustomKeyStoreRecord, used: ClusterUse): ClusterUse {
  const { CloudHsmClusterId: id = used.id, KeyStorePassword: password } = call.input;
  if (id !== used.id) {
    const cluster = clusterOf(call.kms, call.site, id);
    if (cluster === undefined)
      return fail('CloudHsmClusterNotFoundException', `The CloudHSM cluster ${id} does not exist.`);
    requireActive(cluster);
    requireConfiguration(cluster, 2);
    if (cluster.backupHistory !== used.backupHistory)
      fail(
        'CloudHsmClusterNotRelatedException',
        `The CloudHSM cluster ${id} shares no backup history with the cluster ${used.id}.`,
      );
  }
  return { ...used, id, ...(password !== undefined && { password: sealSecret(call.kms, store.id, password) }) };
}

const proxyMembers = 'XksProxy';

function updatedProxy(call: UpdateCall, store: CustomKeyStoreRecord, used: ProxyUse): ProxyUse {
  if (!changes(call).some((member) => member.startsWith(proxyMembers))) return used;
  const { input } = call;
  const { XksProxyAuthenticationCredential: credential, XksProxyConnectivity: connectivity = used.connectivity } =
    input;
  const { vpcEndpointServiceName, vpcEndpointServiceOwner, ...rest } = used;
  const isSwitched = connectivity !== used.connectivity;
  if (isSwitched && input.XksProxyUriEndpoint === undefined)
    fail('ValidationException', `XksProxyUriEndpoint is required to change XksProxyConnectivity to ${connectivity}.`);
  const stays = !isSwitched && connectivity === 'VPC_ENDPOINT_SERVICE';
  const service = input.XksProxyVpcEndpointServiceName ?? (stays ? vpcEndpointServiceName : undefined);
  const owner = input.XksProxyVpcEndpointServiceOwner ?? (stays ? vpcEndpointServiceOwner : undefined);
  requireConnectivity(connectivity, service);
  const proxy: ProxyUse = {
    ...rest,
    connectivity,
    endpoint: input.XksProxyUriEndpoint ?? used.endpoint,
    path: input.XksProxyUriPath ?? used.path,
    ...(credential && {
      accessKeyId: credential.AccessKeyId,
      secret: sealSecret(call.kms, store.id, credential.RawSecretAccessKey),
    }),
    ...(service !== undefined && { vpcEndpointServiceName: service }),
    ...(owner !== undefined && { vpcEndpointServiceOwner: owner }),
  };
  requireFreeProxy(call, proxy, store.id);
  requireService(call, { ...store, proxy });
  requireHealth(call, { ...store, proxy });
  return proxy;
}
