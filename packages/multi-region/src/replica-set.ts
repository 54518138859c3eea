// A multi-Region key as pure data: the Regions that hold it and which of them is primary.

/** The related keys of one multi-Region key: same key id, same material, one Region each. */
export interface ReplicaSet {
  readonly primary: string;
  /** In the order in which they were made. */
  readonly replicas: readonly string[];
}

/** A new multi-Region key: a primary with no replicas. */
export function lonePrimary(region: string): ReplicaSet {
  return { primary: region, replicas: [] };
}

export type MultiRegionKeyType = 'PRIMARY' | 'REPLICA';

/** The MultiRegionConfiguration of DescribeKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_MultiRegionConfiguration.html */
export interface MultiRegionConfiguration {
  readonly MultiRegionKeyType: MultiRegionKeyType;
  readonly PrimaryKey: RelatedKey;
  readonly ReplicaKeys: readonly RelatedKey[];
}

export interface RelatedKey {
  readonly Arn: string;
  readonly Region: string;
}

/**
 * What the key in `region` says of its relatives. Primary and replicas say the same, but for their own type
 * (recordings create-multi-region-key, replicate-key).
 */
export function describeReplicaSet(
  set: ReplicaSet,
  region: string,
  arnIn: (region: string) => string,
): MultiRegionConfiguration {
  const related = (where: string): RelatedKey => ({ Arn: arnIn(where), Region: where });
  return {
    MultiRegionKeyType: set.primary === region ? 'PRIMARY' : 'REPLICA',
    PrimaryKey: related(set.primary),
    ReplicaKeys: set.replicas.map(related),
  };
}
