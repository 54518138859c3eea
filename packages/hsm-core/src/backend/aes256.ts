// The block cipher AES-256 in plain TypeScript: FIPS 197, as four tables of 32-bit words that do a round's bytes at once.
//
// For tests and simulations only: it looks up tables by secret bytes, so its time tells of them.
// Why it is here at all: docs/decisions/short-messages.md.

const rounds = 14;
/** Words of an expanded key. */
export const roundKeyWords: number = 4 * (rounds + 1);
const keyWords = 8;

const rotateRight = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

// FIPS 197 section 4.2: multiplication by x in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1.
const timesX = (byte: number): number => ((byte << 1) ^ (byte & 0x80 ? 0x11b : 0)) & 0xff;

// Section 5.1.1: the inverse, then an affine map. Powers of 3 are all of the field but 0, so the inverse of 3^i is 3^(255 - i).
const sBox = new Uint8Array(256);
{
  const powers = new Uint8Array(256);
  for (let i = 0, power = 1; i < 256; i++, power ^= timesX(power)) powers[i] = power;
  const affine = (byte: number): number => {
    const twice = byte * 0x101;
    return ((twice ^ (twice >>> 4) ^ (twice >>> 5) ^ (twice >>> 6) ^ (twice >>> 7)) & 0xff) ^ 0x63;
  };
  sBox[0] = affine(0);
  for (let i = 0; i < 255; i++) sBox[powers[i]!] = affine(powers[255 - i]!);
}

// SubBytes and MixColumns of one byte (sections 5.1.1 and 5.1.3): its column of the product, four times over, one for each row it may
// stand in. One array, because four would not all stay in registers.
const table = new Int32Array(4 * 256);
for (let byte = 0; byte < 256; byte++) {
  const s = sBox[byte]!;
  const twice = timesX(s);
  const column = (twice << 24) | (s << 16) | (s << 8) | (twice ^ s);
  for (let row = 0; row < 4; row++) table[256 * row + byte] = rotateRight(column, 8 * row);
}

const subWord = (word: number): number =>
  (sBox[word >>> 24]! << 24) |
  (sBox[(word >>> 16) & 0xff]! << 16) |
  (sBox[(word >>> 8) & 0xff]! << 8) |
  sBox[word & 0xff]!;

/** Section 5.2: the 60 words of the key schedule. */
export function expandKey(key: Uint8Array, roundKeys: Int32Array): void {
  for (let i = 0, at = 0; i < keyWords; i++, at += 4) {
    roundKeys[i] = (key[at]! << 24) | (key[at + 1]! << 16) | (key[at + 2]! << 8) | key[at + 3]!;
  }
  let constant = 1;
  for (let i = keyWords; i < roundKeyWords; i += 4) {
    let word = roundKeys[i - 1]!;
    if (i % keyWords === 0) {
      word = subWord(rotateRight(word, 24)) ^ (constant << 24);
      constant = timesX(constant);
    } else {
      word = subWord(word);
    }
    for (let j = i; j < i + 4; j++) {
      word ^= roundKeys[j - keyWords]!;
      roundKeys[j] = word;
    }
  }
}

/** Section 5.1: encrypts the four words of `input` into those of `output`. */
export function encryptBlock(roundKeys: Int32Array, input: Int32Array, output: Int32Array): void {
  let a = input[0]! ^ roundKeys[0]!;
  let b = input[1]! ^ roundKeys[1]!;
  let c = input[2]! ^ roundKeys[2]!;
  let d = input[3]! ^ roundKeys[3]!;
  const last = 4 * rounds;
  for (let at = 4; at < last; at += 4) {
    const p = column(a, b, c, d) ^ roundKeys[at]!;
    const q = column(b, c, d, a) ^ roundKeys[at + 1]!;
    const r = column(c, d, a, b) ^ roundKeys[at + 2]!;
    d = column(d, a, b, c) ^ roundKeys[at + 3]!;
    a = p;
    b = q;
    c = r;
  }
  output[0] = lastColumn(a, b, c, d) ^ roundKeys[last]!;
  output[1] = lastColumn(b, c, d, a) ^ roundKeys[last + 1]!;
  output[2] = lastColumn(c, d, a, b) ^ roundKeys[last + 2]!;
  output[3] = lastColumn(d, a, b, c) ^ roundKeys[last + 3]!;
}

// A column of the state after SubBytes, ShiftRows and MixColumns.
const column = (a: number, b: number, c: number, d: number): number =>
  table[a >>> 24]! ^ table[256 + ((b >>> 16) & 0xff)]! ^ table[512 + ((c >>> 8) & 0xff)]! ^ table[768 + (d & 0xff)]!;

// The last round is without MixColumns.
const lastColumn = (a: number, b: number, c: number, d: number): number =>
  (sBox[a >>> 24]! << 24) | (sBox[(b >>> 16) & 0xff]! << 16) | (sBox[(c >>> 8) & 0xff]! << 8) | sBox[d & 0xff]!;
