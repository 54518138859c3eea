// The primitive of key wrapping: AES key wrap with padding under a 256-bit key. RFC 5649; SP 800-38F section 6.3.

/** What leaves a key wrapped is at least two semiblocks of eight bytes, and whole ones. */
const semiblockLength = 8;

export interface KeyWrapPrimitives {
  readonly name: 'portable' | 'native';
  /** `material` is not empty. */
  wrap(kek: Uint8Array, material: Uint8Array): Uint8Array;
  /** Undefined when it was not wrapped so under this key. */
  unwrap(kek: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined;
}

/** SP 800-38F section 6.3, algorithm 6, step 1. Both libraries let other lengths through, or fail in other ways. */
export function hasWrappedLength(wrapped: Uint8Array): boolean {
  return wrapped.length >= 2 * semiblockLength && wrapped.length % semiblockLength === 0;
}
