// SHA-256 and SHA-224 in plain TypeScript (FIPS 180-4), and HMAC (FIPS 198-1) that keeps what follows from its key.
//
// A MAC of a short message is two or three compressions: node:crypto takes longer to set out than they do.
// Why it is here at all: docs/decisions/short-messages.md.

import type { KeyedMac } from './mac.ts';

const blockLength = 64;
const stateWords = 8;

// Sections 4.2.2 and 5.3.3: the first 32 bits of the fractions of cube roots and square roots of the first primes.
// Doubles tell them: none is nearer to another value than 2,900 units in the last place of its root.
const primes: number[] = [];
for (let candidate = 2; primes.length < 64; candidate++) {
  if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
}
const fraction = (root: number): number => (root % 1) * 0x1_0000_0000;
const constants = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const initial256 = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
// Section 5.3.2.
const initial224 = Int32Array.of(
  0xc1059ed8,
  0x367cd507,
  0x3070dd17,
  0xf70e5939,
  0xffc00b31,
  0x68581511,
  0x64f98fa7,
  0xbefa4fa4,
);

interface Variant {
  readonly initial: Int32Array;
  readonly length: number;
}

export type Sha2Short = 'SHA-256' | 'SHA-224';
const variants: Readonly<Record<Sha2Short, Variant>> = {
  'SHA-256': { initial: initial256, length: 32 },
  'SHA-224': { initial: initial224, length: 28 },
};

// One message uses these at a time.
const state = new Int32Array(stateWords);
const schedule = new Int32Array(64);

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;

/** Section 6.2.2: takes the block, which is the first 16 words of the schedule, into the state. */
function compress(): void {
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let t = 0; t < 64; t++) {
    if (t >= 16) {
      const early = schedule[t - 15]!;
      const late = schedule[t - 2]!;
      const sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
      const sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
      schedule[t] = sigma1 + schedule[t - 7]! + sigma0 + schedule[t - 16]!;
    }
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = g ^ (e & (f ^ g));
    const first = (h + sum1 + choice + constants[t]! + schedule[t]!) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) | (c & (a | b));
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + sum0 + majority) | 0;
  }
  state[0] = state[0]! + a;
  state[1] = state[1]! + b;
  state[2] = state[2]! + c;
  state[3] = state[3]! + d;
  state[4] = state[4]! + e;
  state[5] = state[5]! + f;
  state[6] = state[6]! + g;
  state[7] = state[7]! + h;
}

/** Takes the rest of a message into the state, with the padding of section 5.1.1. `before`: bytes that are in it already. */
function finish(message: Uint8Array, before: number): void {
  const { length } = message;
  let at = 0;
  for (; at + blockLength <= length; at += blockLength) {
    for (let t = 0; t < 16; t++) schedule[t] = wordAt(message, at + 4 * t);
    compress();
  }
  let words = 0;
  for (; at + 4 <= length; at += 4) schedule[words++] = wordAt(message, at);
  let last = 0x80000000;
  for (let i = length - 1; i >= at; i--) last = (last >>> 8) | (message[i]! << 24);
  schedule[words++] = last;
  if (words > 14) {
    for (; words < 16; words++) schedule[words] = 0;
    compress();
    words = 0;
  }
  for (; words < 14; words++) schedule[words] = 0;
  schedule[14] = (before + length) / 0x2000_0000;
  schedule[15] = (before + length) << 3;
  compress();
}

/** The first `length` bytes of the state. That and the schedule, from which the last block could be read back, forget them. */
function digestOfState(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = state[i >> 2]! >>> (24 - 8 * (i & 3));
  for (let i = 0; i < stateWords; i++) state[i] = 0;
  schedule.fill(0);
  return bytes;
}

/** The digest of FIPS 180-4. */
export function digest(name: Sha2Short, message: Uint8Array): Uint8Array {
  const { initial, length } = variants[name];
  state.set(initial);
  finish(message, 0);
  return digestOfState(length);
}

/** Another way for long messages. */
export interface LongMac {
  /** Length of the longest message that is none of them. */
  readonly above: number;
  readonly mac: (key: Uint8Array) => KeyedMac;
}

/** HMAC of FIPS 198-1. Of the key it keeps the two states behind its padded forms, until it is erased. */
export function hmac(name: Sha2Short, key: Uint8Array, long?: LongMac): KeyedMac {
  const { initial, length } = variants[name];
  const keyed = new Int32Array(2 * stateWords);
  const blockKey = key.length > blockLength ? digest(name, key) : key;
  takeKey(initial, blockKey, 0x36363636, keyed, 0);
  takeKey(initial, blockKey, 0x5c5c5c5c, keyed, stateWords);
  if (blockKey !== key) blockKey.fill(0);
  let longMac: KeyedMac | undefined;
  const mac: KeyedMac = (message) => {
    if (long !== undefined && message.length > long.above) {
      longMac ??= long.mac(key);
      return longMac(message);
    }
    for (let i = 0; i < stateWords; i++) state[i] = keyed[i]!;
    finish(message, blockLength);
    const words = length / 4;
    for (let t = 0; t < words; t++) schedule[t] = state[t]!;
    schedule[words] = 0x80000000;
    for (let t = words + 1; t < 15; t++) schedule[t] = 0;
    schedule[15] = (blockLength + length) << 3;
    for (let i = 0; i < stateWords; i++) state[i] = keyed[stateWords + i]!;
    compress();
    return digestOfState(length);
  };
  mac.erase = () => {
    keyed.fill(0);
    longMac?.erase?.();
  };
  return mac;
}

/** Section 4: the state behind the key with that pad goes into `keyed` at `at`. */
function takeKey(initial: Int32Array, key: Uint8Array, pad: number, keyed: Int32Array, at: number): void {
  for (let t = 0; t < 16; t++) schedule[t] = pad;
  for (let i = 0; i < key.length; i++) schedule[i >> 2]! ^= key[i]! << (24 - 8 * (i & 3));
  state.set(initial);
  compress();
  keyed.set(state, at);
  state.fill(0);
  schedule.fill(0);
}
