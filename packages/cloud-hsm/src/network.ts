// The network around a cluster, as data: what KMS looks at before it connects, and what a test changes.
// https://docs.aws.amazon.com/kms/latest/developerguide/create-keystore.html (assemble the prerequisites)

import { hex } from './encoding.ts';

export interface SubnetInfo {
  readonly id: string;
  readonly availabilityZone: string;
  readonly freeAddresses: number;
  readonly isPrivate: boolean;
}

export interface NetworkInfo {
  readonly subnets: readonly SubnetInfo[];
  /** Whether the cluster's security group lets its members reach each other on the ports 2223 to 2225. */
  readonly isSecurityGroupOpen: boolean;
  /** Whether clients reach the HSMs at all. */
  readonly isReachable: boolean;
}

// A subnet of 256 addresses, of which AWS keeps five: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
const freeAddresses = 251;

/** A private subnet in each zone. */
export function subnetsIn(zones: readonly string[], bytesFor: (zone: string) => Uint8Array): readonly SubnetInfo[] {
  return [...new Set(zones)].map((availabilityZone) => ({
    id: `subnet-${hex(bytesFor(availabilityZone)).slice(0, 17)}`,
    availabilityZone,
    freeAddresses,
    isPrivate: true,
  }));
}
