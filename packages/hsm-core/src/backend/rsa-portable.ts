// RSA's primitives in pure TypeScript: BigInt and @noble/hashes. Not constant-time.

import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import {
  type RsaPrivateNumbers,
  type RsaPublicNumbers,
  readRsaPrivateKey,
  writeRsaPrivateKey,
} from '../der/private-key.ts';
import type { PrivateOperation, RawOperation, RsaHash, RsaPrimitives } from './rsa.ts';

const hashes: Readonly<Record<RsaHash, (message: Uint8Array) => Uint8Array>> = {
  'SHA-1': sha1,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
};

export const portableRsa: RsaPrimitives = {
  name: 'portable',
  hash: (name, message) => hashes[name](message),
  addHash: (name, message, block, at) => {
    const hash = hashes[name](message);
    const end = Math.min(hash.length, block.length - at);
    for (let i = 0; i < end; i++) block[at + i] = (block[at + i] ?? 0) ^ (hash[i] ?? 0);
  },
  power,
  publicOperation,
  privateOperation,
};

const shortExponent = 1n << 32n;

/** Left to right, five bits of the exponent at a time, or one where the exponent is short (65537 has two that are set). */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (exponent < shortExponent) {
    let result = 1n;
    for (const bit of exponent.toString(2)) {
      result = (result * result) % modulus;
      if (bit === '1') result = (result * base) % modulus;
    }
    return result;
  }
  const powers = [1n];
  for (let at = 1; at < 32; at++) powers.push(((powers[at - 1] ?? 1n) * base) % modulus);
  let result = 1n;
  for (const digit of exponent.toString(32)) {
    for (let bit = 0; bit < 5; bit++) result = (result * result) % modulus;
    const factor = powers[Number.parseInt(digit, 32)] ?? 1n;
    if (factor !== 1n) result = (result * factor) % modulus;
  }
  return result;
}

export function publicOperation({ n, e }: RsaPublicNumbers): RawOperation {
  return (block) => numberToBytesBE(power(bytesToNumberBE(block), e, n), block.length);
}

// RFC 8017 section 5.1.2, step 2.b. A result that does not lead back to the block is made without the remainders, as OpenSSL does:
// half a wrong result would give a prime away.
function privateOperation(numbers: RsaPrivateNumbers): PrivateOperation {
  const octets = writeRsaPrivateKey(numbers);
  const operation = (block: Uint8Array): Uint8Array => {
    const key = readRsaPrivateKey(octets);
    if (key === undefined) throw new Error('The key is erased.');
    const { n, e, d, p, q, dP, dQ, qInv } = key;
    const c = bytesToNumberBE(block);
    const m1 = power(c % p, dP, p);
    const m2 = power(c % q, dQ, q);
    const h = (((((m1 - m2) % p) + p) % p) * qInv) % p;
    const m = m2 + q * h;
    const sound = power(m % n, e, n) === c;
    return numberToBytesBE(sound ? m : power(c, d, n), block.length);
  };
  return Object.assign(operation, { erase: () => void octets.fill(0) });
}
