// The vault: the only place where secret bytes exist. Material is made, used and erased by its id and never handed out.

import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Backend } from './backend/backend.ts';
import type { NotLoaded } from './backend/load-once.ts';
import type { Mac } from './backend/mac.ts';
import type { ContextFault, EncryptionContext } from './encryption-context.ts';
import { type BlobPurpose, type Layout, materialNameAt, parseBlob } from './envelope.ts';
import { ImportDesk } from './import-desk.ts';
import type { DataKeyPair, KeyPair } from './key-pair.ts';
import type { HmacKeySpec, KeyPairSpec } from './key-specs.ts';
import { registryOver } from './load-registry.ts';
import { isMaterialName, Material, nameText } from './material.ts';
import { SecretRoom } from './secret-room.ts';
import { open, seal } from './symmetric.ts';
import { readContent, type VaultContent, type WithdrawnMaterial, writeContent } from './vault-content.ts';

/** A blob whose material is here. */
export interface FoundBlob {
  readonly keyId: string;
  readonly materialId: string;
  readonly layout: Layout;
}

/** Why a blob names no material here: it is damaged or no blob at all, or it was made with material of another place. */
export type BlobFault = 'malformed' | 'foreign';

/** A key pair to work with: whose it is erases it. */
export type UsableKeyPair = Omit<KeyPair, 'erase'>;

/** Bytes only the key that sealed them opens. */
export type SealedVault = Uint8Array;

export class Vault {
  readonly backend: Backend;
  readonly #byId = new Map<string, Material>();
  readonly #byName = new Map<string, Material>();
  readonly #secrets = new SecretRoom();
  /** By name: materials whose secret is gone and may come back. */
  readonly #withdrawn = new Map<string, WithdrawnMaterial>();
  /** Its name, by material id. */
  readonly #withdrawnNames = new Map<string, string>();
  readonly imports: ImportDesk;

  constructor(backend: Backend) {
    this.backend = backend;
    this.imports = new ImportDesk(backend);
  }

  /** Takes in secret bytes for a key and returns the id of the material. The bytes are copied; erase yours. */
  create(keyId: string, secret: Uint8Array): string {
    return this.takeIn(keyId, secret).id;
  }

  /** As `create`, and tells what was there of the same material before. */
  takeIn(
    keyId: string,
    secret: Uint8Array,
  ): { readonly id: string; readonly before: 'nothing' | 'here' | 'withdrawn' } {
    const material = new Material(this.backend, keyId, this.#secrets.copy(secret));
    const { id, name } = material;
    if (this.#byId.has(id)) {
      material.erase();
      return { id, before: 'here' };
    }
    this.#byId.set(id, material);
    this.#byName.set(name, material);
    return { id, before: this.#forget(name, id) ? 'withdrawn' : 'nothing' };
  }

  has(materialId: string): boolean {
    return this.#byId.has(materialId);
  }

  /** Encrypts under a material. `random`: 28 fresh bytes. */
  seal(
    materialId: string,
    purpose: BlobPurpose,
    context: EncryptionContext | undefined,
    plaintext: Uint8Array,
    random: Uint8Array,
  ): Uint8Array | ContextFault | 'no material' {
    const material = this.#byId.get(materialId);
    return material === undefined ? 'no material' : seal(this.backend, material, purpose, context, plaintext, random);
  }

  /** Which key and material a blob was made with. Nothing is opened. */
  find(blob: Uint8Array): FoundBlob | BlobFault {
    const layout = parseBlob(blob);
    if (layout === undefined) return 'malformed';
    const name = nameText(blob, materialNameAt);
    const material = this.#byName.get(name);
    if (material !== undefined) return { keyId: material.keyId, materialId: material.id, layout };
    const withdrawn = this.#withdrawn.get(name);
    if (withdrawn !== undefined) return { keyId: withdrawn.keyId, materialId: withdrawn.materialId, layout };
    return isMaterialName(blob, materialNameAt) ? 'foreign' : 'malformed';
  }

  /** The plaintext of a blob that was found, or undefined when it is not what was sealed under this context. */
  open(found: FoundBlob, context: EncryptionContext | undefined, blob: Uint8Array): Uint8Array | undefined {
    const material = this.#byId.get(found.materialId);
    return material === undefined ? undefined : open(this.backend, material, found.layout, context, blob);
  }

  /** HMAC under a material that is a key of that spec; undefined without the material. */
  hmacKey(materialId: string, spec: HmacKeySpec): Mac | NotLoaded | undefined {
    return this.#byId.get(materialId)?.hmacKey(this.backend, spec);
  }

  /** The key pair of a material, grown at its first use; undefined without the material. */
  keyPair(materialId: string, spec: KeyPairSpec): UsableKeyPair | NotLoaded | undefined {
    return this.#byId.get(materialId)?.keyPair(this.backend, spec);
  }

  /** Whether the next use of a material's key pair has to make it first. */
  owesKeyPair(materialId: string): boolean {
    return this.#byId.get(materialId)?.hasKeyPair === false;
  }

  /** What key pairs are made with, while it is being loaded. */
  get library(): NotLoaded | undefined {
    const registry = registryOver(this.backend);
    return registry instanceof Promise ? registry : undefined;
  }

  /** A key pair that is handed out. `seed`: 32 bytes nobody else has. */
  dataKeyPair(spec: KeyPairSpec, seed: Uint8Array): DataKeyPair | NotLoaded {
    const registry = registryOver(this.backend);
    return registry instanceof Promise ? registry : registry.keyPairKinds[spec].growData(seed, registry.primitives);
  }

  /** Erases a material. Its ciphertexts can never be opened again. */
  destroy(materialId: string): void {
    const material = this.#byId.get(materialId);
    if (material === undefined) {
      const name = this.#withdrawnNames.get(materialId);
      if (name !== undefined) this.#forget(name, materialId);
      return;
    }
    this.#byId.delete(materialId);
    this.#byName.delete(material.name);
    material.erase();
  }

  /** Erases a material that may be taken in again: its ciphertexts are still found, and open when it is back. */
  withdraw(materialId: string): void {
    const material = this.#byId.get(materialId);
    if (material === undefined) return;
    const { keyId, name } = material;
    this.destroy(materialId);
    this.#remember({ keyId, materialId, name });
  }

  #remember(withdrawn: WithdrawnMaterial): void {
    this.#withdrawn.set(withdrawn.name, withdrawn);
    this.#withdrawnNames.set(withdrawn.materialId, withdrawn.name);
  }

  #forget(name: string, materialId: string): boolean {
    this.#withdrawnNames.delete(materialId);
    return this.#withdrawn.delete(name);
  }

  /** Erases everything in here. What was sealed with it opens nowhere else but where a copy is. */
  erase(): void {
    for (const material of this.#byId.values()) material.erase();
    for (const table of [this.#byId, this.#byName, this.#withdrawn, this.#withdrawnNames]) table.clear();
    this.imports.erase();
  }

  /** Everything in here, sealed with AES-256-GCM under a 32-byte key. The same content gives the same bytes, in whatever order it came. */
  export(key: Uint8Array): SealedVault {
    const materials = [...this.#byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const withdrawn = [...this.#withdrawn.values()].sort((a, b) => (a.materialId < b.materialId ? -1 : 1));
    const plaintext = writeContent(materials, withdrawn);
    // A synthetic IV: it repeats only where the whole content does, and then nothing new is told.
    const iv = this.backend.hmacSha256(key)(plaintext).subarray(0, 12);
    const sealed = new Uint8Array(12 + plaintext.length + 16);
    sealed.set(iv);
    this.backend.gcmSeal(key, iv, exportLabel, plaintext, sealed, 12);
    plaintext.fill(0);
    return sealed;
  }

  /** HMAC-SHA-256 of a text under a 32-byte key, for what goes along with an export. */
  authenticate(key: Uint8Array, text: string): Uint8Array {
    return this.backend.hmacSha256(key)(utf8ToBytes(text));
  }

  /** Takes in what `export` gave; false when the key is another or a byte has changed, and then nothing is taken in. */
  import(key: Uint8Array, sealed: SealedVault): boolean {
    const content = openExport(this.backend, key, sealed);
    if (content === undefined) return false;
    const { materials, withdrawn } = content;
    for (const one of withdrawn) this.#remember(one);
    for (const { keyId, secret } of materials) {
      this.create(keyId, secret);
      secret.fill(0);
    }
    return true;
  }
}

/** What an export holds; undefined when the key is another or a byte has changed. */
export function openExport(backend: Backend, key: Uint8Array, sealed: SealedVault): VaultContent | undefined {
  if (key.length !== 32 || sealed.length < 12 + 16) return undefined;
  const plaintext = backend.gcmOpen(key, sealed.subarray(0, 12), exportLabel, sealed.subarray(12));
  if (plaintext === undefined) return undefined;
  const content = readContent(plaintext);
  plaintext.fill(0);
  return content;
}

const exportLabel = utf8ToBytes('kmsim vault export 2');
