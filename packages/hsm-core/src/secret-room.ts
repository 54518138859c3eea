// Where secrets of the usual length stand: many side by side. An array of its own costs 200 bytes around each 32.

import { seedBytes } from './key-specs.ts';

const secretsPerSlab = 128;

export class SecretRoom {
  #slab: ArrayBuffer = new ArrayBuffer(0);
  #used = 0;

  /** A copy. Nothing of the room is ever handed out, so nobody can reach a neighbour through the buffer they share. */
  copy(secret: Uint8Array): Uint8Array {
    // The others are private keys that somebody brought: few and long.
    if (secret.length !== seedBytes) return new Uint8Array(secret);
    if (this.#used === this.#slab.byteLength) {
      this.#slab = new ArrayBuffer(secretsPerSlab * seedBytes);
      this.#used = 0;
    }
    const own = new Uint8Array(this.#slab, this.#used, seedBytes);
    this.#used += seedBytes;
    own.set(secret);
    return own;
  }
}
