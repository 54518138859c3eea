// The keys of the external key manager. Their material is made here and never leaves.

import { managerAad, type SealedParts } from './framing.ts';
import type { Seed } from './seed.ts';
import { invalidOption, XksProxyError } from './xks-proxy-error.ts';

export type XksKeyStatus = 'ENABLED' | 'DISABLED';

export interface XksKeyOptions {
  /** 1 to 128 letters, digits, `-`, `.` and `_`. */
  readonly id: string;
  /** 32 bytes; from the seed when absent. */
  readonly material?: Uint8Array;
  readonly keyStatus?: XksKeyStatus;
  /** `['ENCRYPT', 'DECRYPT']` when absent; at most ten. */
  readonly keyUsage?: readonly string[];
  /** `AES_256` when absent. A key of another one encrypts nothing: there to be refused by CreateKey. */
  readonly keySpec?: string;
}

export interface XksKeyInfo {
  readonly id: string;
  readonly keySpec: string;
  readonly keyStatus: XksKeyStatus;
  readonly keyUsage: readonly string[];
  /** How many times it has material: 1, and one more by every rotation. */
  readonly versions: number;
}

interface KeyRecord {
  readonly info: XksKeyInfo;
  readonly materials: readonly Uint8Array[];
}

// `.` and `..` are no part of a path that could be signed as it is.
const idForm = /^(?!\.{1,2}$)[\w.-]{1,128}$/;
const tagLength = 16;

export class ExternalKeys {
  readonly #records: Map<string, KeyRecord> = new Map();
  /** How often each id has encrypted; goes on when a key is deleted and made anew. */
  readonly #encryptions: Map<string, number> = new Map();
  readonly #seed: Seed;
  readonly #ivLength: 12 | 16;

  constructor(seed: Seed, ivLength: 12 | 16) {
    this.#seed = seed;
    this.#ivLength = ivLength;
  }

  create(options: XksKeyOptions): XksKeyInfo {
    const { id, keySpec = 'AES_256', keyStatus = 'ENABLED', keyUsage = ['ENCRYPT', 'DECRYPT'], material } = options;
    if (!idForm.test(id)) throw invalidOption('An external key id has 1 to 128 letters, digits, -, . and _.');
    if (material !== undefined && material.length !== 32) throw invalidOption('Key material has 32 bytes.');
    if (keyUsage.length > 10) throw invalidOption('A key has at most ten usages.');
    if (this.#records.has(id)) throw new XksProxyError('KMSIM_XKS_KEY_EXISTS', `There is a key ${id} already.`);
    const first = material === undefined ? this.#seed.bytes('key', id, '1') : Uint8Array.from(material);
    const info = { id, keySpec, keyStatus, keyUsage: [...keyUsage], versions: 1 };
    this.#records.set(id, { info, materials: [first] });
    return info;
  }

  get(id: string): XksKeyInfo | undefined {
    return this.#records.get(id)?.info;
  }

  list(): readonly XksKeyInfo[] {
    return [...this.#records.values()].map(({ info }) => info);
  }

  change(id: string, changes: Partial<Pick<XksKeyInfo, 'keySpec' | 'keyStatus' | 'keyUsage'>>): void {
    const { info, materials } = this.#require(id);
    this.#records.set(id, { info: { ...info, ...changes }, materials });
  }

  /** New material from here on; what was encrypted before is decrypted with the old. */
  rotate(id: string): void {
    const { info, materials } = this.#require(id);
    const versions = info.versions + 1;
    const next = this.#seed.bytes('key', id, String(versions));
    this.#records.set(id, { info: { ...info, versions }, materials: [...materials, next] });
  }

  delete(id: string): void {
    for (const material of this.#require(id).materials) material.fill(0);
    this.#records.delete(id);
  }

  /** AES-256-GCM under the newest material. */
  seal(id: string, aad: Uint8Array, plaintext: Uint8Array): SealedParts {
    const { info, materials } = this.#require(id);
    const metadata = metadataOf(info.versions);
    const framed = managerAad(aad, metadata);
    const iv = this.#nextIv(id, framed, plaintext);
    const sealed = new Uint8Array(plaintext.length + tagLength);
    this.#seed.backend.gcmSeal(materials.at(-1) as Uint8Array, iv, framed, plaintext, sealed, 0);
    const split = plaintext.length;
    return { metadata, iv, ciphertext: sealed.subarray(0, split), tag: sealed.subarray(split) };
  }

  /** Undefined: the parts do not belong together, or not to this key. */
  open(id: string, aad: Uint8Array, { ciphertext, iv, metadata, tag }: SealedParts): Uint8Array | undefined {
    const material = this.#require(id).materials.find((_, at) => isMetadataOf(metadata, at + 1));
    if (material === undefined) return undefined;
    const sealed = new Uint8Array(ciphertext.length + tag.length);
    sealed.set(ciphertext);
    sealed.set(tag, ciphertext.length);
    return this.#seed.backend.gcmOpen(material, iv, managerAad(aad, metadata), sealed);
  }

  // A counter, so that the same message twice has two; the message, so that a seed that is used a second time repeats no IV for another one.
  #nextIv(id: string, aad: Uint8Array, plaintext: Uint8Array): Uint8Array {
    const number = this.#encryptions.get(id) ?? 0;
    this.#encryptions.set(id, number + 1);
    return this.#seed.bytes('iv', id, String(number), aad, plaintext).slice(0, this.#ivLength);
  }

  #require(id: string): KeyRecord {
    const record = this.#records.get(id);
    if (record === undefined) throw new XksProxyError('KMSIM_XKS_KEY_UNKNOWN', `There is no key ${id}.`);
    return record;
  }
}

// As the example of the specification has it: which material a ciphertext was made with.
function metadataOf(version: number): Uint8Array {
  return Buffer.from(`key_version=${version}`);
}

function isMetadataOf(metadata: Uint8Array, version: number): boolean {
  return Buffer.compare(metadata, metadataOf(version)) === 0;
}
