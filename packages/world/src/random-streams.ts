// Labelled streams of random bytes: the n-th request under a label always draws the same bytes for the same seed, whatever others drew.

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesPerBlock, ChaCha20 } from './chacha20.ts';

/**
 * Fills `target` with chunk number `index` of an area of a label's bytes, from byte `from` of the chunk on (a multiple of 64).
 * Requests share the chunks of area 0; elsewhere each has its own.
 */
export type ChunkSource = (area: number, index: number, target: Uint8Array, from: number) => void;

// One ChaCha20 block: enough for a nonce, an IV and a 256-bit key, so a request seldom needs more.
const bytesPerRequest = bytesPerBlock;
const requestsPerChunk = 16;
const bytesPerChunk = bytesPerRequest * requestsPerChunk;

const utf8 = new TextEncoder();

/** 32 bytes that belong to `purpose` under `root`: HMAC-SHA-256(root, purpose). */
export function derive(root: Uint8Array, purpose: string): Uint8Array {
  return hmac(sha256, root, utf8.encode(purpose));
}

/** HMAC-SHA-256 under a key, ready for many messages. */
export type HmacSha256 = (key: Uint8Array) => (message: Uint8Array) => Uint8Array;

/** `derive` for who derives often: the root is taken in once. By another implementation of the same function, where there is a quicker one. */
export function deriver(root: Uint8Array, quicker?: HmacSha256): (purpose: string) => Uint8Array {
  if (quicker !== undefined) {
    const mac = quicker(root);
    return (purpose) => mac(utf8.encode(purpose));
  }
  const keyed = hmac.create(sha256, root);
  const working = hmac.create(sha256, root);
  return (purpose) => keyed._cloneInto(working).update(utf8.encode(purpose)).digest();
}

/**
 * A reproducible source: ChaCha20 (RFC 8439) under a key of the label, the area and chunk number as its nonce.
 * Chosen over an HMAC DRBG because 64 bytes cost a tenth of it and a stream can be entered anywhere.
 */
export function seededSource(root: Uint8Array, label: string): ChunkSource {
  const cipher = new ChaCha20(derive(root, `stream\0${label}`));
  const nonce = new Uint8Array(12);
  const view = new DataView(nonce.buffer);
  return (area, index, target, from) => {
    view.setUint32(0, area);
    // A BigInt would be 64 bits at once and make an object each time.
    view.setUint32(4, Math.floor(index / 2 ** 32));
    view.setUint32(8, index % 2 ** 32);
    cipher.fill(nonce, from / bytesPerBlock, target);
  };
}

/** Hands out one stream a request, in order. */
export class StreamCursor {
  #next: number;
  readonly #source: ChunkSource;
  /** One for all requests, filled again and again: making a buffer costs more than filling it. */
  readonly #chunk: Uint8Array = new Uint8Array(bytesPerChunk);
  #chunkIndex = -1;

  constructor(source: ChunkSource, next: number) {
    this.#source = source;
    this.#next = next;
  }

  /** Number of the next request: all there is to know of the position. */
  get next(): number {
    return this.#next;
  }

  /** The next number, for one who wants to be counted and draws nothing. */
  count(): number {
    return this.#next++;
  }

  /** Takes back stream number `taken`: its request failed and nothing of it was used. Only the last one can go back. */
  giveBack(taken: number): void {
    if (this.#next !== taken + 1) return;
    this.#next = taken;
    // What was drawn stands there no more.
    this.#chunkIndex = -1;
  }

  /** The stream of the next request. */
  take(): RandomStream {
    return new RandomStream(this, this.#next++);
  }

  /** Bytes of a request's block where they stand, until another block is asked for. */
  view(request: number, at: number, length: number): Uint8Array {
    const index = Math.floor(request / requestsPerChunk);
    // For a request that waited the chunk is another by now: it comes again.
    if (index !== this.#chunkIndex) {
      this.#source(0, index, this.#chunk, 0);
      this.#chunkIndex = index;
    }
    const start = (request % requestsPerChunk) * bytesPerRequest + at;
    return this.#chunk.subarray(start, start + length);
  }

  /** Fills bytes of an area that a request has to itself. */
  fill(area: number, request: number, target: Uint8Array, from: number): void {
    this.#source(area, request, target, from);
  }
}

/** The random bytes of one request: its block, then as many areas of its own as it takes. */
export class RandomStream {
  readonly #cursor: StreamCursor;
  readonly #request: number;
  /** How far it is in its block, or in its area. */
  #at = 0;
  #area: Area | undefined;
  /** Copies of what was given, for one that is drawn from again. */
  #kept: Uint8Array[] | undefined;
  #keptAt = 0;

  constructor(cursor: StreamCursor, request: number) {
    this.#cursor = cursor;
    this.#request = request;
  }

  /** The next `length` bytes. They are the caller's own: nobody else is given them, and the caller may erase them. */
  draw(length: number): Uint8Array {
    return this.#kept === undefined ? this.#cut(length) : this.#drawAgain(this.#kept, length);
  }

  /** The next `length` bytes for one who is done with them before anybody draws again: nothing is copied. */
  lend(length: number): Uint8Array {
    return this.#kept === undefined ? this.#drawNext(length) : this.#drawAgain(this.#kept, length);
  }

  /** From now on it remembers what it gives. For a stream that nobody has drawn from. */
  keep(): this {
    this.#kept ??= [];
    return this;
  }

  /** A stream that remembers gives the same bytes once more, from the first on, even where they were erased. */
  restart(): void {
    this.#keptAt = 0;
  }

  // Asked for other lengths than before it goes on with bytes that nobody has had.
  #drawAgain(kept: Uint8Array[], length: number): Uint8Array {
    const at = this.#keptAt++;
    if (kept[at]?.length !== length) kept.splice(at, kept.length, this.#cut(length));
    return new Uint8Array(kept[at] as Uint8Array);
  }

  // A copy, and then they stand nowhere else.
  #cut(length: number): Uint8Array {
    const drawn = this.#drawNext(length);
    const own = new Uint8Array(drawn);
    drawn.fill(0);
    return own;
  }

  #drawNext(length: number): Uint8Array {
    const at = this.#at;
    if (this.#area === undefined && at + length <= bytesPerRequest) {
      this.#at += length;
      return this.#cursor.view(this.#request, at, length);
    }
    return this.#drawFromArea(length);
  }

  #drawFromArea(length: number): Uint8Array {
    let area = this.#area;
    if (area === undefined || this.#at + length > area.bytes.length) {
      area = { number: (area?.number ?? 0) + 1, bytes: new Uint8Array(Math.max(length, bytesPerChunk)), filled: 0 };
      this.#area = area;
      this.#at = 0;
    }
    const end = this.#at + length;
    if (end > area.filled) this.#fill(area, end);
    const drawn = area.bytes.subarray(this.#at, end);
    this.#at = end;
    return drawn;
  }

  #fill(area: Area, end: number): void {
    const next = Math.min(area.bytes.length, Math.ceil(end / bytesPerBlock) * bytesPerBlock);
    this.#cursor.fill(area.number, this.#request, area.bytes.subarray(area.filled, next), area.filled);
    area.filled = next;
  }
}

interface Area {
  readonly number: number;
  readonly bytes: Uint8Array;
  /** What stands there so far: an area is filled as far as it is drawn from. */
  filled: number;
}

/** A stream that follows from the next bytes of another and from what it is for: for another purpose the same turn gives other bytes. */
export function streamFor(random: RandomStream, purpose: string): RandomStream {
  return new StreamCursor(seededSource(random.draw(32), purpose), 0).take();
}
