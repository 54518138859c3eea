// The public names of @kmsim/multi-region.

export type { MultiRegionConfiguration, MultiRegionKeyType, RelatedKey, ReplicaSet } from './replica-set.ts';
export { describeReplicaSet, lonePrimary } from './replica-set.ts';
