// What Ed25519 keys need from below: the signature scheme of RFC 8032 section 5.1, with either of its prefixes.

import type { Hash } from './hashes.ts';

/** A private key, ready for many messages. */
export interface EdSigner {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 64 bytes. */
  sign(message: Uint8Array): Uint8Array;
  verify(message: Uint8Array, signature: Uint8Array): boolean;
  /** Overwrites what was told from the private key; the signer is of no use then. */
  erase(): void;
}

/**
 * Verification is the strict one without the cofactor, [S]B = R + [k]A with the one encoding of R, as OpenSSL has it: RFC 8032
 * section 5.1.7 calls it sufficient. S is below L.
 */
export interface EdScheme {
  /** The private key of 32 bytes, RFC 8032 section 5.1.5. */
  signer(seed: Uint8Array): EdSigner;
  /** For who holds the public key only. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

export interface EdPrimitives {
  readonly name: 'portable' | 'native';
  readonly sha512: Hash;
  /** Ed25519, of whole messages. */
  readonly pure: EdScheme;
  /** Ed25519ph with an empty context: its message is the hash PH(M). */
  readonly prehashed: EdScheme;
}
