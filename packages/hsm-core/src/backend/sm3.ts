// SM3: GB/T 32905-2016, the same as in ISO/IEC 10118-3:2018.

import type { Hash } from './hashes.ts';

const blockLength = 64;
const digestLength = 32;

/** Section 4.1: eight words. */
type State = readonly [number, number, number, number, number, number, number, number];
const initial: State = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

// Section 4.2, turned by j as section 5.3.3 has it; shifts take j modulo 32.
const constants = Int32Array.from({ length: 64 }, (_, j) => rotate(j < 16 ? 0x79cc4519 : 0x7a879d8a, j));

// Section 4.4.
const p0 = (x: number): number => x ^ rotate(x, 9) ^ rotate(x, 17);
const p1 = (x: number): number => x ^ rotate(x, 15) ^ rotate(x, 23);

/** Sections 5.3.2 and 5.3.3: the state after one more block. */
function compress(state: State, blocks: DataView, at: number): State {
  const w = new Int32Array(68);
  for (let j = 0; j < 16; j++) w[j] = blocks.getInt32(at + 4 * j);
  for (let j = 16; j < 68; j++) {
    const mixed = p1(w[j - 16]! ^ w[j - 9]! ^ rotate(w[j - 3]!, 15));
    w[j] = mixed ^ rotate(w[j - 13]!, 7) ^ w[j - 6]!;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let j = 0; j < 64; j++) {
    const ss1 = rotate((rotate(a, 12) + e + constants[j]!) | 0, 7);
    const ss2 = ss1 ^ rotate(a, 12);
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + ss2 + (w[j]! ^ w[j + 4]!)) | 0;
    const tt2 = (gg + h + ss1 + w[j]!) | 0;
    [d, c, b, a] = [c, rotate(b, 9), a, tt1];
    [h, g, f, e] = [g, rotate(f, 19), e, p0(tt2)];
  }
  const [A, B, C, D, E, F, G, H] = state;
  return [a ^ A, b ^ B, c ^ C, d ^ D, e ^ E, f ^ F, g ^ G, h ^ H];
}

function digest(message: Uint8Array): Uint8Array {
  // Section 5.2: a bit 1, zeros, the length in bits.
  const padded = new Uint8Array(Math.ceil((message.length + 9) / blockLength) * blockLength);
  padded.set(message);
  padded[message.length] = 0x80;
  const blocks = new DataView(padded.buffer);
  blocks.setBigUint64(padded.length - 8, 8n * BigInt(message.length));
  let state = initial;
  for (let at = 0; at < padded.length; at += blockLength) state = compress(state, blocks, at);
  padded.fill(0);
  const output = new Uint8Array(digestLength);
  const words = new DataView(output.buffer);
  for (const [i, word] of state.entries()) words.setInt32(4 * i, word);
  return output;
}

export const sm3: Hash = {
  length: digestLength,
  blockLength,
  digest,
  digestInto: (message, out, at) => out.set(digest(message), at),
};
