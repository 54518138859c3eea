// AES-256-GCM in plain TypeScript: SP 800-38D with a tag of 16 bytes.
//
// Quick for a short message under a key of its own, where node:crypto takes longer to set out than to encrypt.
// For tests and simulations only: not constant-time (aes256.ts).

import { encryptBlock, expandKey, roundKeyWords } from './aes256.ts';
import { endHash, hashBytes, startHash, wipeHash } from './ghash.ts';

const tagLength = 16;

// One message uses these at a time, and leaves nothing in them.
const roundKeys = new Int32Array(roundKeyWords);
const counter = new Int32Array(4);
const keyStream = new Int32Array(4);
const tag = new Int32Array(4);

/** Section 7.1. Writes ciphertext and tag into `out` at `at`. */
export function gcmSeal(
  key: Uint8Array,
  iv: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
  out: Uint8Array,
  at: number,
): void {
  start(key, iv);
  crypt(plaintext, 0, plaintext.length, out, at);
  const end = at + plaintext.length;
  authenticate(aad, out, at, end);
  for (let i = 0; i < tagLength; i++) out[end + i] = tagByte(i);
  wipe();
}

/** Section 7.2: the plaintext of ciphertext ‖ tag from a byte on, or undefined. Nothing is decrypted before the tag fits. */
export function gcmOpen(
  key: Uint8Array,
  iv: Uint8Array,
  aad: Uint8Array,
  sealed: Uint8Array,
  from = 0,
): Uint8Array | undefined {
  const length = sealed.length - tagLength;
  start(key, iv);
  if (length < from) {
    wipe();
    return undefined;
  }
  authenticate(aad, sealed, 0, length);
  let difference = 0;
  for (let i = 0; i < tagLength; i++) difference |= sealed[length + i]! ^ tagByte(i);
  const plaintext = difference === 0 ? decrypted(sealed, length, from) : undefined;
  wipe();
  return plaintext;
}

function decrypted(sealed: Uint8Array, length: number, from: number): Uint8Array {
  const plaintext = new Uint8Array(length - from);
  crypt(sealed, from, length, plaintext, 0);
  return plaintext;
}

/** Section 7.1 steps 1 and 2: the hash key, and the first counter block into `counter`. */
function start(key: Uint8Array, iv: Uint8Array): void {
  if (key.length !== 32) throw new RangeError('AES-256 takes a key of 32 bytes.');
  if (iv.length === 0) throw new RangeError('GCM takes an IV of one byte or more.');
  expandKey(key, roundKeys);
  for (let i = 0; i < 4; i++) counter[i] = 0;
  encryptBlock(roundKeys, counter, tag);
  startHash(tag);
  if (iv.length !== 12) {
    hashBytes(iv, 0, iv.length);
    endHash(0, iv.length, counter);
    return;
  }
  for (let i = 0; i < 3; i++) {
    const from = 4 * i;
    counter[i] = (iv[from]! << 24) | (iv[from + 1]! << 16) | (iv[from + 2]! << 8) | iv[from + 3]!;
  }
  counter[3] = 1;
}

/** Section 6.5: `input` from `from` to `to` with the key stream behind the first counter block. */
function crypt(input: Uint8Array, from: number, to: number, out: Uint8Array, at: number): void {
  const first = counter[3]!;
  counter[3] = first + (from >> 4);
  // The byte of the key stream that is next.
  let next = from & 15;
  for (let i = from; i < to; next = 0) {
    counter[3]!++;
    encryptBlock(roundKeys, counter, keyStream);
    for (; next < 16 && i < to; next++, i++) out[at++] = input[i]! ^ (keyStream[next >> 2]! >>> (24 - 8 * (next & 3)));
  }
  counter[3] = first;
}

/** Leaves the tag of additional data and ciphertext. */
function authenticate(aad: Uint8Array, text: Uint8Array, from: number, to: number): void {
  hashBytes(aad, 0, aad.length);
  hashBytes(text, from, to);
  endHash(aad.length, to - from, tag);
  encryptBlock(roundKeys, counter, keyStream);
  for (let i = 0; i < 4; i++) tag[i]! ^= keyStream[i]!;
}

const tagByte = (i: number): number => (tag[i >> 2]! >>> (24 - 8 * (i & 3))) & 0xff;

function wipe(): void {
  roundKeys.fill(0);
  for (let i = 0; i < 4; i++) {
    keyStream[i] = 0;
    tag[i] = 0;
  }
  wipeHash();
}
