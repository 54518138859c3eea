// The keys as somebody looks at them: a row each in a list, and everything about one. No material and no ciphertext.

import { type GrantRecord, type KeyRecord, type KeyState, type Kms, keyState } from '@kmsim/kms';
import type { Kmsim } from '../../create-kmsim.ts';
import type { AdminAnswer } from '../refusals.ts';
import { aliasesOf } from './aliases.ts';
import { askedIn, nameIn, wordsOf } from './query.ts';
import { type Upcoming, upcomingOf } from './upcoming.ts';

export interface KeyRow {
  readonly arn: string;
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly state: KeyState;
  readonly spec: string;
  readonly usage: string;
  readonly description: string;
  readonly manager: string;
  readonly aliases: readonly string[];
  readonly multiRegion?: 'primary' | 'replica';
}

export interface KeyList {
  readonly total: number;
  readonly from: number;
  readonly rows: readonly KeyRow[];
}

export interface KeyVersion {
  readonly id: string;
  readonly state: 'current' | 'former' | 'waits for a rotation';
  /** `created`, `AUTOMATIC` or `ON_DEMAND`, and when. */
  readonly how: string;
  readonly at?: string;
  readonly imported?: { readonly isHere: boolean; readonly description?: string; readonly expires?: string };
}

export interface KeyView extends KeyRow {
  readonly createdAt: string;
  readonly origin: string;
  readonly customKeyStore?: string;
  readonly lastUse?: { readonly operation: string; readonly at: string };
  readonly rotation?: { readonly everyDays: number; readonly next: string };
  readonly onDemandRotations: number;
  readonly related: readonly { readonly region: string; readonly role: 'primary' | 'replica' }[];
  readonly versions: readonly KeyVersion[];
  readonly tags: readonly { readonly name: string; readonly value: string }[];
  readonly grants: readonly GrantView[];
  /** The document as it was given. */
  readonly policy: string;
  readonly upcoming: readonly Upcoming[];
}

export interface GrantView {
  readonly id: string;
  readonly name?: string;
  readonly grantee: string;
  readonly retiring?: string;
  readonly operations: readonly string[];
  readonly constraints?: GrantRecord['constraints'];
  readonly createdAt: string;
  /** It was given up, and works until then. */
  readonly endsAt?: string;
}

/** The newest first. */
export function keysFrom({ kms }: Kmsim, query: URLSearchParams): AdminAnswer {
  const read = askedIn(query, ['text']);
  if ('refusal' in read) return read;
  const { from, limit, text } = read.asked;
  const words = wordsOf(text('text'));
  const keys = [...kms.state.rows('keys')].reverse().filter((key) => words.every((word) => has(kms, key, word)));
  const list: KeyList = {
    total: keys.length,
    from,
    rows: keys.slice(from, from + limit).map((key) => rowOf(kms, key)),
  };
  return { value: list };
}

export function keyFrom({ kms }: Kmsim, query: URLSearchParams): AdminAnswer {
  const arn = nameIn(query, 'arn');
  if (typeof arn !== 'string') return { refusal: arn };
  const key = keyNamed(kms, arn);
  if (key === undefined)
    return { refusal: { status: 404, code: 'NotFoundException', message: 'There is no key of that ARN.' } };
  return { value: viewOf(kms, key) };
}

// An alias leads to its key.
function keyNamed({ state }: Kms, arn: string): KeyRecord | undefined {
  return state.get('keys', arn) ?? state.get('keys', state.get('aliases', arn)?.target ?? '');
}

function rowOf(kms: Kms, key: KeyRecord): KeyRow {
  const { account, arn, description, id, manager, region, replicas, spec, usage } = key;
  const store = key.customKeyStore && kms.state.get('keyStores', key.customKeyStore.id);
  return {
    arn,
    id,
    account,
    region,
    state: keyState(key, kms.world.clock.now(), store),
    spec,
    usage,
    description,
    manager,
    aliases: aliasesOf(kms, key),
    ...(replicas && { multiRegion: replicas.primary === region ? ('primary' as const) : ('replica' as const) }),
  };
}

function viewOf(kms: Kms, key: KeyRecord): KeyView {
  const { createdAt, customKeyStore, onDemandRotations, origin, policy, replicas, rotation, tags } = key;
  const use = kms.state.get('usages', key.arn);
  const grants = [...kms.state.rows('grants')].filter((grant) => grant.key === key.arn);
  return {
    ...rowOf(kms, key),
    createdAt: iso(createdAt),
    origin,
    ...(customKeyStore && { customKeyStore: customKeyStore.id }),
    ...(use && { lastUse: { operation: use.operation, at: iso(use.at) } }),
    ...(rotation && { rotation: { everyDays: rotation.periodDays, next: iso(rotation.next) } }),
    onDemandRotations,
    related: [replicas?.primary ?? [], ...(replicas?.replicas ?? [])].flat().map((region) => {
      return { region, role: region === replicas?.primary ? 'primary' : 'replica' };
    }),
    versions: versionsOf(key),
    tags: tags.map(({ TagKey, TagValue }) => ({ name: TagKey, value: TagValue })),
    grants: grants.map(grantOf),
    policy,
    upcoming: upcomingOf(kms, key),
  };
}

/** The newest first. */
function versionsOf({ createdAt, currentMaterial, materials, pendingMaterial }: KeyRecord): readonly KeyVersion[] {
  const all = pendingMaterial === undefined ? materials : [...materials, pendingMaterial];
  return all
    .map(({ id, imported, rotation }, at): KeyVersion => {
      const former = id === currentMaterial ? 'current' : 'former';
      const when = rotation?.at ?? (at === 0 ? createdAt : undefined);
      return {
        id,
        state: id === pendingMaterial?.id ? 'waits for a rotation' : former,
        how: rotation?.type ?? (imported === undefined ? 'created' : 'imported'),
        ...(when !== undefined && { at: iso(when) }),
        ...(imported && {
          imported: {
            isHere: imported.isHere,
            ...(imported.description !== undefined && { description: imported.description }),
            ...(imported.expiresAt !== undefined && { expires: iso(imported.expiresAt) }),
          },
        }),
      };
    })
    .reverse();
}

function grantOf({ constraints, createdAt, endsAt, grantee, id, name, operations, retiring }: GrantRecord): GrantView {
  return {
    id,
    ...(name !== undefined && { name }),
    grantee,
    ...(retiring !== undefined && { retiring }),
    operations,
    ...(constraints && { constraints }),
    createdAt: iso(createdAt),
    ...(endsAt !== undefined && { endsAt: iso(endsAt) }),
  };
}

function has(kms: Kms, key: KeyRecord, word: string): boolean {
  const { aliases, arn, description, manager, spec, state, usage } = rowOf(kms, key);
  const tags = key.tags.map(({ TagKey, TagValue }) => `${TagKey}=${TagValue}`);
  return [arn, description, state, spec, usage, manager, ...aliases, ...tags].some((text) =>
    text.toLowerCase().includes(word),
  );
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
