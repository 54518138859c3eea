// How clusters begin: from nothing, or from a backup.

import type { Backend } from '@kmsim/hsm-core';
import type { CloudHsmBackup } from './backup.ts';
import { hsmTypeOf, inherited } from './backups.ts';
import { certificatesFor } from './certificates/cluster-certificates.ts';
import { defaultBackend, type Parts } from './cluster-record.ts';
import { ClusterCore } from './core.ts';
import { hex, idText } from './encoding.ts';
import { atOnce, type Durations, Lifecycle } from './lifecycle.ts';
import type { HsmType } from './limits.ts';
import { subnetsIn } from './network.ts';

export interface ClusterOptions {
  readonly account: string;
  readonly region: string;
  /** One private subnet is made in each. */
  readonly availabilityZones: readonly string[];
  /** 32 bytes nobody else has: ids, certificates and salts follow from them. */
  readonly random: Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly id?: string;
  readonly hsmType?: HsmType;
  readonly durations?: Partial<Durations>;
  readonly backend?: Backend;
}

/** A new cluster without HSMs. */
export function newCluster(options: ClusterOptions): Parts {
  const { account, region, availabilityZones, random, now, hsmType = 'hsm2m.medium' } = options;
  if (random.length !== 32) throw new RangeError('A cluster takes 32 random bytes.');
  const durations = { ...atOnce, ...options.durations };
  const lifecycle = new Lifecycle({ stage: 'created' });
  const backend = defaultBackend(options.backend);
  const network = { subnets: [], isSecurityGroupOpen: true, isReachable: true };
  const core = new ClusterCore({ backend, secret: random, hsmType, network, now, lifecycle });
  core.network = { ...network, subnets: subnetsIn(availabilityZones, (zone) => core.named(`subnet ${zone}`)) };
  const id = options.id ?? `cluster-${idText(core.named('cluster id'), 11)}`;
  lifecycle.go('CREATE_IN_PROGRESS', 'created', now + durations.createCluster, now);
  const certificates = certificatesFor(backend, id, core.named('certificates'), now);
  const historyKey = core.named('history');
  return { id, account, region, core, durations, historyKey, certificates, backups: [] };
}

/** It is activated from the start, and its first HSM gets the keys. */
export function clusterFrom(backup: CloudHsmBackup, options: Omit<ClusterOptions, 'hsmType'>): Parts {
  const parts = newCluster({ ...options, hsmType: hsmTypeOf(backup) });
  const { core, durations } = parts;
  core.lifecycle.go('CREATE_IN_PROGRESS', 'activated', options.now + durations.createCluster, options.now);
  return { ...parts, ...inherited(core, backup), backups: [backup] };
}

/** https://docs.aws.amazon.com/cloudhsm/latest/userguide/understanding-users.html (admin, appliance user) */
export function createFirstUsers(core: ClusterCore, adminPassword: string): void {
  core.users.create('admin', 'admin', adminPassword, core.derive('salt'));
  // AWS has its credentials, and nobody else.
  core.users.create('appliance-user', 'app_user', hex(core.derive('password')), core.derive('salt'));
}
