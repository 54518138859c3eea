// What KMS asks of a CloudHSM cluster before it works with it.
// https://docs.aws.amazon.com/kms/latest/developerguide/create-keystore.html (assemble the prerequisites)
// The texts are of our own: the exceptions' names say the rest.

import type { CloudHsmCluster } from '@kmsim/cloud-hsm';
import { fail } from '../api/errors.ts';
import type { Engine } from '../engine.ts';

interface Place {
  readonly account: string;
  readonly region: string;
}

/** A cluster of the account and Region that is not deleted. */
export function clusterOf({ clusters }: Engine, { account, region }: Place, id: string): CloudHsmCluster | undefined {
  const cluster = clusters.get(id);
  if (cluster?.account !== account || cluster.region !== region) return undefined;
  return cluster.state === 'DELETED' ? undefined : cluster;
}

export function activeHsms({ hsms }: CloudHsmCluster): CloudHsmCluster['hsms'] {
  return hsms.filter(({ state }) => state === 'ACTIVE');
}

export function requireActive(cluster: CloudHsmCluster): void {
  if (cluster.state !== 'ACTIVE')
    fail('CloudHsmClusterNotActiveException', `The CloudHSM cluster ${cluster.id} is in the state ${cluster.state}.`);
}

/** To make a store or a key there must be two active HSMs in different Availability Zones, to connect one. */
export function requireConfiguration(cluster: CloudHsmCluster, hsmsNeeded: 1 | 2): void {
  const zones = new Set(activeHsms(cluster).map(({ availabilityZone }) => availabilityZone));
  if (zones.size < hsmsNeeded) {
    const needed = hsmsNeeded === 1 ? 'no active HSM' : 'fewer than two active HSMs in different Availability Zones';
    misconfigured(cluster, `has ${needed}`);
  }
  const { isSecurityGroupOpen, subnets } = cluster.network;
  const privateZones = new Set(subnets.filter(({ isPrivate }) => isPrivate).map((subnet) => subnet.availabilityZone));
  if (privateZones.size < 2) misconfigured(cluster, 'has no private subnets in two Availability Zones');
  if (!isSecurityGroupOpen) misconfigured(cluster, 'has a security group without its rules for the ports 2223-2225');
}

function misconfigured({ id }: CloudHsmCluster, problem: string): never {
  return fail('CloudHsmClusterInvalidConfigurationException', `The CloudHSM cluster ${id} ${problem}.`);
}
