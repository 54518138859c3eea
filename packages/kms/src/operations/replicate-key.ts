// ReplicateKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html

import { withReplica } from '@kmsim/multi-region';
import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import { isDisabled } from '../identity/disabled-regions.ts';
import { post } from '../multi-region/post.ts';
import { type MultiRegionRecord, toRelated, withRelated } from '../multi-region/related.ts';
import { requirePrimary } from '../multi-region/require-primary.ts';
import type { Call, Operation } from '../operation.ts';
import { requireQuota } from '../quotas/require-quota.ts';
import { readClock } from '../region-clock.ts';
import { checkKeyPolicy } from '../state/check-key-policy.ts';
import { describe } from '../state/metadata.ts';
import { arnPrefix, partitionOf } from '../state/names.ts';
import type { KeyRecord } from '../state/records.ts';
import { checkTags, withTags } from '../state/tags.ts';
import { isRegion } from '../tables/regions.ts';

type ReplicateCall = Call<'ReplicateKey'>;

export const replicateKey: Operation<'ReplicateKey', KeyRecord> = {
  enter: (call) => {
    checkTags(call.input.Tags ?? []);
    return enterKey(call);
  },
  requireType: (call, key) => {
    requirePrimary(call, key);
    requireReplicaRegion(call, key);
  },
  run: (call, key) => {
    const { BypassPolicyLockoutSafetyCheck = false, Policy, ReplicaRegion, Tags = [] } = call.input;
    const primary = requirePrimary(call, key);
    const arn = `${arnPrefix(key.account, ReplicaRegion)}key/${key.id}`;
    // Also while the old replica is pending deletion, and until the primary knows that it is gone. Words of our own.
    if (call.key(arn) !== undefined || primary.replicas.replicas.includes(ReplicaRegion))
      fail('AlreadyExistsException', `Key '${arn}' already exists`);
    if (Policy !== undefined) checkKeyPolicy(call, Policy, BypassPolicyLockoutSafetyCheck, arn);
    const there = call.kms.state.site(key.account, ReplicaRegion);
    requireQuota(call, 'keys', there.customerKeys, there);
    const replica = replicate(call, primary, arn);
    return {
      ReplicaKeyMetadata: describe(replica, call.now),
      ReplicaPolicy: replica.policy,
      ...(Tags.length > 0 && { ReplicaTags: Tags.map(({ TagKey, TagValue }) => ({ TagKey, TagValue })) }),
    };
  },
};

// None of these is recorded, nor documented which error it is: the one of the model that fits.
function requireReplicaRegion(call: ReplicateCall, { account, arn, region }: KeyRecord): void {
  const { ReplicaRegion } = call.input;
  if (ReplicaRegion === region)
    fail('UnsupportedOperationException', `${arn} cannot be replicated into its own Region ${ReplicaRegion}.`);
  if (!isRegion(ReplicaRegion) || partitionOf(ReplicaRegion) !== partitionOf(region))
    fail('UnsupportedOperationException', `${arn} cannot be replicated into the Region ${ReplicaRegion}.`);
  if (isDisabled(call.kms.state, account, ReplicaRegion))
    fail('UnsupportedOperationException', `The Region ${ReplicaRegion} is not enabled for the account ${account}.`);
}

// Policy, description and tags are not the primary's (recording replicate-key).
function replicate(call: ReplicateCall, primary: MultiRegionRecord, arn: string): KeyRecord {
  const { Description = '', Policy, ReplicaRegion: region, Tags = [] } = call.input;
  const { key, replica, send } = withReplica(toRelated(primary), region);
  // What still spreads of the primary's policy and tags is nothing of the replica's.
  const { former: _, ...properties } = primary;
  const record: KeyRecord = {
    ...properties,
    arn,
    region,
    ordinal: call.page.takeOrdinal(),
    createdAt: readClock(call.kms.world, region, call.at),
    description: Description,
    enabled: true,
    policy: Policy ?? call.kms.policies.default(primary.account, partitionOf(region)),
    tags: withTags([], Tags, call.request),
    deletion: undefined,
  };
  const made = withRelated(record, replica);
  call.page.set('keys', primary.arn, withRelated(primary, key));
  call.page.set('keys', arn, made);
  post(call.kms, call.page, primary, send, call.at);
  return made;
}
