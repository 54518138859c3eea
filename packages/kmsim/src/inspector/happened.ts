// What became due while the clock was pushed forward: what the trail tells of it, and what no event tells.

import type { CloudTrailRecord } from '@kmsim/kms';
import type { Overview } from '../admin/inspector/overview.ts';
import type { Upcoming, UpcomingList } from '../admin/inspector/upcoming.ts';
import type { Api } from './api.ts';

/** Before the push. */
export interface Moment {
  readonly list: UpcomingList;
  readonly trail: Overview['trail'];
}

export interface Happened {
  readonly list: UpcomingList;
  readonly events: readonly (Upcoming & { readonly isEvent: boolean })[];
  /** There were more than are told. */
  readonly hasMore: boolean;
}

const most = 500;

export async function momentOf(api: Api): Promise<Moment> {
  const [list, { trail }] = await Promise.all([
    api.get<UpcomingList>('/api/upcoming'),
    api.get<Overview>('/api/overview'),
  ]);
  return { list, trail };
}

export async function happenedAfter(api: Api, { list: before, trail }: Moment): Promise<Happened> {
  const list = await api.get<UpcomingList>('/api/upcoming');
  const noted = trail === undefined ? undefined : await servicesSince(api, trail);
  const silent = noted === undefined ? all : unnoted;
  const due = before.rows.filter(({ at, what }) => silent(what) && Date.parse(at) <= Date.parse(list.now));
  const events = [
    ...due.map((one) => ({ ...one, isEvent: false })),
    ...(noted ?? []).map((one) => ({ ...one, isEvent: true })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  // An event names its key by its ARN.
  const aliases = new Map([...before.rows, ...list.rows].map(({ alias, of }) => [of, alias]));
  const named = events.slice(0, most).map((one) => withAlias(one, aliases.get(one.of)));
  return { list, events: named, hasMore: events.length > most };
}

function withAlias<One extends Upcoming>(one: One, alias: string | undefined): One {
  return alias === undefined ? one : { ...one, alias };
}

const all = (): boolean => true;
const unnoted = (what: string): boolean => ['end grant', 'connect', 'finish rotation'].includes(what);

interface EventPiece {
  readonly next: number;
  readonly events: readonly CloudTrailRecord[];
}

async function servicesSince(
  api: Api,
  { dropped, epoch, events }: NonNullable<Overview['trail']>,
): Promise<Upcoming[]> {
  const after = dropped + events;
  const piece = await api.get<EventPiece>('/api/events', { after, epoch, limit: 1_000 });
  return piece.events
    .filter(({ eventType }) => eventType === 'AwsServiceEvent')
    .map(({ eventName, eventTime, resources = [] }) => ({
      at: eventTime,
      what: eventName,
      of: resources.find(({ ARN }) => ARN.includes(':key/'))?.ARN ?? '',
    }));
}
