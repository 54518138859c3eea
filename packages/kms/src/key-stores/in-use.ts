// What only one custom key store of an account and Region may have. The texts are of our own: the exceptions' names say the rest.

import type { CloudHsmCluster } from '@kmsim/cloud-hsm';
import { fail } from '../api/errors.ts';
import type { Call } from '../operation.ts';
import type { CustomKeyStoreRecord, ProxyUse } from '../state/key-store-records.ts';
import { storesOf } from './stores.ts';

/** The stores beside the one that is about to have it. */
function others(call: Call, id: string | undefined): readonly CustomKeyStoreRecord[] {
  return storesOf(call.kms, call.site).filter((store) => store.id !== id);
}

export function requireFreeName(call: Call, name: string, id?: string): void {
  if (others(call, id).some((store) => store.name === name))
    fail('CustomKeyStoreNameInUseException', `There is a custom key store with the name ${name}.`);
}

/** A cluster, and all that share its backups. */
export function requireFreeCluster(call: Call, cluster: CloudHsmCluster, id?: string): void {
  const isUsed = others(call, id).some(
    ({ cluster: used }) => used?.id === cluster.id || used?.backupHistory === cluster.backupHistory,
  );
  if (isUsed)
    fail(
      'CloudHsmClusterInUseException',
      `The CloudHSM cluster ${cluster.id}, or one that shares a backup history with it, is used by another custom key store.`,
    );
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateCustomKeyStore.html (XksProxyUriEndpoint, XksProxyUriPath, XksProxyVpcEndpointServiceName) */
export function requireFreeProxy(call: Call, proxy: ProxyUse, id?: string): void {
  const used = others(call, id).flatMap((store) => (store.proxy === undefined ? [] : [store.proxy]));
  const atEndpoint = used.filter(({ endpoint }) => endpoint === proxy.endpoint);
  if (atEndpoint.some(({ path }) => path === proxy.path))
    fail(
      'XksProxyUriInUseException',
      `The proxy URI ${proxy.endpoint}${proxy.path} is used by another custom key store.`,
    );
  const isVpc = (one: ProxyUse): boolean => one.connectivity === 'VPC_ENDPOINT_SERVICE';
  if (atEndpoint.some((one) => isVpc(one) || isVpc(proxy)))
    fail(
      'XksProxyUriEndpointInUseException',
      `The proxy URI endpoint ${proxy.endpoint} is used by another custom key store.`,
    );
  const name = proxy.vpcEndpointServiceName;
  if (name !== undefined && used.some((one) => one.vpcEndpointServiceName === name))
    fail(
      'XksProxyVpcEndpointServiceInUseException',
      `The VPC endpoint service ${name} is used by another custom key store.`,
    );
}
