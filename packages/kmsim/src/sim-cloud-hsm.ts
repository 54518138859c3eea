// CloudHSM clusters for key stores: sim.cloudHsm.

import { CloudHsmBackup, CloudHsmCluster, launchCluster } from '@kmsim/cloud-hsm';
import type { Kms } from '@kmsim/kms';
import { KmsimError } from './kmsim-error.ts';
import { anAccount, aRegion, checkOptions, type Forms, isRecord, isText, listOf, shown } from './option-forms.ts';

const page = 'docs/cloudhsm-key-store.md';

export interface NewClusterOptions {
  /** `cluster-` and 11 letters or digits; one that is made up when absent. */
  readonly id?: string;
  /** Whose it is; the simulation's account when absent. */
  readonly account?: string;
  /** The simulation's when absent. */
  readonly region?: string;
  /** Each gets a private subnet; two zones of the Region when absent. */
  readonly availabilityZones?: readonly string[];
}

export interface LaunchClusterOptions extends NewClusterOptions {
  /** `kmsPassword` when absent: the KeyStorePassword that CreateCustomKeyStore wants. */
  readonly kmsUserPassword?: string;
  /** Other crypto users, with their passwords. */
  readonly cryptoUsers?: Readonly<Record<string, string>>;
  /** `adminPassword` when absent. */
  readonly adminPassword?: string;
}

const newForms: Forms<NewClusterOptions> = {
  id: {
    is: (value) => typeof value === 'string' && /^cluster-[2-7a-zA-Z]{11,16}$/.test(value),
    text: "the id of a cluster ('cluster-1a2b3c4d5e6')",
  },
  account: anAccount,
  region: aRegion,
  availabilityZones: listOf(isText, "Availability Zones ('us-east-1a')"),
};
const launchForms: Forms<LaunchClusterOptions> = {
  ...newForms,
  kmsUserPassword: aPassword(),
  adminPassword: aPassword(),
  cryptoUsers: { is: isRecord, text: 'an object of names and passwords' },
};

function aPassword(): (typeof newForms)['id'] {
  return {
    is: (value) => typeof value === 'string' && value.length >= 7 && value.length <= 32,
    text: 'text of 7 to 32 characters',
  };
}

const knownPasswords = { kms: 'kmsPassword', admin: 'adminPassword' } as const;

export class SimCloudHsm {
  readonly #kms: () => Kms;
  readonly #account: string;
  readonly #region: string;

  constructor(kms: () => Kms, account: string, region: string) {
    this.#kms = kms;
    this.#account = account;
    this.#region = region;
  }

  /** A cluster that is ready for a key store: ACTIVE, an HSM in each of two Availability Zones, a crypto user `kmsuser`. */
  launch(options: LaunchClusterOptions = {}): CloudHsmCluster {
    checkOptions('A cluster', options, launchForms, page);
    const { adminPassword = knownPasswords.admin, cryptoUsers = {}, kmsUserPassword = knownPasswords.kms } = options;
    const users = { kmsuser: kmsUserPassword, ...cryptoUsers };
    return this.#made(() => launchCluster({ ...this.#blank(options), adminPassword, cryptoUsers: users }));
  }

  /** A cluster without HSMs, users and certificates. */
  create(options: NewClusterOptions = {}): CloudHsmCluster {
    checkOptions('A cluster', options, newForms, page);
    return this.#made(() => CloudHsmCluster.create(this.#blank(options)));
  }

  /** A cluster made from a backup of another. It has no HSM yet. */
  fromBackup(backup: CloudHsmBackup, options: NewClusterOptions = {}): CloudHsmCluster {
    checkOptions('A cluster', options, newForms, page);
    if (!(backup instanceof CloudHsmBackup))
      throw new KmsimError('InvalidOption', `fromBackup takes what cluster.backup() returned, not ${shown(backup)}.`, {
        page,
      });
    return this.#made(() => CloudHsmCluster.fromBackup(backup, this.#blank(options)));
  }

  /** The cluster of an id. After `sim.rewind`, and in a fork, it is another object than before. */
  get(id: string): CloudHsmCluster | undefined {
    return this.#kms().clusters.get(id);
  }

  get clusters(): readonly CloudHsmCluster[] {
    return [...this.#kms().clusters];
  }

  #blank({ account = this.#account, id, region = this.#region, availabilityZones }: NewClusterOptions) {
    const { world } = this.#kms();
    return {
      account,
      region,
      availabilityZones: availabilityZones ?? [`${region}a`, `${region}b`],
      random: new Uint8Array(world.cursor('CloudHSM clusters').take().draw(32)),
      now: world.clock.now(),
      ...(id !== undefined && { id }),
    };
  }

  #made(make: () => CloudHsmCluster): CloudHsmCluster {
    let cluster: CloudHsmCluster;
    try {
      cluster = make();
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new KmsimError('InvalidOption', cause.message, { cause, page });
    }
    if (this.get(cluster.id) !== undefined)
      throw new KmsimError('InvalidOption', `There is a cluster with the id ${cluster.id}.`, { page });
    this.#kms().clusters.put(cluster);
    return cluster;
  }
}
