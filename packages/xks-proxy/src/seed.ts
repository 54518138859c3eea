// Everything that is secret or random here comes from one seed, each by a label of its own: same seed, same keys, same bytes.

import { type Backend, chooseBackend } from '@kmsim/hsm-core';

export class Seed {
  readonly backend: Backend = chooseBackend() as Backend;
  readonly #mac: ReturnType<Backend['hmacSha256']>;

  /** Text, for runs that repeat; or bytes from a generator, for one that does not. */
  constructor(seed: string | Uint8Array) {
    const root = this.backend.hmacSha256(Buffer.from('kmsim xks proxy'))(Buffer.from(seed));
    this.#mac = this.backend.hmacSha256(root);
  }

  /** 32 bytes. */
  bytes(label: string, ...parts: readonly (string | Uint8Array)[]): Uint8Array {
    const framed: Uint8Array[] = [];
    for (const part of [label, ...parts]) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part;
      const { length } = bytes;
      // With its length before it, so that no two lists of parts are one.
      framed.push(Uint8Array.of(length >>> 24, length >>> 16, length >>> 8, length), bytes);
    }
    return this.#mac(Buffer.concat(framed));
  }
}
