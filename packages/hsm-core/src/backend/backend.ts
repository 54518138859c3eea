// The one port for primitives. A backend takes every random input as an argument and draws none, so all backends answer alike.

import type { Loading } from './load-once.ts';
import type { Mac } from './mac.ts';
import type { Primitives } from './primitives.ts';

export interface Backend {
  readonly name: 'portable' | 'native';
  /** For the families of keys beside the symmetric one. */
  primitives(): Loading<Primitives>;
  /** SHA-256; 32 bytes. */
  sha256(message: Uint8Array): Uint8Array;
  /** HMAC-SHA-256 under `key`; 32 bytes. */
  hmacSha256(key: Uint8Array): Mac;
  /**
   * AES-256-GCM (SP 800-38D), 12-byte IV, 16-byte tag. Writes ciphertext and tag into `out` at `at`:
   * `plaintext.length + 16` bytes.
   */
  gcmSeal(key: Uint8Array, iv: Uint8Array, aad: Uint8Array, plaintext: Uint8Array, out: Uint8Array, at: number): void;
  /** The plaintext of ciphertext ‖ tag, or undefined when the tag does not fit. */
  gcmOpen(key: Uint8Array, iv: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Uint8Array | undefined;
}
