// A world: where time and randomness come from. simulatedWorld() repeats itself; liveWorld() is the only reader of the machine's clock and entropy.

import { type Clock, runningClock, virtualClock } from './clock.ts';
import { type ChunkSource, derive, StreamCursor, seededSource } from './random-streams.ts';

/** Where a world stands, as plain data: enough to go on from. */
export interface WorldPosition {
  /** Absent in a live world. */
  readonly seed?: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Of a live world: which one it is, so that it goes on giving the ids it gave. No secret. */
  readonly instance?: string;
  /** Label of a stream -> number of the next request under it. */
  readonly streams: Readonly<Record<string, number>>;
}

export interface World {
  readonly seed: string | undefined;
  readonly clock: Clock;
  /** The cursor of a label; one for all who ask for that label. */
  cursor(label: string): StreamCursor;
  /** A version 4 UUID (RFC 9562) that depends on label and number alone. */
  uuid(label: string, number: number): string;
  /** 32 bytes that belong to this world and `purpose`: reproducible in a simulated world, of this process in a live one. Secret. */
  key(purpose: string): Uint8Array;
  position(): WorldPosition;
}

export interface SimulatedWorldOptions {
  readonly seed: string | number;
  /** First instant, in milliseconds since the epoch; 2026-01-01T00:00:00Z when absent. */
  readonly start?: number;
  /** Goes on from where another world stood. Its seed wins. */
  readonly position?: WorldPosition;
}

export const defaultStart: number = Date.UTC(2026, 0, 1);

/** The same seed gives the same instants, bytes and ids, on every machine. */
export function simulatedWorld(options: SimulatedWorldOptions): World {
  const seed = options.position?.seed ?? String(options.seed);
  const root = derive(new TextEncoder().encode('kmsim world'), `seed\0${seed}`);
  const clock = virtualClock(options.position?.now ?? options.start ?? defaultStart);
  const { cursor, positions } = streams((label) => seededSource(root, label), options.position);
  return {
    seed,
    clock,
    cursor,
    uuid: (label, number) => uuidFrom(derive(root, `uuid\0${label}\0${number}`)),
    key: (purpose) => derive(root, `key\0${purpose}`),
    position: () => ({ seed, now: clock.now(), streams: positions() }),
  };
}

export interface LiveWorldOptions {
  /** Goes on at this instant when it is ahead of the machine's. */
  readonly position?: WorldPosition;
}

// One for the process, so that a snapshot can be restored in the process that took it and nowhere else.
let processRoot: Uint8Array | undefined;

/** The machine's clock and the machine's entropy. Nothing repeats. */
export function liveWorld(options: LiveWorldOptions = {}): World {
  processRoot ??= entropy(32);
  const root = processRoot;
  const instance = options.position?.instance ?? formatUuid(entropy(16));
  const clock = runningClock(() => Date.now());
  if (options.position !== undefined) clock.moveTo(options.position.now);
  const { cursor, positions } = streams(() => entropySource, options.position);
  return {
    seed: undefined,
    clock,
    cursor,
    uuid: (label, number) => uuidFrom(derive(root, `uuid\0${instance}\0${label}\0${number}`)),
    key: (purpose) => derive(root, `key\0${purpose}`),
    position: () => ({ instance, now: clock.now(), streams: positions() }),
  };
}

/** The machine's instant, for what happens outside the simulation: the age of a signature that came over a network. */
export function machineNow(): number {
  return Date.now();
}

function entropy(length: number): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
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

function uuidFrom(bytes: Uint8Array): string {
  return formatUuid(bytes.subarray(0, 16));
}

const hexOf: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** 16 bytes as a version 4 UUID: RFC 9562 section 5.4. */
export function formatUuid(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < 16; at++) {
    let byte = bytes[at] ?? 0;
    if (at === 6) byte = (byte & 0x0f) | 0x40;
    else if (at === 8) byte = (byte & 0x3f) | 0x80;
    if (at === 4 || at === 6 || at === 8 || at === 10) parts.push('-');
    parts.push(hexOf[byte] ?? '');
  }
  // Joined, not added up: a string that was added up keeps every step of it, 600 bytes for an id of 36.
  return parts.join('');
}
