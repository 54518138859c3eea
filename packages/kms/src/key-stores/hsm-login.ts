// The login of KMS in a CloudHSM cluster: as the crypto user kmsuser, with a password that KMS changes each time it connects a store.
// https://docs.aws.amazon.com/kms/latest/developerguide/keystore-cloudhsm.html#concept-kmsuser

import type { CloudHsmCluster, HsmSession, LoginFault } from '@kmsim/cloud-hsm';
import type { Engine } from '../engine.ts';
import type { CustomKeyStoreRecord } from '../state/key-store-records.ts';
import { clusterOf } from './cluster-checks.ts';
import { openSecret } from './secrets.ts';

const user = 'kmsuser';

export function login(
  kms: Engine,
  { cluster: used, id }: CustomKeyStoreRecord,
  cluster: CloudHsmCluster,
): HsmSession | LoginFault {
  const session = cluster.login(user, openSecret(kms, id, used?.password ?? ''), `kms ${id}`);
  if (typeof session !== 'string') kms.clusters.keepSession(id, cluster, session);
  return session;
}

/** The session of a connected store. One that was lost, and one that a snapshot did not bring, is taken up again. */
export function sessionOf(kms: Engine, store: CustomKeyStoreRecord): HsmSession | LoginFault | 'CLUSTER_NOT_FOUND' {
  const open = kms.clusters.sessionOf(store.id);
  const cluster = clusterOf(kms, store, store.cluster?.id ?? '');
  if (cluster === undefined) return 'CLUSTER_NOT_FOUND';
  return open ?? login(kms, store, cluster);
}
