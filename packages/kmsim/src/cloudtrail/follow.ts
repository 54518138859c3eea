// What happened in the log happens in the simulation: the world that an event met is the one of its time, whoever may now do what.

import { type GrantRecord, type KeyRecord, parseArn, withMaterial, withoutAnyMaterial } from '@kmsim/kms';
import { isRecord } from '../option-forms.ts';
import { type KmsEvent, type Members, plain, text } from './event.ts';
import { inState, type ReplayWorld } from './world.ts';

type Follow = (world: ReplayWorld, event: KmsEvent, key: KeyRecord) => void;

const dayMs = 86_400_000;
const origins: readonly KeyRecord['origin'][] = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'];

/** A change of a key whose state is given is none. */
function toState(change: (key: KeyRecord, event: KmsEvent, now: number) => Partial<KeyRecord>): Follow {
  return (world, event, key) => {
    if (!world.isPinned(key.arn)) world.setKey({ ...key, ...change(key, event, world.now) });
  };
}

/** The operations that change what later events meet. https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html */
const changes: Readonly<Record<string, Follow>> = {
  EnableKey: toState((key, _event, now) => inState('Enabled', key, now)),
  DisableKey: toState((key, _event, now) => inState('Disabled', key, now)),
  CancelKeyDeletion: toState((key, _event, now) => inState('Disabled', key, now)),
  ScheduleKeyDeletion: toState((_key, { parameters }, now) => {
    const given = Number(plain(parameters?.['pendingWindowInDays']));
    const windowDays = given >= 7 && given <= 30 ? given : 30;
    return { deletion: { at: now + windowDays * dayMs, windowDays } };
  }),
  ImportKeyMaterial: toState(() => withMaterial('EXTERNAL')),
  DeleteImportedKeyMaterial: toState(() => withoutAnyMaterial),
  DeleteExpiredKeyMaterial: toState(() => withoutAnyMaterial),
  DeleteKey: (world, _event, key) => {
    if (world.isPinned(key.arn)) return;
    world.setKey({ ...key, deletion: { at: world.now, windowDays: 0 } });
    world.kms.advance();
  },
  PutKeyPolicy: (world, { parameters }, key) => {
    const policy = text(parameters?.['policy']);
    if (policy !== undefined) world.learnPolicy(key.arn, policy);
  },
  CreateAlias: pointAlias,
  UpdateAlias: pointAlias,
  DeleteAlias: (world, { parameters }, { account, arn, region }) => {
    const name = text(parameters?.['aliasName']);
    const partition = parseArn(arn)?.partition ?? 'aws';
    if (name !== undefined)
      world.kms.state.set('aliases', `arn:${partition}:kms:${region}:${account}:${name}`, undefined);
  },
  CreateGrant: (world, event, key) => {
    const grant = grantOf(world, event, key);
    if (grant !== undefined) world.kms.state.set('grants', grant.id, grant);
  },
  RevokeGrant: endGrant,
  RetireGrant: endGrant,
  TagResource: (world, { parameters }, key) => world.setTags(key, tagsIn(parameters?.['tags'])),
  UntagResource: (world, { parameters }, key) => {
    const gone = parameters?.['tagKeys'];
    if (Array.isArray(gone)) world.setKey({ ...key, tags: key.tags.filter(({ TagKey }) => !gone.includes(TagKey)) });
  },
  UpdatePrimaryRegion: (world, { parameters }, key) => {
    const primary = text(parameters?.['primaryRegion']);
    for (const each of primary === undefined ? [] : world.kms.state.keysOf(key.id))
      if (each.replicas !== undefined)
        world.setKey({ ...each, replicas: { ...each.replicas, primary: primary ?? '' } });
  },
};

/** Keys that come into being; an event that names none of its response changes nothing. */
const births: Readonly<Record<string, (world: ReplayWorld, event: KmsEvent) => void>> = {
  CreateKey: (world, event) => born(world, event, 'keyMetadata'),
  ReplicateKey: (world, event) => born(world, event, 'replicaKeyMetadata'),
};

/** Does what an event that succeeded did. */
export function follow(world: ReplayWorld, event: KmsEvent): void {
  if (Object.hasOwn(births, event.operation)) births[event.operation]?.(world, event);
  const change = Object.hasOwn(changes, event.operation) ? changes[event.operation] : undefined;
  const arn = event.operation === 'UpdateAlias' ? (event.keys.at(-1) ?? '') : (event.keys[0] ?? '');
  const key = change === undefined ? undefined : world.ensureKey(arn);
  if (change !== undefined && key !== undefined) change(world, event, key);
}

function born(world: ReplayWorld, { parameters = {}, region, response = {} }: KmsEvent, member: string): void {
  const metadata = response[member];
  if (!isRecord(metadata)) return;
  const arn = text(metadata['arn']);
  const origin = origins.find((each) => each === metadata['origin']);
  if (arn === undefined) return;
  const key = world.ensureKey(arn, {
    policy: text(response['replicaPolicy']) ?? text(parameters['policy']),
    tags: tagsIn(parameters['tags']),
    origin,
    primaryRegion: metadata['multiRegion'] === true ? region : undefined,
  });
  const waits = key !== undefined && origin === 'EXTERNAL' && metadata['keyState'] === 'PendingImport';
  if (waits && !world.isPinned(arn)) world.setKey({ ...key, ...withoutAnyMaterial });
}

function pointAlias(world: ReplayWorld, { parameters }: KmsEvent, key: KeyRecord): void {
  const name = text(parameters?.['aliasName']);
  if (name !== undefined) world.pointAlias(name, key);
}

function endGrant(world: ReplayWorld, { additional, parameters }: KmsEvent): void {
  const id = text(parameters?.['grantId']) ?? text(additional?.['grantId']);
  if (id !== undefined && world.kms.state.get('grants', id) !== undefined) world.kms.state.set('grants', id, undefined);
}

function grantOf(
  world: ReplayWorld,
  { identity, parameters = {}, response }: KmsEvent,
  key: KeyRecord,
): GrantRecord | undefined {
  const id = text(response?.['grantId']);
  const grantee = text(parameters['granteePrincipal']) ?? text(parameters['granteeServicePrincipal']);
  const { operations } = parameters;
  if (id === undefined || grantee === undefined || !Array.isArray(operations)) return undefined;
  const retiring = text(parameters['retiringPrincipal']) ?? text(parameters['retiringServicePrincipal']);
  const constraints = isRecord(parameters['constraints']) ? constraintsIn(parameters['constraints']) : undefined;
  const issuer = text(identity['accountId']) ?? key.account;
  const name = text(parameters['name']);
  return {
    id,
    ordinal: world.nextOrdinal(),
    createdAt: world.now,
    key: key.arn,
    region: key.region,
    ...(name !== undefined && { name }),
    grantee,
    ...(retiring !== undefined && { retiring }),
    issuingAccount: `arn:${parseArn(key.arn)?.partition ?? 'aws'}:iam::${issuer}:root`,
    operations: operations.map(plain) as unknown as GrantRecord['operations'],
    ...(constraints && { constraints }),
  };
}

function constraintsIn(given: Members): NonNullable<GrantRecord['constraints']> {
  const pairs = (value: unknown) =>
    isRecord(value) ? Object.entries(value).map(([name, each]) => [name, plain(each)] as const) : undefined;
  const equals = pairs(given['encryptionContextEquals']);
  const subset = pairs(given['encryptionContextSubset']);
  const sourceArn = text(given['sourceArn']);
  return {
    ...(equals && { encryptionContextEquals: equals }),
    ...(subset && { encryptionContextSubset: subset }),
    ...(sourceArn !== undefined && { sourceArn }),
  };
}

function tagsIn(tags: unknown): readonly (readonly [name: string, value: string])[] {
  if (!Array.isArray(tags)) return [];
  return tags.flatMap((tag: unknown) =>
    isRecord(tag) && typeof tag['tagKey'] === 'string' ? [[tag['tagKey'], plain(tag['tagValue'] ?? '')] as const] : [],
  );
}
