// A world: where time and randomness come from. simulatedWorld() repeats itself; liveWorld(), and a simulated world whose clock is running, read the machine's.

import { type Clock, lastInstant, runningClock, virtualClock } from './clock.ts';
import type { FaultPlan } from './faults/fault-plan.ts';
import { Faults, type FaultsPosition } from './faults/faults.ts';
import { liveRoot, newInstance } from './live-roots.ts';
import { type ChunkSource, derive, deriver, type HmacSha256, StreamCursor, seededSource } from './random-streams.ts';
import { formatUuid } from './uuid.ts';

/** Where a world stands, as plain data: enough to go on from. */
export interface WorldPosition {
  /** Absent in a live world. */
  readonly seed?: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Of a live world: which one it is, so that it goes on giving the ids it gave. No secret. */
  readonly instance?: string;
  /** Of a simulated world whose clock moves with the machine's. */
  readonly running?: true;
  /** Label of a stream -> number of the next request under it. */
  readonly streams: Readonly<Record<string, number>>;
  /** Of a world with a fault plan. */
  readonly faults?: FaultsPosition;
}

export interface World {
  readonly seed: string | undefined;
  readonly clock: Clock;
  /** Whether the clock moves by itself. */
  readonly running: boolean;
  /** The cursor of a label; one for all who ask for that label. */
  cursor(label: string): StreamCursor;
  /** A version 4 UUID (RFC 9562) that depends on label and number alone. */
  uuid(label: string, number: number): string;
  /** 32 bytes that belong to this world and `purpose`: reproducible in a simulated world, of this world alone in a live one. Secret. */
  key(purpose: string): Uint8Array;
  /** What goes wrong here; undefined in a world where nothing does. */
  readonly faults: Faults | undefined;
  /** From now on this goes wrong, and nothing else. The plan must be a possible one: checkFaultPlan(). */
  setFaults(plan: FaultPlan): void;
  /** Lets time pass: a simulated world moves its clock, at most to its end, and is done; in a live one somebody really waits. */
  spend(milliseconds: number): Promise<void> | undefined;
  position(): WorldPosition;
}

export interface SimulatedWorldOptions {
  readonly seed: string | number;
  /** First instant, in milliseconds since the epoch; 2026-01-01T00:00:00Z when absent, and the machine's where the clock is running. */
  readonly start?: number;
  /** The clock moves with the machine's. Bytes and ids repeat, instants do not. */
  readonly running?: boolean;
  /** Goes on from where another world stood. Its seed wins. */
  readonly position?: WorldPosition;
  /** A possible plan: checkFaultPlan(). It begins with the world, and takes the place of the position's. */
  readonly faults?: FaultPlan;
  /** For ids, which every answer of a door has: the same bytes from a quicker implementation than the portable one. */
  readonly hmacSha256?: HmacSha256 | undefined;
}

export const defaultStart: number = Date.UTC(2026, 0, 1);

/** The same seed gives the same instants, bytes and ids, on every machine; with a running clock the same bytes and ids. */
export function simulatedWorld(options: SimulatedWorldOptions): World {
  const seed = options.position?.seed ?? String(options.seed);
  const root = derive(new TextEncoder().encode('kmsim world'), `seed\0${seed}`);
  const derived = deriver(root, options.hmacSha256);
  const { running = false } = options.position ?? options;
  const first = options.position?.now ?? options.start ?? (running ? machineNow() : defaultStart);
  const clock = running ? machineClockFrom(first) : virtualClock(first);
  const { cursor, positions } = streams((label) => seededSource(root, label), options.position);
  const planned = plannedFaults(clock, cursor, options.position, options.faults);
  return {
    seed,
    clock,
    running,
    cursor,
    get faults() {
      return planned.faults();
    },
    setFaults: planned.set,
    spend: (milliseconds) => {
      clock.moveTo(Math.min(clock.now() + milliseconds, lastInstant));
      return undefined;
    },
    uuid: (label, number) => uuidFrom(derived(`uuid\0${label}\0${number}`)),
    key: (purpose) => derive(root, `key\0${purpose}`),
    position: () => ({
      seed,
      now: clock.now(),
      ...(running && { running }),
      streams: positions(),
      ...planned.position(),
    }),
  };
}

function machineClockFrom(first: number): Clock {
  const began = machineNow();
  return runningClock(() => first + machineNow() - began, first);
}

export interface LiveWorldOptions {
  /** Goes on at this instant when it is ahead of the machine's. */
  readonly position?: WorldPosition;
  readonly faults?: FaultPlan;
  /** The secret of the world that it goes on from, where that was another process's. */
  readonly root?: Uint8Array | undefined;
  /** As of a simulated world. */
  readonly hmacSha256?: HmacSha256 | undefined;
}

/** Nobody waits longer than this in a live world. */
export const longestWait = 60_000;

/** The machine's clock and the machine's entropy. Nothing repeats. */
export function liveWorld(options: LiveWorldOptions = {}): World {
  const instance = options.position?.instance ?? newInstance();
  const root = options.root ?? liveRoot(instance);
  const derived = deriver(root, options.hmacSha256);
  const clock = runningClock(machineNow);
  if (options.position !== undefined) clock.moveTo(options.position.now);
  const { cursor, positions } = streams(() => entropySource, options.position);
  const planned = plannedFaults(clock, cursor, options.position, options.faults);
  return {
    seed: undefined,
    clock,
    running: true,
    cursor,
    get faults() {
      return planned.faults();
    },
    setFaults: planned.set,
    spend: (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, longestWait))),
    uuid: (label, number) => uuidFrom(derived(`uuid\0${instance}\0${label}\0${number}`)),
    key: (purpose) => derive(root, `key\0${purpose}`),
    position: () => ({ instance, now: clock.now(), streams: positions(), ...planned.position() }),
  };
}

/** The machine's instant; outside a world for what happens outside the simulation: the age of a signature that came over a network. */
export function machineNow(): number {
  return Date.now();
}

// Web Crypto takes at most 65,536 bytes a call.
const entropyAtOnce = 65_536;

function entropySource(_area: number, _index: number, target: Uint8Array): void {
  for (let at = 0; at < target.length; at += entropyAtOnce)
    globalThis.crypto.getRandomValues(target.subarray(at, at + entropyAtOnce));
}

interface Streams {
  cursor(label: string): StreamCursor;
  positions(): Record<string, number>;
}

// One cursor for each label, from where the position has it.
function streams(sourceOf: (label: string) => ChunkSource, position: WorldPosition | undefined): Streams {
  const started = new Map(Object.entries(position?.streams ?? {}));
  const cursors = new Map<string, StreamCursor>();
  return {
    cursor: (label) => {
      let cursor = cursors.get(label);
      if (cursor === undefined) {
        cursor = new StreamCursor(sourceOf(label), started.get(label) ?? 0);
        cursors.set(label, cursor);
      }
      return cursor;
    },
    positions: () => {
      const all = new Map(started);
      for (const [label, { next }] of cursors) if (next > 0) all.set(label, next);
      return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}

interface PlannedFaults {
  faults(): Faults | undefined;
  set(plan: FaultPlan): void;
  position(): { readonly faults?: FaultsPosition };
}

// The plan of a world and those that follow it, each with streams of its own. A plan without faults costs nothing.
function plannedFaults(
  clock: Clock,
  cursor: (label: string) => StreamCursor,
  before: WorldPosition | undefined,
  plan: FaultPlan | undefined,
): PlannedFaults {
  let position = before?.faults;
  let faults: Faults | undefined;
  const begin = (next: FaultsPosition): void => {
    // A copy: what the caller does to the plan afterwards changes nothing.
    position = { ...next, plan: JSON.parse(JSON.stringify(next.plan)) as FaultPlan };
    const made = new Faults(position, cursor);
    const does = [made.network, made.services, made.clocks].some((part) => part !== undefined);
    faults = does ? made : undefined;
  };
  const set = (next: FaultPlan): void => {
    const start = clock.now();
    const floors = faults?.clocks?.floorsAt(start) ?? { least: start, regions: {} };
    begin({ plan: next, start, number: (position?.number ?? 0) + 1, floors });
  };
  if (plan !== undefined) begin({ plan, start: clock.now(), number: (position?.number ?? 0) + 1 });
  else if (position !== undefined) begin(position);
  return { faults: () => faults, set, position: () => (position === undefined ? {} : { faults: position }) };
}

function uuidFrom(bytes: Uint8Array): string {
  return formatUuid(bytes.subarray(0, 16));
}
