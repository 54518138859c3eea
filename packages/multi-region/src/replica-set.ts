// The Regions that hold a multi-Region key and which of them is primary, as one of them knows it.

/** The related keys of one multi-Region key: same key id, same material, one Region each. */
export interface ReplicaSet {
  readonly primary: string;
  /** In the order in which they were made; a primary that gives the role away takes the place of the replica it gives it to. */
  readonly replicas: readonly string[];
  /** Region -> the version with which its key joined. A replica that was deleted and made again is another one. */
  readonly joined: Readonly<Record<string, number>>;
  /** Imported material that is to become current, once every related key has it. */
  readonly everywhere: string | undefined;
}

export type MultiRegionKeyType = 'PRIMARY' | 'REPLICA';

/** The MultiRegionConfiguration of DescribeKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_MultiRegionConfiguration.html */
export interface MultiRegionConfiguration {
  readonly MultiRegionKeyType: MultiRegionKeyType;
  readonly PrimaryKey: RelatedKeyName;
  readonly ReplicaKeys: readonly RelatedKeyName[];
}

export interface RelatedKeyName {
  readonly Arn: string;
  readonly Region: string;
}

/**
 * What the key in `region` says of its relatives. Primary and replicas say the same, but for their own type
 * (recordings create-multi-region-key, replicate-key).
 */
export function describeReplicaSet(
  set: Pick<ReplicaSet, 'primary' | 'replicas'>,
  region: string,
  arnIn: (region: string) => string,
): MultiRegionConfiguration {
  const related = (where: string): RelatedKeyName => ({ Arn: arnIn(where), Region: where });
  return {
    MultiRegionKeyType: set.primary === region ? 'PRIMARY' : 'REPLICA',
    PrimaryKey: related(set.primary),
    ReplicaKeys: set.replicas.map(related),
  };
}
