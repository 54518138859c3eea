// Labelled streams of random bytes: the n-th request under a label always draws the same bytes for the same seed, whatever others drew.

import { chacha20 } from '@noble/ciphers/chacha.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

/**
 * Fills `target` with chunk number `index` of an area of a label's bytes, from byte `from` of the chunk on (a multiple of 64).
 * Requests share the chunks of area 0; elsewhere each has its own.
 */
export type ChunkSource = (area: number, index: number, target: Uint8Array, from: number) => void;

const bytesPerBlock = 64;
// One ChaCha20 block: enough for a nonce, an IV and a 256-bit key, so a request seldom needs more.
const bytesPerRequest = bytesPerBlock;
const requestsPerChunk = 16;
const bytesPerChunk = bytesPerRequest * requestsPerChunk;
// Chunks are cut from larger buffers: making a buffer costs more than filling it with zeros.
const bytesPerSlab = 8 * bytesPerChunk;

const utf8 = new TextEncoder();
const zeros = new Uint8Array(bytesPerChunk);

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
  const key = derive(root, `stream\0${label}`);
  const nonce = new Uint8Array(12);
  const view = new DataView(nonce.buffer);
  return (area, index, target, from) => {
    view.setUint32(0, area);
    view.setBigUint64(4, BigInt(index));
    const plain = target.length <= zeros.length ? zeros.subarray(0, target.length) : new Uint8Array(target.length);
    chacha20(key, nonce, plain, target, from / bytesPerBlock);
  };
}

/** Hands out one stream a request, in order. */
export class StreamCursor {
  #next: number;
  readonly #source: ChunkSource;
  #chunk: Uint8Array = zeros;
  #chunkIndex = -1;
  #slab: ArrayBuffer = new ArrayBuffer(0);
  #slabUsed = 0;

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
    // What was drawn may have been erased.
    this.#chunkIndex = -1;
  }

  /** The stream of the next request. */
  take(): RandomStream {
    const request = this.#next++;
    const index = Math.floor(request / requestsPerChunk);
    if (index !== this.#chunkIndex) {
      this.#chunk = this.#blankChunk();
      this.#source(0, index, this.#chunk, 0);
      this.#chunkIndex = index;
    }
    return new RandomStream(this.#source, request, this.#chunk, (request % requestsPerChunk) * bytesPerRequest);
  }

  #blankChunk(): Uint8Array {
    if (this.#slabUsed === this.#slab.byteLength) {
      this.#slab = new ArrayBuffer(bytesPerSlab);
      this.#slabUsed = 0;
    }
    const chunk = new Uint8Array(this.#slab, this.#slabUsed, bytesPerChunk);
    this.#slabUsed += bytesPerChunk;
    return chunk;
  }
}

/** The random bytes of one request: its block, then as many areas of its own as it takes. */
export class RandomStream {
  readonly #source: ChunkSource;
  readonly #request: number;
  #bytes: Uint8Array;
  #at: number;
  #end: number;
  /** What stands there so far: an area is filled as far as it is drawn from. */
  #filled: number;
  #area = 0;
  /** Copies of what was given, for one that is drawn from again. */
  #kept: Uint8Array[] | undefined;
  #keptAt = 0;

  constructor(source: ChunkSource, request: number, bytes: Uint8Array, at: number) {
    this.#source = source;
    this.#request = request;
    this.#bytes = bytes;
    this.#at = at;
    this.#end = at + bytesPerRequest;
    this.#filled = this.#end;
  }

  /** The next `length` bytes. They are the caller's own: nobody else is given them, and the caller may erase them. */
  draw(length: number): Uint8Array {
    if (this.#kept !== undefined) return this.#drawAgain(this.#kept, length);
    return this.#drawNext(length);
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
    if (kept[at]?.length !== length) kept.splice(at, kept.length, this.#drawNext(length));
    return new Uint8Array(kept[at] as Uint8Array);
  }

  #drawNext(length: number): Uint8Array {
    if (this.#at + length > this.#end) this.#enterNextArea(length);
    if (this.#at + length > this.#filled) this.#fill(this.#at + length);
    const drawn = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return drawn;
  }

  #enterNextArea(length: number): void {
    this.#area += 1;
    this.#bytes = new Uint8Array(Math.max(length, bytesPerChunk));
    this.#at = 0;
    this.#filled = 0;
    this.#end = this.#bytes.length;
  }

  #fill(end: number): void {
    const next = Math.min(this.#end, Math.ceil(end / bytesPerBlock) * bytesPerBlock);
    this.#source(this.#area, this.#request, this.#bytes.subarray(this.#filled, next), this.#filled);
    this.#filled = next;
  }
}
