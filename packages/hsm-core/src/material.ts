// Key material: one version of a key's secret, with the two names that can be told from it.

import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Backend } from './backend/backend.ts';
import type { NotLoaded } from './backend/load-once.ts';
import type { KeyedMac, Mac } from './backend/mac.ts';
import { materialNameLength } from './envelope.ts';
import type { KeyPair } from './key-pair.ts';
import { type HmacKeySpec, type KeyPairSpec, seedBytes } from './key-specs.ts';
import { registryOver } from './load-registry.ts';

// A blob made here is recognized as no ciphertext of the real service: security begins with not being mistaken.
const mark = utf8ToBytes('kmsim');
const digestLength = 23;
const checkAt = mark.length + digestLength;

const idPurpose = utf8ToBytes('kmsim key material id\0');
const namePurpose = utf8ToBytes('kmsim key material name\0');

/** The secret is private: neither inspection nor JSON nor a structured clone shows it. */
export class Material {
  /** What the API calls KeyMaterialId: 64 lower-case hex digits, the same for the same bytes under the same key id. */
  readonly id: string;
  readonly keyId: string;
  /** The 32 bytes that name this material in its ciphertexts, as `nameText` has them: an array of them would take 200 bytes more. */
  readonly name: string;
  /** Where the secret stands. A view of it is made when it is used: kept with every material, views would take 100 bytes each. */
  readonly #buffer: ArrayBufferLike;
  readonly #at: number;
  readonly #length: number;
  #mac: KeyedMac | undefined;
  #hmacKey: KeyedMac | undefined;
  #keyPair: KeyPair | undefined;

  /** `secret` stays where it is, and is overwritten there. */
  constructor(backend: Backend, keyId: string, secret: Uint8Array) {
    const mac = backend.hmacSha256(secret);
    const key = utf8ToBytes(keyId);
    this.id = hex(mac(joined(idPurpose, key)));
    this.keyId = keyId;
    this.name = nameText(materialNameOf(mac(joined(namePurpose, key))), 0);
    mac.erase?.();
    this.#buffer = secret.buffer;
    this.#at = secret.byteOffset;
    this.#length = secret.length;
  }

  get #secret(): Uint8Array {
    return new Uint8Array(this.#buffer, this.#at, this.#length);
  }

  /** HMAC-SHA-256 under the secret. */
  mac(backend: Backend): Mac {
    this.#mac ??= backend.hmacSha256(this.#secret);
    return this.#mac;
  }

  /** HMAC with the hash of that spec; the material is the key. */
  hmacKey(backend: Backend, spec: HmacKeySpec): Mac | NotLoaded {
    if (this.#hmacKey !== undefined) return this.#hmacKey;
    const registry = registryOver(backend);
    if (registry instanceof Promise) return registry;
    this.#hmacKey = registry.primitives.hmac.hmac(registry.hmacHashes[spec], this.#secret);
    return this.#hmacKey;
  }

  /** The key pair of that spec: grown from the material, which is its seed, or read out of it. Kept from the first use on. */
  keyPair(backend: Backend, spec: KeyPairSpec): KeyPair | NotLoaded {
    if (this.#keyPair !== undefined) return this.#keyPair;
    const registry = registryOver(backend);
    if (registry instanceof Promise) return registry;
    const { grow, read } = registry.keyPairKinds[spec];
    const pair = (this.#length === seedBytes ? grow : read)(this.#secret, registry.primitives);
    if (pair instanceof Promise) return pair;
    // It was read before it was taken in.
    if (typeof pair === 'string') throw new Error(`The material is no ${spec} key: ${pair}.`);
    this.#keyPair = pair;
    return pair;
  }

  /** Whether its key pair is there, and need not be made. */
  get hasKeyPair(): boolean {
    return this.#keyPair !== undefined;
  }

  get secretLength(): number {
    return this.#secret.length;
  }

  /** For a sealed export, and for nothing else. Erase it. */
  copySecret(): Uint8Array {
    return this.#secret.slice();
  }

  /** Overwrites the secret. JavaScript cannot promise that no copy is left. */
  erase(): void {
    this.#secret.fill(0);
    this.#mac?.erase?.();
    this.#mac = undefined;
    this.#hmacKey?.erase?.();
    this.#hmacKey = undefined;
    this.#keyPair?.erase();
    this.#keyPair = undefined;
  }
}

const hexOf: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

// Joined, not added up: a string that was added up keeps every step of it, 1,000 bytes for an id of 64, as long as the key lives.
function hex(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (const byte of bytes) parts.push(hexOf[byte] ?? '');
  return parts.join('');
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** mark, 23 bytes of digest, and a check of both that tells a damaged name from one of another place. */
export function materialNameOf(digest: Uint8Array): Uint8Array {
  const name = new Uint8Array(materialNameLength);
  name.set(mark);
  name.set(digest.subarray(0, digestLength), mark.length);
  // Byte by byte: a view would move the 32 bytes out of the heap, with all that belongs to a buffer there.
  const sum = check(name, 0);
  for (let i = 0; i < 4; i++) name[checkAt + i] = sum >>> (24 - 8 * i);
  return name;
}

/** Whether the name at `at` of a blob is one that some kmsim gave, undamaged. */
export function isMaterialName(blob: Uint8Array, at: number): boolean {
  for (let i = 0; i < mark.length; i++) if (blob[at + i] !== mark[i]) return false;
  const end = at + checkAt;
  const stored =
    ((blob[end] ?? 0) * 0x1000000 +
      (((blob[end + 1] ?? 0) << 16) | ((blob[end + 2] ?? 0) << 8) | (blob[end + 3] ?? 0))) >>>
    0;
  return stored === check(blob, at);
}

// FNV-1a, 32 bits. Every step is a bijection of the state, so no change of one byte goes unseen. Sorting, not security.
function check(bytes: Uint8Array, at: number): number {
  let state = 0x811c9dc5;
  for (let i = at; i < at + checkAt; i++) state = Math.imul(state ^ (bytes[i] ?? 0), 0x01000193);
  return state >>> 0;
}

/** The name at `at` as a short string, to keep and to look it up by: 16 units of two bytes. */
export function nameText(bytes: Uint8Array, at: number): string {
  const pair = (i: number): number => ((bytes[at + i] ?? 0) << 8) | (bytes[at + i + 1] ?? 0);
  return String.fromCharCode(
    pair(0),
    pair(2),
    pair(4),
    pair(6),
    pair(8),
    pair(10),
    pair(12),
    pair(14),
    pair(16),
    pair(18),
    pair(20),
    pair(22),
    pair(24),
    pair(26),
    pair(28),
    pair(30),
  );
}

/** Writes the bytes of a name at `at`. */
export function writeName(text: string, out: Uint8Array, at: number): void {
  for (let n = 0; n < text.length; n++) {
    const unit = text.charCodeAt(n);
    out[at + 2 * n] = unit >>> 8;
    out[at + 2 * n + 1] = unit;
  }
}
