// One of the related keys: what it knows of the others, what all of them share, and what material is in its Region.

import type { ReplicaSet } from './replica-set.ts';

/** Milliseconds since the epoch. */
type Instant = number;

/** One version of the key material. */
export interface SharedMaterial {
  readonly id: string;
  /** How it became current; undefined for the first. */
  readonly rotation: { readonly type: 'AUTOMATIC' | 'ON_DEMAND'; readonly at: Instant } | undefined;
}

/** What the primary decides and its replicas repeat: the rows `synchronized` of the table of properties. */
export interface Shared {
  /** All that has ever been current, oldest first. */
  readonly materials: readonly SharedMaterial[];
  readonly current: string | undefined;
  /** The next material. It becomes current when every related key has it. */
  readonly coming: string | undefined;
  readonly rotation: { readonly periodDays: number; readonly next: Instant } | undefined;
  /** A rotation to the coming material has begun. */
  readonly rotating: Rotating | undefined;
  readonly onDemandRotations: number;
}

export interface Rotating {
  readonly startedAt: Instant;
  /** Not before this. */
  readonly doneAt: Instant;
  readonly automatic: boolean;
}

/** What a primary knows of a replica: its last report. */
export interface Known {
  readonly version: number;
  readonly number: number;
  readonly holds: string | undefined;
}

/** What a related key knows of the others. */
export interface Membership extends ReplicaSet {
  /** Of what is shared. Only the primary counts it up, and who becomes primary has the latest: so there is one order of all versions. */
  readonly version: number;
  /** Of the primary: by Region. */
  readonly known: Readonly<Record<string, Known>>;
  /** Of a replica: how often what it reports has changed. */
  readonly reports: number;
  /** The role of primary is on its way from here, or to here. */
  readonly handover: Handover | undefined;
}

export type Handover =
  | { readonly direction: 'from here'; readonly to: string; readonly version: number }
  | {
      readonly direction: 'to here';
      /** What was set meanwhile: it holds from the arrival on. */
      readonly rotation?: { readonly setting?: Shared['rotation'] };
    };

export interface RelatedKey {
  readonly region: string;
  /** Its material comes by imports, Region by Region; else it travels with the messages. */
  readonly imported: boolean;
  readonly members: Membership;
  readonly shared: Shared;
  /** Ids of the material that is in this Region. */
  readonly here: readonly string[];
}

/** A new multi-Region key: a primary with no replicas. */
export function lonePrimary(region: string): Membership {
  return {
    primary: region,
    replicas: [],
    joined: { [region]: 1 },
    everywhere: undefined,
    version: 1,
    known: {},
    reports: 0,
    handover: undefined,
  };
}

/** Whether the key in that Region may change what is shared. At any instant one of the related keys does at most. */
export function actsAsPrimary(members: Pick<Membership, 'primary'>, region: string): boolean {
  return members.primary === region;
}

/** A new replica that no message has reached: it has no material yet. */
export function isComing(members: Pick<Membership, 'joined' | 'version'>, region: string): boolean {
  return members.version < (members.joined[region] ?? 0);
}

/** The coming material, if it is in this Region. */
export function held({ here, shared: { coming } }: RelatedKey): string | undefined {
  return coming !== undefined && here.includes(coming) ? coming : undefined;
}

/** Whether every related key has the coming material, as its primary knows from their reports. */
export function everyoneHolds(key: RelatedKey): boolean {
  const coming = held(key);
  return coming !== undefined && key.members.replicas.every((region) => key.members.known[region]?.holds === coming);
}
