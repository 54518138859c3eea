// Keys of ML-DSA: FIPS 204. The private key is the seed xi of 32 bytes.

import { equalBytes } from '@noble/curves/utils.js';
import type { MlDsaSigner, PostQuantumPrimitives } from '../backend/post-quantum.ts';
import { type KeyFault, readPkcs8Of } from '../der/expected-key.ts';
import { readSeed, writeSeed } from '../der/private-key.ts';
import { writePkcs8, writeSpki } from '../der.ts';
import { lengths, type MlDsaParameters } from './parameters.ts';

/** The seed is private: neither inspection nor JSON nor a structured clone shows it. */
export class MlDsaPrivateKey {
  readonly parameters: MlDsaParameters;
  readonly publicKey: Uint8Array;
  readonly #seed: Uint8Array;
  readonly #signer: MlDsaSigner;

  /** `seed`: 32 bytes. The key keeps them. */
  constructor(seed: Uint8Array, parameters: MlDsaParameters, primitives: PostQuantumPrimitives) {
    this.parameters = parameters;
    this.#seed = seed;
    this.#signer = primitives.mlDsa(parameters, seed);
    this.publicKey = this.#signer.publicKey;
  }

  signer(): MlDsaSigner {
    return this.#signer;
  }

  /** xi, to be read only. */
  seed(): Uint8Array {
    return this.#seed;
  }

  /** Overwrites the seed. JavaScript cannot promise that no copy is left. */
  erase(): void {
    this.#seed.fill(0);
    this.#signer.erase();
  }
}

/** The seed is xi. */
export function growMlDsa(
  seed: Uint8Array,
  parameters: MlDsaParameters,
  primitives: PostQuantumPrimitives,
): MlDsaPrivateKey {
  return new MlDsaPrivateKey(Uint8Array.from(seed), parameters, primitives);
}

/** RFC 9881 section 6, the seed alone. A public key that comes with it belongs to it. */
export function mlDsaFromPkcs8(
  der: Uint8Array,
  parameters: MlDsaParameters,
  primitives: PostQuantumPrimitives,
): MlDsaPrivateKey | KeyFault {
  const info = readPkcs8Of(parameters.algorithm, der);
  if (typeof info === 'string') return info;
  const seed = readSeed(info.privateKey);
  if (seed?.length !== lengths.xi) return 'malformed';
  const key = growMlDsa(seed, parameters, primitives);
  if (info.publicKey === undefined || equalBytes(info.publicKey, key.publicKey)) return key;
  key.erase();
  return 'malformed';
}

export function mlDsaToPkcs8(key: MlDsaPrivateKey): Uint8Array {
  return writePkcs8(key.parameters.algorithm, writeSeed(key.seed()));
}

/** RFC 9881 section 4. */
export function mlDsaSpki({ parameters, publicKey }: MlDsaPrivateKey): Uint8Array {
  return writeSpki(parameters.algorithm, publicKey);
}
