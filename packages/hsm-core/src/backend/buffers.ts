// The Buffers of Node as plain bytes and back, over the same memory.

/** A Buffer is not deeply equal to a Uint8Array, so none leaves. */
export function plain({ buffer, byteOffset, length }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** Not a copy: that would be in a pool and stay there. */
export function inPlace({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}
