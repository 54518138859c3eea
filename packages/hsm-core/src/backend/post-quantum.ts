// What post-quantum keys need from below: ML-DSA (FIPS 204) and ML-KEM (FIPS 203), their keys from seeds.

import type { MlDsaParameters, MlKemParameters } from '../post-quantum/parameters.ts';

/** A private key of ML-DSA, ready for many messages. The context is empty. */
export interface MlDsaSigner {
  readonly publicKey: Uint8Array;
  /** FIPS 204 algorithm 2, ML-DSA.Sign. `random`: the 32 bytes rnd. */
  sign(message: Uint8Array, random: Uint8Array): Uint8Array;
  /** Algorithm 7, ML-DSA.Sign_internal, from step 7 on: mu has been computed elsewhere. */
  signMu(mu: Uint8Array, random: Uint8Array): Uint8Array;
  /** Algorithm 3, ML-DSA.Verify. */
  verify(message: Uint8Array, signature: Uint8Array): boolean;
  verifyMu(mu: Uint8Array, signature: Uint8Array): boolean;
  /** Overwrites what was told from the seed; it is of no use then. */
  erase(): void;
}

export interface Encapsulated {
  readonly ciphertext: Uint8Array;
  /** 32 bytes. */
  readonly sharedSecret: Uint8Array;
}

/** A decapsulation key of ML-KEM. */
export interface MlKemDecapsulator {
  /** The encapsulation key. */
  readonly publicKey: Uint8Array;
  /** FIPS 203 algorithm 21, ML-KEM.Decaps: another ciphertext as long as one gives another secret, always the same. */
  decapsulate(ciphertext: Uint8Array): Uint8Array;
  /** Overwrites what was told from the seed; it is of no use then. */
  erase(): void;
}

export interface PostQuantumPrimitives {
  readonly name: 'portable' | 'native';
  /** FIPS 204 algorithm 6, ML-DSA.KeyGen_internal. `seed`: the 32 bytes xi, which stay where they are as long as the signer is used. */
  mlDsa(parameters: MlDsaParameters, seed: Uint8Array): MlDsaSigner;
  /** For who holds the public key only; false for bytes that are none. */
  verifyMlDsa(parameters: MlDsaParameters, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  /** FIPS 203 algorithm 16, ML-KEM.KeyGen_internal. `seed`: the 64 bytes d ‖ z. */
  mlKem(parameters: MlKemParameters, seed: Uint8Array): MlKemDecapsulator;
  /** Algorithm 17, ML-KEM.Encaps_internal. `random`: the 32 bytes m. Undefined when the key fails the checks of section 7.2. */
  encapsulate(parameters: MlKemParameters, publicKey: Uint8Array, random: Uint8Array): Encapsulated | undefined;
}
