// responseElements: of operations that change something, what their record says of the answer.

import { standingStoreOf } from '../key-stores/stores.ts';
import type { Call } from '../operation.ts';
import { describe } from '../state/metadata.ts';
import { arnPrefix } from '../state/names.ts';
import type { KeyRecord } from '../state/records.ts';
import type { MadeKey, NotedCall } from './noted-call.ts';
import type { TrailObject } from './record.ts';
import { keyResource } from './resources.ts';
import type { Elsewhere, Shown, TrailExtra } from './trail-row.ts';
import { trailObject } from './trail-value.ts';

/** The key, although the operation answers nothing. */
export const keyArn: Shown = ({ key }) => (key === undefined ? undefined : { keyId: key.arn });

/** https://docs.aws.amazon.com/kms/latest/developerguide/ct-rotatekeyondemand.html */
export const keyIdAsSent: Shown = (entry) => ({ keyId: String(entry.sent('KeyId')) });

/** Members of the answer that are text, numbers and dates. */
export function answerOf(...members: readonly string[]): TrailExtra {
  return {
    take: (_call, output) =>
      trailObject(
        Object.fromEntries(members.map((name) => [name, (output as Readonly<Record<string, unknown>>)[name]])),
      ),
    response: ({ taken }) => taken as TrailObject,
  };
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/ct-schedule-key-deletion.html */
export const deletionAnswer: TrailExtra = answerOf('KeyId', 'KeyState', 'DeletionDate', 'PendingWindowInDays');

/** https://docs.aws.amazon.com/kms/latest/developerguide/ct-create-keystore.html */
export const storeAnswer: TrailExtra = answerOf('CustomKeyStoreId');

/** Without the token. https://docs.aws.amazon.com/kms/latest/developerguide/ct-creategrant.html */
export const grantAnswer: TrailExtra = {
  take: (_call, output) => (output as { readonly GrantId?: string }).GrantId,
  response: (entry) => ({ grantId: String(entry.taken), ...keyArn(entry) }),
};

type Answer = Readonly<Record<'KeyMetadata' | 'ReplicaKeyMetadata', { readonly Arn?: string } | undefined>>;

// The records that were just bound. They are never changed, and KeyMetadata is a function of them and the instant.
function bound({ kms }: Call, arn: string | undefined): MadeKey | undefined {
  const key = arn === undefined ? undefined : kms.state.get('keys', arn);
  return key && { key, store: standingStoreOf(kms, key) };
}

export const newKey: TrailExtra = { take: (call, output) => bound(call, (output as Answer).KeyMetadata?.Arn) };
export const newReplica: TrailExtra = {
  take: (call, output) => bound(call, (output as Answer).ReplicaKeyMetadata?.Arn),
};

/** https://docs.aws.amazon.com/kms/latest/developerguide/ct-createkey.html */
export const metadataAnswer: Shown = ({ now, taken }) =>
  taken === undefined ? undefined : { keyMetadata: metadataOf(taken as MadeKey, now) };

/** https://docs.aws.amazon.com/kms/latest/developerguide/ct-replicate-key.html */
export const replicaAnswer: Shown = (entry) => {
  const { now, taken } = entry;
  if (taken === undefined) return undefined;
  const replica = taken as MadeKey;
  const tags = tagsOf(replica.key);
  return {
    replicaKeyMetadata: metadataOf(replica, now),
    replicaPolicy: replica.key.policy,
    ...(tags.length > 0 && { replicaTags: tags }),
  };
};

function metadataOf({ key, store }: MadeKey, now: number): TrailObject {
  return trailObject({ ...describe(key, now, store) });
}

function tagsOf({ tags }: KeyRecord): readonly TrailObject[] {
  return tags.map(({ TagKey, TagValue }) => ({ tagKey: TagKey, tagValue: TagValue }));
}

/** ReplicateKey is a CreateKey in the Region of the replica. https://docs.aws.amazon.com/kms/latest/developerguide/ct-replicate-key.html */
export function replicated(entry: NotedCall): Elsewhere {
  const replica = entry.taken as MadeKey;
  const { description, origin, policy, region, spec, usage } = replica.key;
  return {
    region,
    eventName: 'CreateKey',
    requestParameters: {
      ...(entry.sent('Policy') !== undefined && { policy }),
      description,
      keySpec: spec,
      customerMasterKeySpec: spec,
      keyUsage: usage,
      origin,
      bypassPolicyLockoutSafetyCheck: entry.sent('BypassPolicyLockoutSafetyCheck') === true,
      multiRegion: true,
      tags: tagsOf(replica.key),
    },
    responseElements: { keyMetadata: metadataOf(replica, entry.now) },
    resources: [keyResource(replica.key)],
  };
}

/** In the Region of the new primary: https://docs.aws.amazon.com/kms/latest/developerguide/ct-update-primary-region.html */
export function promoted(entry: NotedCall): Elsewhere {
  const region = String(entry.sent('PrimaryRegion'));
  const { key } = entry;
  const arn = key === undefined ? '' : `${arnPrefix(key.account, region)}key/${key.id}`;
  return {
    region,
    eventName: 'UpdatePrimaryRegion',
    requestParameters: { keyId: arn, primaryRegion: region },
    responseElements: { keyId: arn },
  };
}
