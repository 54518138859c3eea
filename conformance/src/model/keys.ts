// The operations on the life of a key.

import type { Call } from './call.ts';
import { type Expectation, type Leaf, leaf } from './expectation.ts';
import { metadataOf, specs } from './metadata.ts';
import { changing, keyNamed } from './names.ts';
import { checkPolicy } from './policies.ts';
import { defaultPolicy } from './policy.ts';
import { dayMs, type Key } from './state.ts';
import { checkTags, type Tag } from './tags.ts';

export function createKey(call: Call): Expectation {
  const { person, region } = call;
  const spec = call.maybe<string>('KeySpec') ?? 'SYMMETRIC_DEFAULT';
  const usage = usageOf(call, spec);
  const given = call.maybe<string>('Policy');
  const tags = call.maybe<readonly Tag[]>('Tags') ?? [];
  if (given !== undefined) checkPolicy(call, given);
  checkTags(call, tags, new Map());
  call.permitAlone();
  if (tags.length > 0) call.permitAlone('TagResource');
  call.settle();
  const key: { -readonly [member in keyof Key]: Key[member] } = {
    account: person.account,
    region,
    id: '',
    arn: '',
    spec,
    usage,
    origin: call.maybe<string>('Origin') === 'EXTERNAL' ? 'EXTERNAL' : 'AWS_KMS',
    multiRegion: call.maybe<boolean>('MultiRegion') ?? false,
    created: call.now,
    description: call.text('Description'),
    enabled: true,
    policy: given ?? defaultPolicy(person.arn, 'Enable IAM User Permissions'),
    tags: new Map(tags.map(({ TagKey, TagValue }) => [TagKey, { value: TagValue }])),
    materials: [],
    looseIds: new Set(),
    onDemandRotations: 0,
  };
  const symmetric = spec === 'SYMMETRIC_DEFAULT' && key.origin === 'AWS_KMS';
  if (symmetric) key.materials.push({ by: 'first', from: call.now, to: call.now });
  const KeyId = call.fresh(key.multiRegion ? 'mrkKeyId' : 'uuid', (id) => {
    key.id = id;
    key.arn = `arn:aws:kms:${region}:${person.account}:key/${id}`;
  });
  const start = `arn:aws:kms:${region}:${person.account}:key/`;
  const arn = (got: string): boolean => typeof got === 'string' && got.startsWith(start);
  const Arn = leaf<string>({ $template: `${start}\${any:${key.multiRegion ? 'mrkKeyId' : 'uuid'}}` }, arn);
  return call.success({ KeyMetadata: metadataOf(call, key, { KeyId, Arn }) }, () => call.state.keys.add(key));
}

// The words: create-hmac-key-invalid.
function usageOf(call: Call, spec: string): string {
  const usages = Object.keys(specs[spec] ?? {});
  const usage = call.maybe<string>('KeyUsage');
  if (usage === undefined && spec !== 'SYMMETRIC_DEFAULT') {
    call.object(
      'ValidationException',
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    );
  } else if (usage !== undefined && !usages.includes(usage)) {
    call.object('ValidationException', `KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  }
  return usage ?? String(usages[0]);
}

export function describeKey(call: Call): Expectation {
  const key = call.enter(keyNamed(call, 'KeyId', { aliases: true, crossAccount: true }));
  return call.success({ KeyMetadata: metadataOf(call, key, undefined) });
}

export const updateKeyDescription: (call: Call) => Expectation = changing((key, call) => {
  key.description = call.text('Description');
});

export const enableKey: (call: Call) => Expectation = changing((key, call) => {
  key.enabled = true;
  call.state.catchUp(key);
});

export const disableKey: (call: Call) => Expectation = changing((key) => {
  key.enabled = false;
});

export function scheduleKeyDeletion(call: Call): Expectation {
  const days = call.maybe<number>('PendingWindowInDays') ?? 30;
  // The model of the API takes 1 to 365, its text 7 to 30.
  if (days < 7 || days > 30) call.object('ValidationException');
  const key = call.enter(keyNamed(call, 'KeyId'));
  call.settle();
  const deletesAt = call.now + days * dayMs;
  const output = { DeletionDate: call.instant(deletesAt), KeyState: 'PendingDeletion', PendingWindowInDays: days };
  return call.success({ KeyId: idOrArn(key), ...output }, () => {
    key.deletesAt = deletesAt;
    key.enabled = false;
  });
}

export function cancelKeyDeletion(call: Call): Expectation {
  const key = call.enter(keyNamed(call, 'KeyId'));
  return call.success({ KeyId: key.arn }, () => {
    key.deletesAt = undefined;
  });
}

export function getKeyLastUsage(call: Call): Expectation {
  const key = call.enter(keyNamed(call, 'KeyId'));
  const use = key.lastUse;
  const id = leaf<string>({ $any: 'string' }, (got) => typeof got === 'string' && got !== '');
  const name = String(use?.operation);
  return call.success({
    KeyId: key.id,
    KeyCreationDate: call.instant(key.created),
    TrackingStartDate: call.instant(key.created),
    KeyLastUsage: use
      ? {
          Operation: leaf<string>(name, (got) => String(got).startsWith(name)),
          Timestamp: call.instant(use.at),
          CloudTrailEventId: id,
          KmsRequestId: id,
        }
      : {},
  });
}

// No recording shows which of the two these answers have.
export function idOrArn(key: Key): Leaf {
  return leaf<string>({ $anyOf: [key.arn, key.id] }, (got) => got === key.arn || got === key.id);
}
