// The trail: the newest events in a ring of slots, of which records are made when somebody reads them.

import type { Decision } from '@kmsim/authz';
import type { World } from '@kmsim/world';
import { KmsError } from '../api/errors.ts';
import { ConnectionLost } from '../faults/connection-lost.ts';
import type { Visit } from '../operation.ts';
import { CallEntry } from './call-entry.ts';
import { recordsOf } from './call-records.ts';
import { CallSlots } from './call-slots.ts';
import { requestIdOf } from './event-ids.ts';
import type { CloudTrailRecord } from './record.ts';
import { Refusals } from './refusals.ts';
import type { ServiceEvent, ServiceEvents } from './service-event.ts';
import { recordOfService } from './service-record.ts';
import { Who } from './who.ts';

/** Told of every event as it happens, with its records. */
export type TrailListener = (records: readonly CloudTrailRecord[]) => void;

export interface TrailOptions {
  readonly world: World;
  /** How many events are kept; 100,000 when absent. */
  readonly keep?: number | undefined;
  /** Told of every event from now on. */
  readonly listeners?: Set<TrailListener> | undefined;
  /** The events so far, where this goes on with another simulation. */
  readonly past?: Trail | undefined;
}

const defaultKeep = 100_000;

export class Trail implements ServiceEvents {
  readonly keep: number;
  readonly listeners: Set<TrailListener>;
  readonly #world: World;
  readonly #who: Who;
  readonly #slots: CallSlots = new CallSlots();
  readonly #refusals: Refusals;
  /** How many slots are filled; once all are, the oldest event stands at `#next`, where the next one goes. */
  #filled = 0;
  #next = 0;
  #noted = 0;
  #numbering: object = {};
  #records: readonly CloudTrailRecord[] | undefined = undefined;
  #decisions: ReadonlyMap<string, Decision> | undefined = undefined;

  constructor({ keep, listeners = new Set(), past, world }: TrailOptions) {
    this.keep = keep ?? past?.keep ?? defaultKeep;
    this.listeners = listeners;
    this.#world = world;
    this.#who = new Who(world);
    this.#refusals = new Refusals(past === undefined ? undefined : past.#refusals);
    if (past === undefined) return;
    const places = past.#places();
    for (const place of places.slice(Math.max(0, places.length - this.keep)))
      this.#slots.copy(this.#take(), past.#slots, place);
    this.#noted = past.#noted;
  }

  /** How many events there were, kept or not. */
  get noted(): number {
    return this.#noted;
  }

  /** Another object when events are counted anew: in a new trail, and after a clear. */
  get numbering(): object {
    return this.#numbering;
  }

  /** How many of them are kept no more. */
  get dropped(): number {
    return this.#noted - this.#filled;
  }

  /** A visit has passed: with an answer, or with what was raised. */
  visited(visit: Visit, raised?: unknown): void {
    // A request that never arrived or is nobody's, or a kmsim that is broken: CloudTrail has nothing to write down.
    if (raised instanceof KmsError && raised.code === 'UnrecognizedClientException') return;
    const isLost = raised instanceof ConnectionLost;
    if (isLost ? visit.output === undefined : raised !== undefined && !(raised instanceof KmsError)) return;
    const place = this.#take();
    this.#slots.setCall(place, visit, raised === undefined || isLost ? undefined : (raised as KmsError));
    if (raised instanceof KmsError && raised.decision !== undefined) this.#denied(visit.request, raised.decision);
    if (this.listeners.size > 0) this.#tell(place);
  }

  #denied(request: number, decision: Decision): void {
    this.#refusals.note(request, decision);
    this.#decisions = undefined;
  }

  /** The service has done something by itself. */
  service({ key: { account, arn, region }, ...event }: ServiceEvent): void {
    const place = this.#take();
    // Not the record: it has more than an event tells, and would be kept for as long.
    this.#slots.setService(place, { ...event, key: { account, arn, region } });
    if (this.listeners.size > 0) this.#tell(place);
  }

  /** The records of the events that are kept, the oldest first. */
  records(): readonly CloudTrailRecord[] {
    this.#records ??= Object.freeze(this.#places().flatMap((place) => this.#read(place)));
    return this.#records;
  }

  /** Why calls were denied, by their request ids: of the newest hundred. In this process alone, no record has it. */
  decisions(): ReadonlyMap<string, Decision> {
    const world = this.#world;
    this.#decisions ??= new Map(
      Array.from(this.#refusals.entries(), ([request, decision]) => [requestIdOf(world, request), decision]),
    );
    return this.#decisions;
  }

  /** Forgets the events so far, and that there were any. */
  clear(): void {
    this.#slots.clear();
    this.#refusals.clear();
    this.#decisions = undefined;
    this.#noted = 0;
    this.#numbering = {};
    this.#filled = 0;
    this.#next = 0;
    this.#records = undefined;
  }

  /** The place of the next event. Who keeps none has one to tell its listeners from. */
  #take(): number {
    this.#noted += 1;
    this.#records = undefined;
    const place = this.#next;
    if (this.#filled < this.keep) this.#filled += 1;
    this.#next = place + 1 < this.keep ? place + 1 : 0;
    return place;
  }

  #read(place: number): readonly CloudTrailRecord[] {
    const known = this.#slots.recordsAt(place);
    if (known !== undefined) return known;
    const records = frozen(this.#made(place));
    this.#slots.setRecords(place, records);
    return records;
  }

  #made(place: number): readonly CloudTrailRecord[] {
    const entry = this.#slots.get(place);
    return entry instanceof CallEntry
      ? recordsOf(entry, this.#world, this.#who)
      : [recordOfService(entry, this.#world)];
  }

  // Not kept: whoever listens reads once.
  #tell(place: number): void {
    const records = this.#made(place);
    for (const listen of this.listeners) listen(records);
  }

  #places(): readonly number[] {
    const first = this.#filled < this.keep ? 0 : this.#next;
    return Array.from({ length: this.#filled }, (_, n) => (first + n) % this.keep);
  }
}

// Forks and marks have the same ones.
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}
