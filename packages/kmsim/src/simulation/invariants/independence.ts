// What belongs to one key alone changes only by a successful call on that key, and is never copied from another.

import type { KeyRecord, OperationName } from '@kmsim/kms';
import type { Called, Invariant, Step } from './invariant.ts';

type Own = 'policy' | 'tags' | 'description' | 'enabled' | 'createdAt' | 'deletion';

/** Which operations change what. Nothing else does: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html */
const changers: Readonly<Record<Own, readonly OperationName[]>> = {
  policy: ['PutKeyPolicy'],
  tags: ['TagResource', 'UntagResource'],
  description: ['UpdateKeyDescription'],
  // An import makes a key ready that waited for it; a deletion that is cancelled leaves it disabled.
  enabled: ['EnableKey', 'DisableKey', 'CancelKeyDeletion', 'ImportKeyMaterial'],
  createdAt: [],
  deletion: ['ScheduleKeyDeletion', 'CancelKeyDeletion'],
};

const ownIsOwn: Invariant['broken'] = ({ after, before, call }) => {
  for (const key of after.values()) {
    const was = before.get(key.arn);
    if (was === undefined || was === key || was.ordinal !== key.ordinal) continue;
    for (const [property, operations] of Object.entries(changers) as [Own, readonly OperationName[]][]) {
      if (was[property] === key[property] || mayChange(key, was, property, operations, call)) continue;
      return `${property} of ${key.arn} changed ${call === undefined ? 'without a call' : `by ${call.operation} in ${call.region}`}`;
    }
  }
  return undefined;
};

function mayChange(
  key: KeyRecord,
  was: KeyRecord,
  property: Own,
  operations: readonly OperationName[],
  call: Called | undefined,
): boolean {
  if (call !== undefined && call.outcome !== 'refused' && operations.includes(call.operation))
    return isAbout(call, key);
  // The window of a primary begins with the end of its last replica; nothing else happens by itself.
  const begins = was.deletion !== undefined && was.deletion.at === undefined && key.deletion?.at !== undefined;
  return property === 'deletion' && begins && key.replicas?.replicas.length === 0;
}

function isAbout({ input, region }: Called, { arn, id, region: home }: KeyRecord): boolean {
  const name = String(input['KeyId'] ?? '');
  return region === home && (name === id || name === arn);
}

// Not the primary's: what is not asked for is what any new key has.
const madeAsAsked: Invariant['broken'] = ({ after, before, call, defaultPolicy }) => {
  for (const key of after.values()) {
    if (before.get(key.arn)?.ordinal === key.ordinal) continue;
    if (call === undefined || call.outcome === 'refused') return `${key.arn} appeared without a call`;
    const { Description = '', Policy = defaultPolicy(key.account), Tags = [] } = call.input as Asked;
    const isReplica = call.operation === 'ReplicateKey';
    if (!isReplica && call.operation !== 'CreateKey') return `${key.arn} appeared by ${call.operation}`;
    if (isReplica && call.input['ReplicaRegion'] !== key.region) return `${key.arn} is not where it was asked for`;
    if (key.description !== Description) return `${key.arn} has the description '${key.description}'`;
    if (key.policy !== Policy) return `${key.arn} has a policy that nobody gave it`;
    const tags = key.tags.map(({ TagKey, TagValue }) => ({ TagKey, TagValue }));
    if (JSON.stringify(tags) !== JSON.stringify(Tags)) return `${key.arn} has tags that nobody gave it`;
    if (key.deletion !== undefined || !key.enabled) return `${key.arn} is new and not enabled`;
  }
  return undefined;
};

interface Asked {
  readonly Description?: string;
  readonly Policy?: string;
  readonly Tags?: readonly object[];
}

const refusedIsNothing: Invariant['broken'] = ({ call }: Step) =>
  call?.outcome === 'refused' && call.changed.length > 0
    ? `${call.operation} was refused with ${call.code} and changed ${call.changed.join(', ')}`
    : undefined;

const grantsOfCalls: readonly OperationName[] = ['CreateGrant', 'RetireGrant', 'RevokeGrant'];
const aliasesOfCalls: readonly OperationName[] = ['CreateAlias', 'UpdateAlias', 'DeleteAlias'];

const namesByCalls: Invariant['broken'] = ({ call }) => {
  if (call === undefined) return undefined;
  const wrong = [
    call.changed.includes('grants') && !grantsOfCalls.includes(call.operation) ? 'grants' : undefined,
    call.changed.includes('aliases') && !aliasesOfCalls.includes(call.operation) ? 'aliases' : undefined,
  ].find((table) => table !== undefined);
  return wrong && `${call.operation} changed ${wrong}`;
};

export const independenceInvariants: readonly Invariant[] = [
  {
    name: 'own is own',
    says: 'policy, tags, description, state and dates of a key change by calls on that key',
    broken: ownIsOwn,
  },
  {
    name: 'made as asked',
    says: 'a new key or replica has what was asked for, not what another has',
    broken: madeAsAsked,
  },
  { name: 'refused is nothing', says: 'a call that fails changes nothing', broken: refusedIsNothing },
  { name: 'names by calls', says: 'grants and aliases change by their own operations', broken: namesByCalls },
];
