// A simulated CloudHSM cluster. It draws no randomness and reads no clock: random bytes and instants are parameters.

import type { Backend } from '@kmsim/hsm-core';
import type { CloudHsmBackup } from './backup.ts';
import { backUp, putBack } from './backups.ts';
import type { CertificateFault, ClusterCertificates, GivenCertificates } from './certificates/cluster-certificates.ts';
import { type ClusterRecord, defaultBackend, openCluster, type Parts, sealCluster } from './cluster-record.ts';
import { type ClusterState, stages } from './cluster-states.ts';
import type { ClusterCore } from './core.ts';
import { hex } from './encoding.ts';
import type { HsmLoss, LoginFault } from './faults.ts';
import { createHsm, deleteHsm, type HsmFault, joinHsm, settle } from './hardware.ts';
import type { Hsm, HsmInfo } from './hsm.ts';
import { HsmSession } from './hsm-session.ts';
import type { Durations } from './lifecycle.ts';
import type { NetworkInfo } from './network.ts';
import { type ClusterOptions, clusterFrom, createFirstUsers, newCluster } from './new-cluster.ts';
import { AdminSession } from './users/admin-session.ts';
import { logIn } from './users/log-in.ts';
import { isPassword, type UserInfo } from './users/users.ts';

/** In this package only. */
export let coreOf: (cluster: CloudHsmCluster) => ClusterCore;

export class CloudHsmCluster {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly #core: ClusterCore;
  readonly #durations: Durations;
  readonly #historyKey: Uint8Array;
  #certificates: ClusterCertificates;
  #backups: readonly CloudHsmBackup[];

  static {
    coreOf = (cluster) => cluster.#core;
  }

  /** For `create`, `fromBackup` and `restore`. */
  protected constructor(parts: Parts) {
    this.id = parts.id;
    this.account = parts.account;
    this.region = parts.region;
    this.#core = parts.core;
    this.#durations = parts.durations;
    this.#historyKey = parts.historyKey;
    this.#certificates = parts.certificates;
    this.#backups = parts.backups;
  }

  /** A new cluster without HSMs. */
  static create(options: ClusterOptions): CloudHsmCluster {
    return new CloudHsmCluster(newCluster(options));
  }

  /** A new cluster with the users, keys and certificates of a backup, as soon as it has an HSM. */
  static fromBackup(backup: CloudHsmBackup, options: Omit<ClusterOptions, 'hsmType'>): CloudHsmCluster {
    return new CloudHsmCluster(clusterFrom(backup, options));
  }

  get state(): ClusterState {
    return this.#core.lifecycle.state;
  }

  /** The certificate of who signed the cluster's: customerCA.crt, as PEM. Empty before it is initialized. */
  get trustAnchor(): string {
    return this.#core.lifecycle.stage === 'created' ? '' : this.#certificates.trustAnchor;
  }

  /** The same for clusters that were made from backups of each other. */
  get backupHistory(): string {
    return hex(this.#core.backend.hmacSha256(this.#historyKey)(new TextEncoder().encode('name')).subarray(0, 16));
  }

  get hsms(): readonly HsmInfo[] {
    return this.#core.fleet.hsms.map((hsm) => hsm.info());
  }

  get network(): NetworkInfo {
    return this.#core.network;
  }

  setNetwork(change: Partial<NetworkInfo>): void {
    this.#core.network = { ...this.#core.network, ...change };
  }

  /** The instant of the cluster: what is due by then has happened. It never goes back. */
  advance(now: number): void {
    if (now <= this.#core.now) return;
    this.#core.now = now;
    this.#core.lifecycle.advance(now);
    settle(this.#core, now, this.#restore);
  }

  createHsm(availabilityZone: string): HsmInfo | HsmFault {
    if (!stages[this.#core.lifecycle.stage].takesHsms || this.#core.lifecycle.isPending) return 'INVALID_STATE';
    const times = { now: this.#core.now, takes: this.#durations.createHsm };
    return createHsm(this.#core, availabilityZone, times, this.#restore);
  }

  /** Before an HSM goes, there is a backup. */
  deleteHsm(id: string): HsmFault | undefined {
    return this.#withHsm(id, (hsm) => {
      if (hsm.state === 'DELETE_IN_PROGRESS') return 'INVALID_STATE';
      if (hsm.state === 'ACTIVE') this.backup();
      deleteHsm(this.#core, hsm, { now: this.#core.now, takes: this.#durations.deleteHsm }, this.#restore);
      return undefined;
    });
  }

  /** The HSM stops working: its state is DEGRADED, and what is in it stays there. */
  failHsm(id: string): HsmFault | undefined {
    return this.#lose(id, 'failure');
  }

  /** The HSM erases everything in it, as when it is tampered with; its state is DEGRADED. */
  zeroizeHsm(id: string): HsmFault | undefined {
    return this.#lose(id, 'zeroization');
  }

  /** An HSM that was DEGRADED works again and gets what it lacks from the others. */
  recoverHsm(id: string): HsmFault | undefined {
    return this.#withHsm(id, (hsm) => {
      if (hsm.state !== 'DEGRADED') return 'INVALID_STATE';
      joinHsm(this.#core, hsm, this.#restore);
      return undefined;
    });
  }

  /** Whether the HSM is cut off from the others: it serves clients, and keys are cloned neither to nor from it. */
  cutOffHsm(id: string, isCutOff: boolean): HsmFault | undefined {
    return this.#withHsm(id, (hsm) => {
      hsm.isCutOff = isCutOff;
      this.#core.fleet.synchronize();
      return undefined;
    });
  }

  /** Plans a loss: the HSM that does the next operation of that kind is lost in the middle of it. */
  loseHsmDuring(loss: HsmLoss): void {
    this.#core.losses.push(loss);
  }

  /** PKCS #11 sessions that a client may have; 1,024 unless a test sets fewer. */
  limitSessions(ofClient: number): void {
    this.#core.sessionsOfClient = ofClient;
  }

  /** The first HSM is there: the cluster gets its certificates, those that somebody brings or ones of its own. */
  initialize(given?: GivenCertificates): CertificateFault | 'INVALID_STATE' | 'NO_HSM' | undefined {
    if (this.state !== 'UNINITIALIZED') return 'INVALID_STATE';
    if (this.#core.fleet.active.length === 0) return 'NO_HSM';
    const certificates = this.#certificates.initialized(this.#core.now, given);
    if (typeof certificates === 'string') return certificates;
    this.#certificates = certificates;
    const dueAt = this.#core.now + this.#durations.initialize;
    this.#core.lifecycle.go('INITIALIZE_IN_PROGRESS', 'initialized', dueAt, this.#core.now);
    return undefined;
  }

  /** PEM, to be signed by the customer. */
  get certificateSigningRequest(): string {
    return this.#certificates.signingRequest;
  }

  /** PEM: the cluster's certificate, which the trust anchor signed. Empty before it is initialized. */
  get signedCertificate(): string {
    return this.#core.lifecycle.stage === 'created' ? '' : this.#certificates.signedCertificate;
  }

  /** The first admin gets his password, and with it the cluster is ACTIVE. */
  activate(adminPassword: string): 'INVALID_STATE' | 'NO_HSM' | 'INVALID_PASSWORD' | undefined {
    if (this.state !== 'INITIALIZED') return 'INVALID_STATE';
    if (this.#core.fleet.active.length === 0) return 'NO_HSM';
    if (!isPassword(adminPassword)) return 'INVALID_PASSWORD';
    createFirstUsers(this.#core, adminPassword);
    this.#core.lifecycle.reach('activated');
    return undefined;
  }

  get users(): readonly UserInfo[] {
    return this.#core.users.list();
  }

  /** Logs a crypto user in, with his keys. `client` is a name for the program that asks. */
  login(user: string, password: string, client: string): HsmSession | LoginFault {
    const login = logIn(this.#core, { role: 'crypto-user', user, password, client });
    return typeof login === 'string' ? login : new HsmSession(this.#core, login);
  }

  /** Logs an admin in. */
  loginAdmin(user: string, password: string, client: string): AdminSession | LoginFault {
    const login = logIn(this.#core, { role: 'admin', user, password, client });
    return typeof login === 'string' ? login : new AdminSession(this.#core, login);
  }

  /** Of the cluster and of those it was made from, the oldest first. */
  get backups(): readonly CloudHsmBackup[] {
    return this.#backups;
  }

  /** Undefined when there is no HSM to ask. */
  backup(): CloudHsmBackup | undefined {
    if (this.#core.fleet.active.length === 0) return undefined;
    const backup = backUp(this.#parts());
    this.#backups = [...this.#backups, backup];
    return backup;
  }

  /** A cluster with HSMs cannot be deleted. Its backups stay. */
  delete(): 'INVALID_STATE' | undefined {
    if (this.#core.fleet.hsms.length > 0 || this.#core.lifecycle.stage === 'deleted') return 'INVALID_STATE';
    this.#core.lifecycle.go(
      'DELETE_IN_PROGRESS',
      'deleted',
      this.#core.now + this.#durations.deleteCluster,
      this.#core.now,
    );
    return undefined;
  }

  /** For the end of a simulation: overwrites every secret. The cluster is DELETED, without HSMs, keys, users and backups. */
  erase(): void {
    this.#core.erase();
    this.#historyKey.fill(0);
    this.#certificates = this.#certificates.withoutSecret();
    this.#backups = [];
  }

  /** Shows a state that AWS puts clusters in while it works on them (UPDATE_IN_PROGRESS, DEGRADED, ...), until it is called without one. */
  showState(state?: ClusterState): void {
    this.#core.lifecycle.show(state);
  }

  /** Plain data, sealed under 32 bytes. Logins are not in it: after `restore` nobody is logged in. */
  record(sealKey: Uint8Array): ClusterRecord {
    return sealCluster(this.#parts(), sealKey);
  }

  /** Undefined when the key is another or the record has changed. */
  static restore(record: ClusterRecord, sealKey: Uint8Array, backend?: Backend): CloudHsmCluster | undefined {
    const parts = openCluster(record, sealKey, defaultBackend(backend));
    return parts && new CloudHsmCluster(parts);
  }

  #parts(): Parts {
    return {
      id: this.id,
      account: this.account,
      region: this.region,
      core: this.#core,
      durations: this.#durations,
      historyKey: this.#historyKey,
      certificates: this.#certificates,
      backups: this.#backups,
    };
  }

  #withHsm<Result>(id: string, act: (hsm: Hsm) => Result): Result | 'HSM_NOT_FOUND' {
    const hsm = this.#core.fleet.hsms.find((one) => one.id === id);
    return hsm === undefined ? 'HSM_NOT_FOUND' : act(hsm);
  }

  #lose(id: string, by: HsmLoss['by']): HsmFault | undefined {
    return this.#withHsm(id, (hsm) => {
      const isThere = hsm.state === 'ACTIVE' || hsm.state === 'DEGRADED';
      if (!isThere) return 'INVALID_STATE';
      this.#core.loseHsm(hsm, by);
      return undefined;
    });
  }

  /** The first HSM after none gets what the latest backup has. */
  readonly #restore = (): void => {
    const latest = this.#backups.at(-1);
    if (latest !== undefined) putBack(this.#core, latest);
  };
}
