// Where material comes in from outside: wrapping keys, import tokens, and what is unwrapped with both.
// A token carries its wrapping key as a sealed seed, so nothing is stored between the two calls of an import.

import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Backend } from './backend/backend.ts';
import type { NotLoaded } from './backend/load-once.ts';
import { isKeyPairSpec, type KeySpec, keySpecs, seedBytes } from './key-specs.ts';
import { type Registry, registryOver } from './load-registry.ts';
import type { WrappingAlgorithm, WrappingKey, WrappingKeySpec } from './wrapping.ts';

/** Random bytes an import takes: the seed of the wrapping key and the IV of its token. */
export const importRandomLength: number = seedBytes + 12;

/** What a token says beside its key. Whoever reads it trusts it. */
export interface ImportClaims {
  readonly keyArn: string;
  readonly algorithm: WrappingAlgorithm;
  readonly wrappingKeySpec: WrappingKeySpec;
  /** Milliseconds since the epoch. */
  readonly validTo: number;
}

export interface ImportParameters {
  /** SubjectPublicKeyInfo of the wrapping key, as DER. */
  readonly publicKey: Uint8Array;
  readonly token: Uint8Array;
}

/** `not unwrapped`: it was not wrapped so. `wrong material`: it is no key of that spec, or not in its form. */
export type ImportFault = 'not unwrapped' | 'wrong material';

const label = utf8ToBytes('kmsim import token 1');
const ivLength = 12;
const tagLength = 16;

// Growing an RSA key takes up to a second, and an import asks for each twice.
const keptKeys = 64;

export class ImportDesk {
  readonly #backend: Backend;
  /** By the IV of the token, which is no secret. The one used longest ago first. */
  readonly #keys = new Map<string, WrappingKey>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** A new wrapping key with its token, sealed under a 32-byte key. `random`: 44 bytes nobody else has. Erase them. */
  open(sealKey: Uint8Array, claims: ImportClaims, random: Uint8Array): ImportParameters | NotLoaded {
    const registry = registryOver(this.#backend);
    if (registry instanceof Promise) return registry;
    const seed = random.subarray(0, seedBytes);
    const iv = random.slice(seedBytes, importRandomLength);
    const key = this.#wrappingKey(registry, iv, seed, claims.wrappingKeySpec);
    if (key instanceof Promise) return key;
    const content = concatBytes(seed, utf8ToBytes(JSON.stringify(claims)));
    const token = new Uint8Array(ivLength + content.length + tagLength);
    token.set(iv);
    this.#backend.gcmSeal(sealKey, iv, label, content, token, ivLength);
    content.fill(0);
    return { publicKey: key.publicKey, token };
  }

  /** What a token says; undefined when it is none of this seal, or a bit of it has changed. */
  read(sealKey: Uint8Array, token: Uint8Array): ImportClaims | undefined {
    const content = this.#contentOf(sealKey, token);
    if (content === undefined) return undefined;
    const claims = JSON.parse(new TextDecoder().decode(content.subarray(seedBytes))) as ImportClaims;
    content.fill(0);
    return claims;
  }

  /**
   * The material that comes under a token that was read, in the one form that the vault keeps of a key of that spec. Erase it. `fits`:
   * how long material may be that is no key pair.
   */
  unwrap(
    sealKey: Uint8Array,
    token: Uint8Array,
    { algorithm, wrappingKeySpec }: ImportClaims,
    spec: KeySpec,
    wrapped: Uint8Array,
    fits: (length: number) => boolean = (length) => length === keySpecs[spec].materialBytes,
  ): Uint8Array | ImportFault | NotLoaded {
    const registry = registryOver(this.#backend);
    if (registry instanceof Promise) return registry;
    const content = this.#contentOf(sealKey, token);
    if (content === undefined) return 'not unwrapped';
    const key = this.#wrappingKey(registry, token.slice(0, ivLength), content.subarray(0, seedBytes), wrappingKeySpec);
    content.fill(0);
    if (key instanceof Promise) return key;
    const bytes = key.unwrap(algorithm, wrapped);
    if (bytes === undefined) return 'not unwrapped';
    const material = this.#inItsForm(registry, spec, bytes, fits);
    if (material !== bytes) bytes.fill(0);
    return material;
  }

  /** Erases the wrapping keys that are kept. A token that is good makes them anew. */
  erase(): void {
    for (const key of this.#keys.values()) key.erase();
    this.#keys.clear();
  }

  #contentOf(sealKey: Uint8Array, token: Uint8Array): Uint8Array | undefined {
    if (token.length < ivLength + seedBytes + tagLength) return undefined;
    return this.#backend.gcmOpen(sealKey, token.subarray(0, ivLength), label, token.subarray(ivLength));
  }

  #wrappingKey(
    { primitives, wrappingKeys }: Registry,
    iv: Uint8Array,
    seed: Uint8Array,
    spec: WrappingKeySpec,
  ): WrappingKey | NotLoaded {
    const name = bytesToHex(iv);
    const known = this.#keys.get(name);
    if (known !== undefined) {
      // The last one used is the last one dropped.
      this.#keys.delete(name);
      this.#keys.set(name, known);
      return known;
    }
    const key = wrappingKeys[spec](seed, primitives);
    if (key instanceof Promise) return key;
    this.#keys.set(name, key);
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > keptKeys && oldest !== undefined) {
      this.#keys.get(oldest)?.erase();
      this.#keys.delete(oldest);
    }
    return key;
  }

  // The same key has several PKCS#8 forms; so that it is one material, its own form is kept.
  #inItsForm(
    { keyPairKinds, primitives }: Registry,
    spec: KeySpec,
    bytes: Uint8Array,
    fits: (length: number) => boolean,
  ): Uint8Array | ImportFault | NotLoaded {
    if (!isKeyPairSpec(spec)) return fits(bytes.length) ? bytes : 'wrong material';
    const form = keyPairKinds[spec].canonical(bytes, primitives);
    return typeof form === 'string' ? 'wrong material' : form;
  }
}
