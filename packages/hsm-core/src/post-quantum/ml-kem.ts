// Keys of ML-KEM: FIPS 203. The private key is the seed d ‖ z of 64 bytes.

import { equalBytes } from '@noble/curves/utils.js';
import type { Encapsulated, MlKemDecapsulator, PostQuantumPrimitives } from '../backend/post-quantum.ts';
import { type KeyFault, readPkcs8Of } from '../der/expected-key.ts';
import { readSeed, writeSeed } from '../der/private-key.ts';
import { writePkcs8, writeSpki } from '../der.ts';
import { seedStream } from '../seed-stream.ts';
import { lengths, type MlKemParameters } from './parameters.ts';

/** The seed is private: neither inspection nor JSON nor a structured clone shows it. */
export class MlKemPrivateKey {
  readonly parameters: MlKemParameters;
  readonly primitives: PostQuantumPrimitives;
  /** The encapsulation key. */
  readonly publicKey: Uint8Array;
  readonly #seed: Uint8Array;
  readonly #decapsulator: MlKemDecapsulator;

  /** `seed`: 64 bytes. The key keeps them. */
  constructor(seed: Uint8Array, parameters: MlKemParameters, primitives: PostQuantumPrimitives) {
    this.parameters = parameters;
    this.primitives = primitives;
    this.#seed = seed;
    this.#decapsulator = primitives.mlKem(parameters, seed);
    this.publicKey = this.#decapsulator.publicKey;
  }

  decapsulator(): MlKemDecapsulator {
    return this.#decapsulator;
  }

  /** d ‖ z, to be read only. */
  seed(): Uint8Array {
    return this.#seed;
  }

  /** Overwrites the seed. JavaScript cannot promise that no copy is left. */
  erase(): void {
    this.#seed.fill(0);
    this.#decapsulator.erase();
  }
}

/** d ‖ z follows from the seed of 32 bytes. */
export function growMlKem(
  seed: Uint8Array,
  parameters: MlKemParameters,
  primitives: PostQuantumPrimitives,
): MlKemPrivateKey {
  return new MlKemPrivateKey(seedStream(seed, `kmsim ${parameters.name}`)(lengths.dz), parameters, primitives);
}

/** RFC 9935 section 6, the seed alone. A public key that comes with it belongs to it. */
export function mlKemFromPkcs8(
  der: Uint8Array,
  parameters: MlKemParameters,
  primitives: PostQuantumPrimitives,
): MlKemPrivateKey | KeyFault {
  const info = readPkcs8Of(parameters.algorithm, der);
  if (typeof info === 'string') return info;
  const seed = readSeed(info.privateKey);
  if (seed?.length !== lengths.dz) return 'malformed';
  const key = new MlKemPrivateKey(Uint8Array.from(seed), parameters, primitives);
  if (info.publicKey === undefined || equalBytes(info.publicKey, key.publicKey)) return key;
  key.erase();
  return 'malformed';
}

/** As long for each of the parameter sets. */
export function mlKemToPkcs8(key: MlKemPrivateKey): Uint8Array {
  return writePkcs8(key.parameters.algorithm, writeSeed(key.seed()));
}

/** RFC 9935 section 4. */
export function mlKemSpki({ parameters, publicKey }: MlKemPrivateKey): Uint8Array {
  return writeSpki(parameters.algorithm, publicKey);
}

/** FIPS 203 algorithm 20, ML-KEM.Encaps, to the key itself. `random`: the 32 bytes m. */
export function encapsulate(key: MlKemPrivateKey, random: Uint8Array): Encapsulated {
  const { parameters, primitives, publicKey } = key;
  const encapsulated = primitives.encapsulate(parameters, publicKey, random);
  if (encapsulated === undefined) throw new RangeError(`An encapsulation takes ${lengths.m} random bytes.`);
  return encapsulated;
}

/** Section 7.3, the check of the ciphertext: its length alone can be wrong. */
export function decapsulate(key: MlKemPrivateKey, ciphertext: Uint8Array): Uint8Array | 'wrong length' {
  if (ciphertext.length !== key.parameters.ciphertextLength) return 'wrong length';
  return key.decapsulator().decapsulate(ciphertext);
}
