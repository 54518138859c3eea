// How an asymmetric encryption algorithm, a key encapsulation and a key agreement work, whatever family they are of.

import type { Encapsulated } from './backend/post-quantum.ts';

export interface AsymmetricEncryption<Key> {
  /** Random bytes a ciphertext takes. */
  readonly randomLength: number;
  encrypt(key: Key, plaintext: Uint8Array, random: Uint8Array): Uint8Array | 'too long';
  /** Undefined for every ciphertext that is none, whatever the reason. */
  decrypt(key: Key, ciphertext: Uint8Array): Uint8Array | undefined;
}

export interface Encapsulation<Key> {
  /** Random bytes an encapsulation takes. */
  readonly randomLength: number;
  encapsulate(key: Key, random: Uint8Array): Encapsulated;
  decapsulate(key: Key, ciphertext: Uint8Array): Uint8Array | 'wrong length';
}

/** Why a public key cannot be agreed with. */
export type PeerFault = 'malformed' | 'wrong curve';

export interface KeyAgreement<Key> {
  /** `peer`: a SubjectPublicKeyInfo. */
  derive(key: Key, peer: Uint8Array): Uint8Array | PeerFault;
}
