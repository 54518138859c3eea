// Backups: everything that is in the HSMs at an instant, encrypted. A cluster that is made from one has its users, keys and certificates.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/backups.html

import type { CertificatesRecord } from './certificates/cluster-certificates.ts';
import type { KeyRecord } from './keys/key-record.ts';
import type { HsmType } from './limits.ts';
import type { QuorumService } from './users/quorum.ts';
import type { UserRecord } from './users/users.ts';

/** What is in HSMs. */
export interface HsmContent {
  readonly hsmType: HsmType;
  readonly certificates: CertificatesRecord;
  readonly users: readonly UserRecord[];
  /** Minimum numbers of approvals. */
  readonly quorum: Readonly<Record<QuorumService, number>>;
  readonly keys: readonly KeyRecord[];
  readonly nextHandle: number;
}

export interface BackupRecord {
  readonly id: string;
  readonly clusterId: string;
  readonly createdAt: number;
  /** Sealed. */
  readonly content: string;
  /** The key of the history, as hexadecimal digits: a secret. */
  readonly key: string;
}

/** In this package only: what a backup holds. */
export let recordOfBackup: (backup: CloudHsmBackup) => BackupRecord;

/** The content is out of reach: only a cluster that is made from it has it. */
export class CloudHsmBackup {
  readonly id: string;
  /** Of the cluster it was made from. */
  readonly clusterId: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly #record: BackupRecord;

  constructor(record: BackupRecord) {
    this.id = record.id;
    this.clusterId = record.clusterId;
    this.createdAt = record.createdAt;
    this.#record = record;
  }

  static {
    recordOfBackup = (backup) => backup.#record;
  }
}
