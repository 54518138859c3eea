// A key that stands for one of the real service, of which only the name and some properties are known: everything about it can be
// decided, and nothing can be encrypted with it.

import type { KeySpec, KeyUsage } from '@kmsim/hsm-core';
import { lonePrimary } from '@kmsim/multi-region';
import { awsManagedKeyOfAlias, awsManagedKeyPolicy } from '../tables/aws-managed-keys.ts';
import type { KeyOrigin } from '../tables/key-states.ts';
import { type KmsArn, partitionOf } from './names.ts';
import { defaultKeyPolicy } from './policies.ts';
import type { Instant, KeyRecord, Tag } from './records.ts';
import { withTags } from './tags.ts';

export interface StandIn {
  readonly arn: string;
  /** The parts of the ARN. */
  readonly name: KmsArn;
  readonly createdAt: Instant;
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly origin: KeyOrigin;
  /** The Region of the primary, of a multi-Region key. */
  readonly primaryRegion: string | undefined;
  /** The alias of AWS that makes it an AWS managed key. */
  readonly awsAlias: string | undefined;
  /** The default key policy when absent; that of its service for an AWS managed key. */
  readonly policy: string | undefined;
  readonly tags: readonly Tag[];
}

// No vault has material of that id.
const noMaterial = '0'.repeat(64);

export function standInKey(key: StandIn, ordinal: number): KeyRecord {
  const { account, name: id, region } = key.name;
  const managed = key.awsAlias === undefined ? undefined : awsManagedKeyOfAlias(key.awsAlias);
  const partition = partitionOf(region);
  const ofService = managed && awsManagedKeyPolicy(managed.service, account, region, partition);
  return {
    arn: key.arn,
    id,
    account,
    region,
    ordinal,
    createdAt: key.createdAt,
    manager: key.awsAlias === undefined ? 'CUSTOMER' : 'AWS',
    spec: key.spec,
    usage: key.usage,
    origin: key.origin,
    description: '',
    enabled: true,
    replicas: key.primaryRegion === undefined ? undefined : lonePrimary(key.primaryRegion),
    policy: key.policy ?? ofService ?? defaultKeyPolicy(account, partition),
    tags: withTags([], key.tags, 0),
    ...withMaterial(key.origin),
    pendingMaterial: undefined,
    rotation: undefined,
    rotating: undefined,
    onDemandRotations: 0,
    deletion: undefined,
  };
}

/** The members of a key whose material is there. */
export function withMaterial(origin: KeyOrigin): Pick<KeyRecord, 'currentMaterial' | 'materials'> {
  const imported = origin === 'EXTERNAL' ? { imported: { isHere: true, expiresAt: undefined } } : {};
  return { materials: [{ id: noMaterial, rotation: undefined, ...imported }], currentMaterial: noMaterial };
}

/** The members of a key that waits for its material. */
export const withoutAnyMaterial: Pick<KeyRecord, 'currentMaterial' | 'materials'> = {
  materials: [],
  currentMaterial: undefined,
};
