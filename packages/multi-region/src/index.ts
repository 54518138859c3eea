// The public names of @kmsim/multi-region.

export { converged } from './converged.ts';
export type { Delivery, Gone, Message, Outgoing, Received, Report, Slot, Sync } from './message.ts';
export { confirms, slotOf, slotOfAnswer } from './message.ts';
export type { Step } from './primary.ts';
export { awaitingRole, changed, handOver, withoutReplica, withReplica } from './primary.ts';
export type { Property, Sharing } from './properties.ts';
export { properties } from './properties.ts';
export { farewell, receive, restated } from './receive.ts';
export type { Handover, Known, Membership, RelatedKey, Rotating, Shared, SharedMaterial } from './related-key.ts';
export { actsAsPrimary, everyoneHolds, held, isComing, lonePrimary } from './related-key.ts';
export type { MultiRegionConfiguration, MultiRegionKeyType, RelatedKeyName, ReplicaSet } from './replica-set.ts';
export { describeReplicaSet } from './replica-set.ts';
