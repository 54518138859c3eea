// Copies of bytes that a request brings.

// An array of more than 64 bytes lies outside the heap, and making and freeing it costs four times the copy of a ciphertext.
// So copies of middling length are cut from a larger buffer; shorter ones are cheap and longer ones worth their own.
const inHeap = 64;
const slabLength = 8192;
let slab = new ArrayBuffer(slabLength);
let used = 0;

/** A plain Uint8Array with the same bytes, also of a Buffer or another subclass. */
export function copyBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { length } = bytes;
  if (length <= inHeap || length > slabLength >>> 2) return new Uint8Array(bytes);
  if (used + length > slabLength) {
    slab = new ArrayBuffer(slabLength);
    used = 0;
  }
  const copy = new Uint8Array(slab, used, length);
  used += length;
  copy.set(bytes);
  return copy;
}
