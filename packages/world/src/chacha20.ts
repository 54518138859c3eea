// ChaCha20: the key stream of RFC 8439, section 2.4. Nothing is encrypted with it here: it is where seeded bytes come from.

export const bytesPerBlock = 64;

// "expand 32-byte k", section 2.3.
const constants = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];
const keyAt = 4;
const counterAt = 12;
const nonceAt = 13;

export class ChaCha20 {
  readonly #state = new Int32Array(16);
  readonly #block = new Uint8Array(bytesPerBlock);

  /** `key`: 32 bytes. They are copied. */
  constructor(key: Uint8Array) {
    this.#state.set(constants);
    for (let n = 0; n < 8; n++) this.#state[keyAt + n] = wordAt(key, 4 * n);
  }

  /** Fills `target` with the key stream of a nonce of 12 bytes, from block `counter` on. */
  fill(nonce: Uint8Array, counter: number, target: Uint8Array): void {
    const state = this.#state;
    for (let n = 0; n < 3; n++) state[nonceAt + n] = wordAt(nonce, 4 * n);
    state[counterAt] = counter;
    let at = 0;
    for (; at + bytesPerBlock <= target.length; at += bytesPerBlock) {
      writeBlock(state, target, at);
      state[counterAt] = (state[counterAt] ?? 0) + 1;
    }
    if (at === target.length) return;
    writeBlock(state, this.#block, 0);
    target.set(this.#block.subarray(0, target.length - at), at);
  }
}

// Words are little-endian, whatever the machine is.
function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

const worked = new Int32Array(16);

/**
 * The block function, section 2.3. Its sixteen words are variables, because in an array they would be read and written 640 times, and nothing
 * is a function of its own, because engines put only so many of those in line: written that way it was measured to take three times as long.
 */
function writeBlock(state: Int32Array, out: Uint8Array, at: number): void {
  let x0 = state[0] ?? 0;
  let x1 = state[1] ?? 0;
  let x2 = state[2] ?? 0;
  let x3 = state[3] ?? 0;
  let x4 = state[4] ?? 0;
  let x5 = state[5] ?? 0;
  let x6 = state[6] ?? 0;
  let x7 = state[7] ?? 0;
  let x8 = state[8] ?? 0;
  let x9 = state[9] ?? 0;
  let x10 = state[10] ?? 0;
  let x11 = state[11] ?? 0;
  let x12 = state[12] ?? 0;
  let x13 = state[13] ?? 0;
  let x14 = state[14] ?? 0;
  let x15 = state[15] ?? 0;
  // Ten times a round of the columns and one of the diagonals, of four quarter rounds each.
  for (let round = 0; round < 20; round += 2) {
    x0 = (x0 + x4) | 0;
    x12 ^= x0;
    x12 = (x12 << 16) | (x12 >>> 16);
    x8 = (x8 + x12) | 0;
    x4 ^= x8;
    x4 = (x4 << 12) | (x4 >>> 20);
    x0 = (x0 + x4) | 0;
    x12 ^= x0;
    x12 = (x12 << 8) | (x12 >>> 24);
    x8 = (x8 + x12) | 0;
    x4 ^= x8;
    x4 = (x4 << 7) | (x4 >>> 25);
    x1 = (x1 + x5) | 0;
    x13 ^= x1;
    x13 = (x13 << 16) | (x13 >>> 16);
    x9 = (x9 + x13) | 0;
    x5 ^= x9;
    x5 = (x5 << 12) | (x5 >>> 20);
    x1 = (x1 + x5) | 0;
    x13 ^= x1;
    x13 = (x13 << 8) | (x13 >>> 24);
    x9 = (x9 + x13) | 0;
    x5 ^= x9;
    x5 = (x5 << 7) | (x5 >>> 25);
    x2 = (x2 + x6) | 0;
    x14 ^= x2;
    x14 = (x14 << 16) | (x14 >>> 16);
    x10 = (x10 + x14) | 0;
    x6 ^= x10;
    x6 = (x6 << 12) | (x6 >>> 20);
    x2 = (x2 + x6) | 0;
    x14 ^= x2;
    x14 = (x14 << 8) | (x14 >>> 24);
    x10 = (x10 + x14) | 0;
    x6 ^= x10;
    x6 = (x6 << 7) | (x6 >>> 25);
    x3 = (x3 + x7) | 0;
    x15 ^= x3;
    x15 = (x15 << 16) | (x15 >>> 16);
    x11 = (x11 + x15) | 0;
    x7 ^= x11;
    x7 = (x7 << 12) | (x7 >>> 20);
    x3 = (x3 + x7) | 0;
    x15 ^= x3;
    x15 = (x15 << 8) | (x15 >>> 24);
    x11 = (x11 + x15) | 0;
    x7 ^= x11;
    x7 = (x7 << 7) | (x7 >>> 25);
    x0 = (x0 + x5) | 0;
    x15 ^= x0;
    x15 = (x15 << 16) | (x15 >>> 16);
    x10 = (x10 + x15) | 0;
    x5 ^= x10;
    x5 = (x5 << 12) | (x5 >>> 20);
    x0 = (x0 + x5) | 0;
    x15 ^= x0;
    x15 = (x15 << 8) | (x15 >>> 24);
    x10 = (x10 + x15) | 0;
    x5 ^= x10;
    x5 = (x5 << 7) | (x5 >>> 25);
    x1 = (x1 + x6) | 0;
    x12 ^= x1;
    x12 = (x12 << 16) | (x12 >>> 16);
    x11 = (x11 + x12) | 0;
    x6 ^= x11;
    x6 = (x6 << 12) | (x6 >>> 20);
    x1 = (x1 + x6) | 0;
    x12 ^= x1;
    x12 = (x12 << 8) | (x12 >>> 24);
    x11 = (x11 + x12) | 0;
    x6 ^= x11;
    x6 = (x6 << 7) | (x6 >>> 25);
    x2 = (x2 + x7) | 0;
    x13 ^= x2;
    x13 = (x13 << 16) | (x13 >>> 16);
    x8 = (x8 + x13) | 0;
    x7 ^= x8;
    x7 = (x7 << 12) | (x7 >>> 20);
    x2 = (x2 + x7) | 0;
    x13 ^= x2;
    x13 = (x13 << 8) | (x13 >>> 24);
    x8 = (x8 + x13) | 0;
    x7 ^= x8;
    x7 = (x7 << 7) | (x7 >>> 25);
    x3 = (x3 + x4) | 0;
    x14 ^= x3;
    x14 = (x14 << 16) | (x14 >>> 16);
    x9 = (x9 + x14) | 0;
    x4 ^= x9;
    x4 = (x4 << 12) | (x4 >>> 20);
    x3 = (x3 + x4) | 0;
    x14 ^= x3;
    x14 = (x14 << 8) | (x14 >>> 24);
    x9 = (x9 + x14) | 0;
    x4 ^= x9;
    x4 = (x4 << 7) | (x4 >>> 25);
  }
  worked[0] = x0;
  worked[1] = x1;
  worked[2] = x2;
  worked[3] = x3;
  worked[4] = x4;
  worked[5] = x5;
  worked[6] = x6;
  worked[7] = x7;
  worked[8] = x8;
  worked[9] = x9;
  worked[10] = x10;
  worked[11] = x11;
  worked[12] = x12;
  worked[13] = x13;
  worked[14] = x14;
  worked[15] = x15;
  for (let n = 0; n < 16; n++) {
    const word = (worked[n] ?? 0) + (state[n] ?? 0);
    out[at + 4 * n] = word;
    out[at + 4 * n + 1] = word >>> 8;
    out[at + 4 * n + 2] = word >>> 16;
    out[at + 4 * n + 3] = word >>> 24;
  }
}
