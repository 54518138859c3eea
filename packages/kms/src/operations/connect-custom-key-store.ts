// ConnectCustomKeyStore: https://docs.aws.amazon.com/kms/latest/APIReference/API_ConnectCustomKeyStore.html

import { encodeBase64 } from '../api/base64.ts';
import type { ConnectionErrorCodeType } from '../api/types.ts';
import { clusterOf, requireActive, requireConfiguration } from '../key-stores/cluster-checks.ts';
import { serviceFault } from '../key-stores/endpoint-services.ts';
import { healthFailure } from '../key-stores/proxy-checks.ts';
import { sealSecret } from '../key-stores/secrets.ts';
import { noteStore, requireStore, requireStoreState } from '../key-stores/stores.ts';
import type { Call, Operation } from '../operation.ts';
import type { Connection, CustomKeyStoreRecord } from '../state/key-store-records.ts';
import { durations } from '../tables/durations.ts';

type ConnectCall = Call<'ConnectCustomKeyStore'>;

/** It answers at once; how it ends DescribeCustomKeyStores tells when the time is over. */
export const connectCustomKeyStore: Operation<'ConnectCustomKeyStore', CustomKeyStoreRecord> = {
  enter: (call) => requireStore(call, call.input.CustomKeyStoreId),
  run: (call, store) => {
    noteStore(call, store);
    if (requireStoreState('ConnectCustomKeyStore', store) === 'nothing to do') return {};
    const connection = store.type === 'AWS_CLOUDHSM' ? toCluster(call, store) : toProxy(call, store);
    call.page.set('keyStores', store.id, { ...store, connection: { ...connection, state: 'CONNECTING' } });
    return {};
  },
};

// What is easily seen is an exception, and the store stays disconnected; all else is known at the end.
// https://docs.aws.amazon.com/kms/latest/developerguide/fix-keystore.html#fix-keystore-failed
function toCluster(call: ConnectCall, store: CustomKeyStoreRecord): Omit<Connection, 'state'> {
  const cluster = clusterOf(call.kms, store, store.cluster?.id ?? '');
  if (cluster !== undefined) {
    requireActive(cluster);
    requireConfiguration(cluster, 1);
  }
  const password = encodeBase64(call.random.draw(passwordBytes));
  return {
    doneAt: call.now + duration(call, durations.connectCloudHsmMs),
    nextPassword: sealSecret(call.kms, store.id, password),
  };
}

// 32 characters of base64: the longest password there is.
const passwordBytes = 24;

// The proxy is asked now, because an answer can take time, and time that passes waits for nobody.
function toProxy(call: ConnectCall, store: CustomKeyStoreRecord): Omit<Connection, 'state'> {
  const errorCode = proxyError(call, store);
  const doneAt = call.now + duration(call, durations.connectExternalMs);
  return { doneAt, ...(errorCode && { errorCode }) };
}

function proxyError(call: ConnectCall, store: CustomKeyStoreRecord): ConnectionErrorCodeType | undefined {
  const fault = serviceFault(call.kms, store);
  if (fault === undefined) return healthFailure(call, store)?.connection;
  return fault.kind === 'not found'
    ? 'XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND'
    : 'XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION';
}

function duration({ kms }: ConnectCall, still: number): number {
  return kms.world.running ? durations.connectRunningMs : still;
}
