// The trail of a simulation as a person reads it: CloudTrail's events, searched, streamed and exported.

import type { Decision } from '@kmsim/authz';
import { type CloudTrailRecord, type EventBridgeEvent, eventBridgeEventsOf, type Kms, Trail } from '@kmsim/kms';
import type { World } from '@kmsim/world';
import { gzip } from '#node-loads';
import { inspectedAs } from './inspected.ts';
import { KmsimError } from './kmsim-error.ts';
import { checkOptions, type Form, type Forms, isRecord, shown } from './option-forms.ts';
import { matcher, type TrailPredicate, type TrailQuery } from './trail-query.ts';
import { streamTo, streamToFile, type TrailStream } from './trail-stream.ts';

const eventBridgeForms: Forms<{ readonly readOnly?: boolean }> = {
  readOnly: { is: (value) => typeof value === 'boolean', text: 'true or false' },
};

export interface TrailOptions {
  /** How many of the newest events are kept; 100,000 when absent. */
  readonly keep?: number;
}

const page = 'docs/audit.md';

// More would not fit into a list.
const most = 10_000_000;

export const trailForm: Form = {
  is: (value) =>
    value === 'off' ||
    (isRecord(value) && Object.keys(value).every((name) => name === 'keep') && isKeep(value['keep'])),
  text: `'off', or { keep } with a whole number of events up to ${most}`,
  page,
};

function isKeep(keep: unknown): boolean {
  return keep === undefined || (Number.isSafeInteger(keep) && (keep as number) >= 0 && (keep as number) <= most);
}

/** A trail that begins, or goes on from `past` with whoever listens. */
export function newTrail(options: TrailOptions | 'off' | undefined, world: World, past?: Trail): Trail | undefined {
  return options === 'off' ? undefined : new Trail({ world, past, ...options });
}

export class SimTrail {
  readonly #kms: () => Kms;
  #epoch = 0;
  #numbering: object | undefined;

  constructor(kms: () => Kms) {
    this.#kms = kms;
    inspectedAs(this, () => `SimTrail { events: ${this.events.length}, dropped: ${this.dropped} }`);
  }

  /** The events that are kept, in order. A call with another account's key has a record for each of the two. */
  get events(): readonly CloudTrailRecord[] {
    return this.#trail.records();
  }

  /** How many events were too old to be kept: `createKmsim({ trail: { keep } })`. */
  get dropped(): number {
    return this.#trail.dropped;
  }

  /** Another number when the events are numbered anew: behind a rewind and a clear, what was counted before counts no more. */
  get epoch(): number {
    const { numbering } = this.#trail;
    if (numbering !== this.#numbering) this.#epoch += 1;
    this.#numbering = numbering;
    return this.#epoch;
  }

  /** All events that match, in order: `find({ operation: 'Decrypt', errorCode: 'AccessDenied' })`. */
  find(query: TrailQuery | TrailPredicate): readonly CloudTrailRecord[] {
    return this.events.filter(matcher(query));
  }

  /** The newest event, or the newest that matches. */
  last(query: TrailQuery | TrailPredicate = {}): CloudTrailRecord | undefined {
    return this.events.findLast(matcher(query));
  }

  /** Why the call of an event was denied, which its record may not tell: of the newest hundred that were. */
  decisionOn(event: CloudTrailRecord): Decision | undefined {
    if (!isRecord(event))
      throw new KmsimError(
        'InvalidOption',
        `trail.decisionOn takes an event of sim.trail.events, not ${shown(event)}.`,
        {
          page,
        },
      );
    const { requestID } = event;
    return requestID === undefined ? undefined : this.#trail.decisions().get(requestID);
  }

  /** Forgets the events so far. Streams have them. */
  clear(): void {
    this.#trail.clear();
  }

  /** Calls `write` with every record from now on, as a line of JSON, before the caller has its answer. */
  stream(write: (line: string) => void): TrailStream {
    if (typeof write !== 'function')
      throw new KmsimError(
        'InvalidOption',
        `trail.stream takes a function that is called with each line, not ${shown(write)}.`,
        { page },
      );
    return streamTo(this.#trail.listeners, write);
  }

  /** Writes every record from now on into a file, one line of JSON each. However many there are, none waits in memory. */
  streamToFile(path: string): TrailStream {
    return streamToFile(this.#trail.listeners, path);
  }

  /** A log file as CloudTrail delivers it: `{"Records":[...]}`. */
  file(): string {
    return JSON.stringify({ Records: this.events });
  }

  /** The same, compressed: what lies in the bucket of a trail. */
  async gzip(): Promise<Uint8Array> {
    return gzip(this.file());
  }

  /**
   * What reaches EventBridge of the events: what KMS sends by itself, and what CloudTrail delivers. Without those that only read, which a rule
   * gets when it asks for them: `eventBridgeEvents({ readOnly: true })`.
   */
  get eventBridge(): readonly EventBridgeEvent[] {
    return this.eventBridgeEvents();
  }

  eventBridgeEvents(options: { readonly readOnly?: boolean } = {}): readonly EventBridgeEvent[] {
    checkOptions('eventBridgeEvents', options, eventBridgeForms, 'docs/audit.md');
    const { readOnly = false } = options;
    const { world } = this.#kms();
    return this.events
      .filter((event) => readOnly || !event.readOnly)
      .flatMap((event) => eventBridgeEventsOf(event, world));
  }

  /** As a log file has it. */
  toJSON(): { readonly Records: readonly CloudTrailRecord[] } {
    return { Records: this.events };
  }

  get #trail(): Trail {
    const { trail } = this.#kms();
    if (trail === undefined) throw new KmsimError('NoTrail', 'This simulation keeps no trail.');
    return trail;
  }
}
