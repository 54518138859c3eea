// A cluster as plain data and back: everything in it is sealed under a key of the caller.

import { type Backend, chooseBackend } from '@kmsim/hsm-core';
import { type BackupRecord, CloudHsmBackup, recordOfBackup } from './backup.ts';
import { type CertificatesRecord, ClusterCertificates } from './certificates/cluster-certificates.ts';
import { ClusterCore } from './core.ts';
import { fromHex, hex } from './encoding.ts';
import type { HsmLoss } from './faults.ts';
import { Hsm, type HsmRecord } from './hsm.ts';
import { type KeyRecord, keyOf, recordOf } from './keys/key-record.ts';
import { type Durations, Lifecycle, type LifecycleRecord } from './lifecycle.ts';
import type { HsmType } from './limits.ts';
import type { NetworkInfo } from './network.ts';
import { openJson, sealJson } from './sealing.ts';
import { Quorum, type QuorumService } from './users/quorum.ts';
import { type UserRecord, Users } from './users/users.ts';

/** Plain data; what is secret in it, and the rest too, only the sealing key opens. */
export interface ClusterRecord {
  readonly version: 1;
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly sealed: string;
}

/** In this package only: what a cluster is made of. */
export interface Parts {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly core: ClusterCore;
  readonly durations: Durations;
  /** 32 bytes that clusters made from each other's backups share. */
  readonly historyKey: Uint8Array;
  readonly certificates: ClusterCertificates;
  readonly backups: readonly CloudHsmBackup[];
}

interface Content {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly secret: string;
  readonly hsmType: HsmType;
  readonly network: NetworkInfo;
  readonly given: number;
  readonly nextHandle: number;
  readonly sessionsOfClient: number;
  readonly losses: readonly HsmLoss[];
  readonly users: readonly UserRecord[];
  readonly quorum: Readonly<Record<QuorumService, number>>;
  readonly keys: readonly KeyRecord[];
  readonly hsms: readonly HsmRecord[];
  readonly lifecycle: LifecycleRecord;
  readonly durations: Durations;
  readonly historyKey: string;
  readonly certificates: CertificatesRecord;
  readonly backups: readonly BackupRecord[];
  readonly now: number;
}

export function sealCluster(parts: Parts, sealKey: Uint8Array): ClusterRecord {
  const { id, account, region, core, durations, historyKey, certificates, backups } = parts;
  const { hsmType, network, given, nextHandle, sessionsOfClient, losses, users, quorum, fleet, now } = core;
  const content: Content = {
    id,
    account,
    region,
    secret: hex(core.secret.bytes()),
    hsmType,
    network,
    given,
    nextHandle,
    sessionsOfClient,
    losses,
    users: users.records(),
    quorum: quorum.values,
    keys: Array.from(fleet.keys(), recordOf),
    hsms: fleet.hsms.map((hsm) => hsm.record()),
    lifecycle: core.lifecycle.record(),
    durations,
    historyKey: hex(historyKey),
    certificates: certificates.record(),
    backups: backups.map(recordOfBackup),
    now,
  };
  return { version: 1, id, account, region, sealed: sealJson(core.backend, sealKey, content) };
}

/** Undefined when the key is another or the record has changed. Nobody is logged in. */
export function openCluster(record: ClusterRecord, sealKey: Uint8Array, backend: Backend): Parts | undefined {
  if (record.version !== 1) return undefined;
  const content = openJson(backend, sealKey, record.sealed) as Content | undefined;
  if (content === undefined || content.id !== record.id) return undefined;
  const { id, account, region, durations, now, hsmType, network, given, nextHandle } = content;
  const lifecycle = new Lifecycle(content.lifecycle);
  const core = new ClusterCore({
    backend,
    secret: fromHex(content.secret),
    hsmType,
    network,
    now,
    lifecycle,
    given,
    nextHandle,
  });
  core.sessionsOfClient = content.sessionsOfClient;
  core.losses.push(...content.losses);
  core.users = new Users(backend, content.users);
  core.quorum = new Quorum(content.quorum);
  for (const key of content.keys) core.fleet.put(keyOf(key));
  core.fleet.hsms.push(...content.hsms.map((hsm) => new Hsm(hsm)));
  core.fleet.stateChanged();
  return {
    id,
    account,
    region,
    core,
    durations,
    historyKey: fromHex(content.historyKey),
    certificates: new ClusterCertificates(backend, content.certificates),
    backups: content.backups.map((backup) => new CloudHsmBackup(backup)),
  };
}

export function defaultBackend(backend: Backend | undefined): Backend {
  const chosen = backend ?? chooseBackend();
  if (chosen === undefined) throw new Error('There is no backend.');
  return chosen;
}
