// GHASH in plain TypeScript: SP 800-38D section 6.4, for a hash key that serves one short message.
//
// A block is a polynomial over GF(2), 32 coefficients to a word, the lowest degree at the top; four bits of it are a digit. Its product
// with the hash key H is a sum of digits times H, which a table of 16 has. The lowest digits of the four words go in together, then the
// sum is multiplied by x^4, and so on through the eight digits of a word. Making the table takes as long as one such product.

// Sixteen first words, sixteen second ones, and so on.
const table = new Int32Array(64);
const sum = new Int32Array(4);
const lastBlock = new Uint8Array(16);

/** Starts a hash under the key of these four words. */
export function startHash(key: Int32Array): void {
  let h0 = key[0]!;
  let h1 = key[1]!;
  let h2 = key[2]!;
  let h3 = key[3]!;
  // The digit 8 is the polynomial 1, 4 is x, 2 is x^2 and 1 is x^3.
  for (let digit = 8; digit > 0; digit >>= 1) {
    table[digit] = h0;
    table[16 + digit] = h1;
    table[32 + digit] = h2;
    table[48 + digit] = h3;
    // Times x: to the right by one. What leaves is x^128 = 1 + x + x^2 + x^7.
    const carry = -(h3 & 1) & 0xe1000000;
    h3 = (h3 >>> 1) | (h2 << 31);
    h2 = (h2 >>> 1) | (h1 << 31);
    h1 = (h1 >>> 1) | (h0 << 31);
    h0 = (h0 >>> 1) ^ carry;
  }
  for (let word = 0; word < 64; word += 16) {
    for (let high = 2; high < 16; high <<= 1) {
      for (let low = 1; low < high; low++) table[word + high + low] = table[word + high]! ^ table[word + low]!;
    }
  }
  for (let i = 0; i < 4; i++) sum[i] = 0;
}

/** Takes in `bytes` from `from` to `to`, padded with zeros to whole blocks. */
export function hashBytes(bytes: Uint8Array, from: number, to: number): void {
  let at = from;
  for (; at + 16 <= to; at += 16)
    hashBlock(word(bytes, at), word(bytes, at + 4), word(bytes, at + 8), word(bytes, at + 12));
  if (at === to) return;
  for (let i = 0; i < 16; i++) lastBlock[i] = at + i < to ? bytes[at + i]! : 0;
  hashBlock(word(lastBlock, 0), word(lastBlock, 4), word(lastBlock, 8), word(lastBlock, 12));
}

/** Takes in the lengths in bytes of the two parts (section 7.1 step 5), writes the four words of the hash and is ready for the next. */
export function endHash(aadLength: number, textLength: number, hash: Int32Array): void {
  hashBlock(highBits(aadLength), aadLength << 3, highBits(textLength), textLength << 3);
  for (let i = 0; i < 4; i++) {
    hash[i] = sum[i]!;
    sum[i] = 0;
  }
}

/** Forgets the key. */
export function wipeHash(): void {
  table.fill(0);
}

const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;

/** The upper word of 8 * length. */
const highBits = (length: number): number => Math.floor(length / 0x2000_0000);

function hashBlock(b0: number, b1: number, b2: number, b3: number): void {
  const x0 = sum[0]! ^ b0;
  const x1 = sum[1]! ^ b1;
  const x2 = sum[2]! ^ b2;
  const x3 = sum[3]! ^ b3;
  let p0 = 0;
  let p1 = 0;
  let p2 = 0;
  let p3 = 0;
  let p4 = 0;
  let p5 = 0;
  let p6 = 0;
  let p7 = 0;
  for (let shift = 0; shift < 32; shift += 4) {
    // Times x^4.
    p7 = (p7 >>> 4) | (p6 << 28);
    p6 = (p6 >>> 4) | (p5 << 28);
    p5 = (p5 >>> 4) | (p4 << 28);
    p4 = (p4 >>> 4) | (p3 << 28);
    p3 = (p3 >>> 4) | (p2 << 28);
    p2 = (p2 >>> 4) | (p1 << 28);
    p1 = (p1 >>> 4) | (p0 << 28);
    p0 >>>= 4;
    const d0 = (x0 >>> shift) & 15;
    const d1 = (x1 >>> shift) & 15;
    const d2 = (x2 >>> shift) & 15;
    const d3 = (x3 >>> shift) & 15;
    p0 ^= table[d0]!;
    p1 ^= table[16 + d0]! ^ table[d1]!;
    p2 ^= table[32 + d0]! ^ table[16 + d1]! ^ table[d2]!;
    p3 ^= table[48 + d0]! ^ table[32 + d1]! ^ table[16 + d2]! ^ table[d3]!;
    p4 ^= table[48 + d1]! ^ table[32 + d2]! ^ table[16 + d3]!;
    p5 ^= table[48 + d2]! ^ table[32 + d3]!;
    p6 ^= table[48 + d3]!;
  }
  // Modulo 1 + x + x^2 + x^7 + x^128, from the highest word down.
  p3 ^= reduced(p7);
  p4 ^= carried(p7);
  p2 ^= reduced(p6);
  p3 ^= carried(p6);
  p1 ^= reduced(p5);
  p2 ^= carried(p5);
  p0 ^= reduced(p4);
  p1 ^= carried(p4);
  sum[0] = p0;
  sum[1] = p1;
  sum[2] = p2;
  sum[3] = p3;
}

const reduced = (high: number): number => high ^ (high >>> 1) ^ (high >>> 2) ^ (high >>> 7);
const carried = (high: number): number => (high << 31) ^ (high << 30) ^ (high << 25);
