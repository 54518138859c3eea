// The end of connecting or disconnecting a custom key store: what the store has become when the time is over.

import type { CloudHsmCluster, LoginFault } from '@kmsim/cloud-hsm';
import type { ConnectionErrorCodeType } from '../api/types.ts';
import type { Engine } from '../engine.ts';
import type { Connection, CustomKeyStoreRecord } from '../state/key-store-records.ts';
import { activeHsms, clusterOf } from './cluster-checks.ts';
import { login } from './hsm-login.ts';
import { openSecret } from './secrets.ts';

export function connect(kms: Engine, store: CustomKeyStoreRecord): CustomKeyStoreRecord {
  const { cluster, connection } = store;
  if (connection.state === 'DISCONNECTING') {
    kms.clusters.logout(store.id);
    return { ...store, connection: { state: 'DISCONNECTED' } };
  }
  // An external key store was asked when the connection began.
  const errorCode = cluster === undefined ? connection.errorCode : connectCluster(kms, store);
  if (errorCode !== undefined) return { ...store, connection: { state: 'FAILED', errorCode } };
  const connected: Connection = { state: 'CONNECTED' };
  if (cluster === undefined) return { ...store, connection: connected };
  return {
    ...store,
    connection: connected,
    cluster: { ...cluster, password: connection.nextPassword ?? cluster.password },
  };
}

// The first that applies. https://docs.aws.amazon.com/kms/latest/developerguide/fix-keystore.html#fix-keystore-failed
function connectCluster(kms: Engine, store: CustomKeyStoreRecord): ConnectionErrorCodeType | undefined {
  const cluster = clusterOf(kms, store, store.cluster?.id ?? '');
  if (cluster === undefined) return 'CLUSTER_NOT_FOUND';
  const { isReachable, isSecurityGroupOpen } = cluster.network;
  if (!isReachable || !isSecurityGroupOpen) return 'NETWORK_ERRORS';
  if (activeHsms(cluster).length === 0) return 'INSUFFICIENT_CLOUDHSM_HSMS';
  const subnetFault = faultOfSubnets(cluster);
  if (subnetFault !== undefined) return subnetFault;
  const session = login(kms, store, cluster);
  if (typeof session === 'string') return loginErrors[session];
  const changed = session.changePassword(openSecret(kms, store.id, store.connection.nextPassword ?? ''));
  if (changed === undefined) return undefined;
  kms.clusters.logout(store.id);
  return changed === 'UNREACHABLE' ? 'NETWORK_ERRORS' : 'INTERNAL_ERROR';
}

function faultOfSubnets({ hsms, network }: CloudHsmCluster): ConnectionErrorCodeType | undefined {
  const ids = new Set(network.subnets.map(({ id }) => id));
  if (ids.size === 0 || hsms.some(({ state, subnet }) => state !== 'DELETED' && !ids.has(subnet)))
    return 'SUBNET_NOT_FOUND';
  const isFull = network.subnets.some(({ freeAddresses, isPrivate }) => isPrivate && freeAddresses < 1);
  return isFull ? 'INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET' : undefined;
}

const loginErrors: Readonly<Record<LoginFault, ConnectionErrorCodeType>> = {
  USER_NOT_FOUND: 'USER_NOT_FOUND',
  USER_LOCKED_OUT: 'USER_LOCKED_OUT',
  USER_LOGGED_IN: 'USER_LOGGED_IN',
  INVALID_CREDENTIALS: 'INVALID_CREDENTIALS',
  NO_HSM: 'INSUFFICIENT_CLOUDHSM_HSMS',
  UNREACHABLE: 'NETWORK_ERRORS',
};
