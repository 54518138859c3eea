// What RSA needs from below: modular powers and hashes. Paddings, key generation and DER are above, the same for every backend.

import type { RsaPrivateNumbers, RsaPublicNumbers } from '../der/private-key.ts';

export type RsaHash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/**
 * RSAEP and RSADP, which are RSAVP1 and RSASP1 too (RFC 8017 sections 5.1 and 5.2): octets as long as the modulus for octets as long
 * as the modulus, of numbers below it.
 */
export type RawOperation = (block: Uint8Array) => Uint8Array;

/** Keeps of the key octets or what OpenSSL has, and no numbers: they could not be overwritten. */
export interface PrivateOperation extends RawOperation {
  /** Lets go of the key; the operation is of no use any more. */
  erase(): void;
}

export interface RsaPrimitives {
  readonly name: 'portable' | 'native';
  hash(name: RsaHash, message: Uint8Array): Uint8Array;
  /** Adds the hash value to the block from `at` on, modulo 2, as far as the block goes. */
  addHash(name: RsaHash, message: Uint8Array, block: Uint8Array, at: number): void;
  /** base^exponent mod modulus, for a base and an exponent below an odd modulus. */
  power(base: bigint, exponent: bigint, modulus: bigint): bigint;
  publicOperation(key: RsaPublicNumbers): RawOperation;
  privateOperation(key: RsaPrivateNumbers): PrivateOperation;
}
