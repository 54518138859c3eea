// Making backups, and taking in what they hold.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/manage-backups.html

import type { Backend } from '@kmsim/hsm-core';
import { CloudHsmBackup, type HsmContent, recordOfBackup } from './backup.ts';
import { ClusterCertificates } from './certificates/cluster-certificates.ts';
import { defaultBackend, type Parts } from './cluster-record.ts';
import type { ClusterCore } from './core.ts';
import { fromHex, hex } from './encoding.ts';
import { keyOf, recordOf } from './keys/key-record.ts';
import type { HsmType } from './limits.ts';
import { openJson, sealJson } from './sealing.ts';
import { Quorum } from './users/quorum.ts';
import { Users } from './users/users.ts';

/** What a backup keeps: users, certificates and the token keys that an active HSM has. */
export function backUp({ id, core, certificates, historyKey }: Parts): CloudHsmBackup {
  const held = Array.from(core.fleet.keys()).filter((key) => key.attributes.CKA_TOKEN && core.fleet.find(key.id));
  const content: HsmContent = {
    hsmType: core.hsmType,
    certificates: certificates.record(),
    users: core.users.records(),
    quorum: core.quorum.values,
    keys: held.map(recordOf),
    nextHandle: core.nextHandle,
  };
  return new CloudHsmBackup({
    id: core.newId('backup'),
    clusterId: id,
    createdAt: core.now,
    content: sealJson(core.backend, historyKey, content),
    key: hex(historyKey),
  });
}

function contentOf(backend: Backend, backup: CloudHsmBackup): HsmContent {
  const { content, key } = recordOfBackup(backup);
  return openJson(backend, fromHex(key), content) as HsmContent;
}

/** A cluster that is made from a backup has HSMs of the same type. */
export function hsmTypeOf(backup: CloudHsmBackup): HsmType {
  return contentOf(defaultBackend(undefined), backup).hsmType;
}

/** What a new cluster has from a backup before it has an HSM; its users and their quorum are set. */
export function inherited(core: ClusterCore, backup: CloudHsmBackup): Pick<Parts, 'historyKey' | 'certificates'> {
  const { certificates, users, quorum } = contentOf(core.backend, backup);
  core.users = new Users(core.backend, users);
  core.quorum = new Quorum(quorum);
  return {
    historyKey: fromHex(recordOfBackup(backup).key),
    certificates: new ClusterCertificates(core.backend, certificates),
  };
}

/** The keys of a backup are in the first HSM. */
export function putBack(core: ClusterCore, backup: CloudHsmBackup): void {
  const { keys, nextHandle } = contentOf(core.backend, backup);
  const known = new Set(Array.from(core.fleet.keys(), ({ id }) => id));
  for (const key of keys) {
    if (!known.has(key.id)) core.fleet.put(keyOf(key));
    core.fleet.active[0]?.keys.add(key.id);
  }
  core.nextHandle = Math.max(core.nextHandle, nextHandle);
}
