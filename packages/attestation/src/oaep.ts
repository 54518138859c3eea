// RSAES-OAEP with SHA-256, MGF1 with SHA-256 and an empty label, towards a recipient. RFC 8017 section 7.1.1.

import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { RecipientKey } from './recipient-key.ts';

const hashLength = 32;
const labelHash = sha256(new Uint8Array());

/** `seed` is 32 bytes that nobody else has. The message is at most as long as the modulus less 66 bytes. */
export function encryptOaep(key: RecipientKey, message: Uint8Array, seed: Uint8Array): Uint8Array {
  // 00 ‖ maskedSeed ‖ maskedDB, with DB = lHash ‖ 00 ... 00 ‖ 01 ‖ M.
  const encoded = new Uint8Array(key.length);
  const maskedSeed = encoded.subarray(1, 1 + hashLength);
  const block = encoded.subarray(1 + hashLength);
  block.set(labelHash);
  block[block.length - message.length - 1] = 1;
  block.set(message, block.length - message.length);
  addMask(seed, block);
  maskedSeed.set(seed);
  addMask(block, maskedSeed);
  const encrypted = numberToBytesBE(power(bytesToNumberBE(encoded), key), key.length);
  encoded.fill(0);
  return encrypted;
}

// Section B.2.1.
function addMask(seed: Uint8Array, block: Uint8Array): void {
  const input = new Uint8Array(seed.length + 4);
  input.set(seed);
  for (let at = 0, count = 0; at < block.length; at += hashLength, count++) {
    // A modulus has less than 256 hash values.
    input[input.length - 1] = count;
    for (const [offset, octet] of sha256(input).entries())
      if (at + offset < block.length) block[at + offset] = (block[at + offset] ?? 0) ^ octet;
  }
  input.fill(0);
}

/** The exponent is public: it may tell by its time what it is. */
function power(base: bigint, { exponent, modulus }: RecipientKey): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}
