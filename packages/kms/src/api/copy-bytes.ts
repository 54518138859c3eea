// Copies of bytes that a request brings.

// An array of more than 64 bytes lies outside the heap: to make it and to collect it costs more than to copy a ciphertext into it. So copies
// of middling length are cut from one buffer, which serves the next request again; shorter ones are cheap, longer ones rare.
const inHeap = 64;
const longest = 8192;
const slabLength = 2 * longest;
let slab = new Uint8Array(slabLength);
let used = 0;

/** A plain Uint8Array with the same bytes, also of a Buffer or another subclass. It stands until `endCopies`. */
export function copyBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { length } = bytes;
  if (length <= inHeap || length > longest) return new Uint8Array(bytes);
  if (used + length > slabLength) keepCopies();
  const copy = new Uint8Array(slab.buffer, used, length);
  used += length;
  copy.set(bytes);
  return copy;
}

/** Where the copies of a request begin: for `endCopies`, when it has its answer. Requests may lie within each other, and never cross. */
export function beginCopies(): number {
  return used;
}

/** Erases the copies that were made since then, unless they are kept. */
export function endCopies(begin: number): void {
  // Those that were kept stand elsewhere, and this is the beginning of another slab.
  if (used <= begin) return;
  slab.fill(0, begin, used);
  used = begin;
}

/** All copies made so far stay as long as somebody has them. */
export function keepCopies(): void {
  if (used === 0) return;
  slab = new Uint8Array(slabLength);
  used = 0;
}
