// The life of each key, from the trail and from what there is at its end.

import type { CloudTrailRecord, KeyRecord, TrailValue } from '@kmsim/kms';
import type { Inventory } from './inventory.ts';
import { instantOfEvent, keysOf, memberOf, succeeded } from './trail-event.ts';

/** A time between two instants; the second is open where it goes on. */
export interface Span {
  readonly from: number;
  readonly until: number | undefined;
}

export interface KeyHistory {
  readonly arn: string;
  readonly spec: string | undefined;
  /** False for the keys that AWS made, and for those of which only a use is known. */
  readonly isCustomerManaged: boolean;
  readonly createdAt: number | undefined;
  readonly deletedAt: number | undefined;
  /** When its material was rotated. */
  readonly rotations: readonly number[];
  /** While it was to be deleted. Of a deletion that was called off nothing is left: it is as though there had been none. */
  readonly waiting: Span | undefined;
  readonly tags: ReadonlyMap<string, string>;
}

interface Life {
  spec?: string | undefined;
  isCustomerManaged: boolean;
  createdAt?: number | undefined;
  deletedAt?: number | undefined;
  rotations: number[];
  scheduledAt?: number | undefined;
  tags: Map<string, string>;
}

export class KeyHistories {
  readonly #lives = new Map<string, Life>();

  /** Events come in order. */
  note(event: CloudTrailRecord): void {
    if (!succeeded(event) || !Object.hasOwn(notes, event.eventName)) return;
    notes[event.eventName]?.((arn) => this.#life(arn), event, instantOfEvent(event));
  }

  /** What an inventory says goes before what was inferred. */
  close(inventory: Inventory): readonly KeyHistory[] {
    for (const key of inventory.keys) this.#take(key, inventory.now);
    return [...this.#lives].map(([arn, life]) => {
      const { createdAt, deletedAt, isCustomerManaged, rotations, scheduledAt, spec, tags } = life;
      const waiting = scheduledAt === undefined ? undefined : { from: scheduledAt, until: deletedAt };
      return { arn, spec, isCustomerManaged, createdAt, deletedAt, rotations, waiting, tags };
    });
  }

  #life(arn: string): Life {
    let life = this.#lives.get(arn);
    if (life === undefined) {
      life = { isCustomerManaged: false, rotations: [], tags: new Map() };
      this.#lives.set(arn, life);
    }
    return life;
  }

  #take(key: KeyRecord, now: number): void {
    const { createdAt, deletion, manager, materials, spec, tags } = key;
    const life = this.#life(key.arn);
    life.spec = spec;
    life.isCustomerManaged = manager === 'CUSTOMER';
    life.createdAt = createdAt;
    life.deletedAt = undefined;
    // Imported material of a later version comes with a rotation as well.
    life.rotations = materials.flatMap(({ rotation }) => (rotation === undefined ? [] : [rotation.at]));
    life.tags = new Map(tags.map(({ TagKey, TagValue }) => [TagKey, TagValue]));
    life.scheduledAt = deletion && (life.scheduledAt ?? scheduleOf(deletion, now));
  }
}

const DAY = 86_400_000;

function scheduleOf({ at, windowDays }: NonNullable<KeyRecord['deletion']>, now: number): number {
  return at === undefined ? now : at - windowDays * DAY;
}

type Note = (life: (arn: string) => Life, event: CloudTrailRecord, at: number) => void;

const notes: Readonly<Record<string, Note>> = {
  CreateKey: (life, { requestParameters, responseElements }, at) =>
    begin(life, memberOf(responseElements, 'keyMetadata'), memberOf(requestParameters, 'tags'), at),
  ReplicateKey: (life, { requestParameters, responseElements }, at) =>
    begin(life, memberOf(responseElements, 'replicaKeyMetadata'), memberOf(requestParameters, 'tags'), at),
  ScheduleKeyDeletion: ofKey((life, _, at) => {
    life.scheduledAt ??= at;
  }),
  CancelKeyDeletion: ofKey((life) => {
    life.scheduledAt = undefined;
  }),
  DeleteKey: ofKey((life, _, at) => {
    life.deletedAt = at;
  }),
  RotateKey: ofKey((life, _, at) => {
    life.rotations.push(at);
  }),
  TagResource: ofKey((life, { requestParameters }) => putTags(life, memberOf(requestParameters, 'tags'))),
  UntagResource: ofKey((life, { requestParameters }) => {
    for (const name of listOf(memberOf(requestParameters, 'tagKeys'))) life.tags.delete(String(name));
  }),
};

function ofKey(note: (life: Life, event: CloudTrailRecord, at: number) => void): Note {
  return (life, event, at) => {
    const [arn] = keysOf(event);
    if (arn !== undefined) note(life(arn), event, at);
  };
}

function begin(
  lives: (arn: string) => Life,
  metadata: TrailValue | undefined,
  tags: TrailValue | undefined,
  at: number,
): void {
  const arn = memberOf(metadata, 'arn');
  if (typeof arn !== 'string') return;
  const life = lives(arn);
  const spec = memberOf(metadata, 'keySpec');
  if (typeof spec === 'string') life.spec = spec;
  life.isCustomerManaged = memberOf(metadata, 'keyManager') !== 'AWS';
  life.createdAt ??= at;
  putTags(life, tags);
}

function putTags(life: Life, tags: TrailValue | undefined): void {
  for (const tag of listOf(tags)) {
    const [name, value] = [memberOf(tag, 'tagKey'), memberOf(tag, 'tagValue')];
    if (typeof name === 'string' && typeof value === 'string') life.tags.set(name, value);
  }
}

function listOf(value: TrailValue | undefined): readonly TrailValue[] {
  return Array.isArray(value) ? value : [];
}
