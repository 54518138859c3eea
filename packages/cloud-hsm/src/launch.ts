// A cluster that is ready: HSMs, certificates, an admin and crypto users, in one call.

import { CloudHsmCluster, coreOf } from './cluster.ts';
import type { ClusterOptions } from './new-cluster.ts';
import { isPassword, isUserName } from './users/users.ts';

export interface LaunchOptions extends Omit<ClusterOptions, 'durations'> {
  readonly adminPassword: string;
  /** Passwords of crypto users by name, of `kmsuser` for a key store of KMS. */
  readonly cryptoUsers: Readonly<Record<string, string>>;
}

/** An ACTIVE cluster with an HSM in each of the zones. Throws a RangeError for what no cluster takes. */
export function launchCluster({ adminPassword, cryptoUsers, ...options }: LaunchOptions): CloudHsmCluster {
  const cluster = CloudHsmCluster.create(options);
  const core = coreOf(cluster);
  for (const zone of options.availabilityZones) insist(cluster.createHsm(zone));
  insist(cluster.initialize());
  insist(cluster.activate(adminPassword));
  for (const [name, password] of Object.entries(cryptoUsers)) {
    if (!isUserName(name)) throw new RangeError(`${name} is no name of a user.`);
    if (!isPassword(password)) insist('INVALID_PASSWORD');
    core.users.create('crypto-user', name, password, core.derive('salt'));
  }
  return cluster;
}

function insist(outcome: unknown): void {
  if (typeof outcome === 'string') throw new RangeError(`The cluster cannot be launched: ${outcome}.`);
}
