// What time brings: rotations, expirations, deletions and ends of grants that stand in the records.

import { dueOf, type KeyRecord, type Kms } from '@kmsim/kms';
import type { Kmsim } from '../../create-kmsim.ts';
import { aliasOf } from './aliases.ts';

export interface Upcoming {
  readonly at: string;
  /** `rotate`, `expire`, `delete`, `finish rotation`, `end grant`, `connect`. */
  readonly what: string;
  /** ARN of the key; of a custom key store its id. */
  readonly of: string;
  /** Of the key. */
  readonly alias?: string;
}

export interface UpcomingList {
  readonly now: string;
  readonly clock: 'running' | 'still';
  /** How many there are; the earliest of them stand here. */
  readonly total: number;
  readonly rows: readonly Upcoming[];
}

const most = 200;

export function upcomingOf(kms: Kms, key: KeyRecord): readonly Upcoming[] {
  return dueOf(key)
    .map(({ at, effect }) => upcoming(kms, at, effect, key.arn))
    .sort(inOrder);
}

/** Nothing happens because somebody looks: what is due and has not happened yet stands first. */
export function allUpcoming({ kms }: Kmsim): UpcomingList {
  const { state, world } = kms;
  const ifAny = (at: number | undefined, what: string, of: string): readonly Upcoming[] =>
    at === undefined ? [] : [upcoming(kms, at, what, of)];
  const rows = [
    ...[...state.rows('keys')].flatMap((key) => upcomingOf(kms, key)),
    ...[...state.rows('grants')].flatMap(({ endsAt, key }) => ifAny(endsAt, 'end grant', key)),
    ...[...state.rows('keyStores')].flatMap(({ connection, id }) => ifAny(connection.doneAt, 'connect', id)),
  ].sort(inOrder);
  return {
    now: new Date(world.clock.now()).toISOString(),
    clock: world.running ? 'running' : 'still',
    total: rows.length,
    rows: rows.slice(0, most),
  };
}

function upcoming(kms: Kms, at: number, what: string, of: string): Upcoming {
  const alias = aliasOf(kms, of);
  return { at: new Date(at).toISOString(), what, of, ...(alias !== undefined && { alias }) };
}

function inOrder(a: Upcoming, b: Upcoming): number {
  return Date.parse(a.at) - Date.parse(b.at);
}
