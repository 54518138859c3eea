// The one port for primitives. A backend takes every random input as an argument and draws none, so all backends answer alike.

import type { Loading } from './load-once.ts';
import type { KeyedMac } from './mac.ts';
import type { Primitives } from './primitives.ts';

export interface Backend {
  readonly name: 'portable' | 'native';
  /** For the families of keys beside the symmetric one. */
  primitives(): Loading<Primitives>;
  /** SHA-256; 32 bytes. */
  sha256(message: Uint8Array): Uint8Array;
  /** HMAC-SHA-256 under `key`; 32 bytes. */
  hmacSha256(key: Uint8Array): KeyedMac;
  /**
   * AES-256-GCM (SP 800-38D), IV of 12 bytes or another length, 16-byte tag. Writes ciphertext and tag into `out` at `at`:
   * `plaintext.length + 16` bytes.
   */
  gcmSeal(key: Uint8Array, iv: Uint8Array, aad: Uint8Array, plaintext: Uint8Array, out: Uint8Array, at: number): void;
  /**
   * The plaintext of ciphertext ‖ tag, from byte `from` on (0 when left out) and in a buffer of its own.
   * Undefined when the tag does not fit, or there is less.
   */
  gcmOpen(key: Uint8Array, iv: Uint8Array, aad: Uint8Array, sealed: Uint8Array, from?: number): Uint8Array | undefined;
}
