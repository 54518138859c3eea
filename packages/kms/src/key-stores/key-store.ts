// The port behind which keys live: the own vault, a CloudHSM cluster, an external key manager.

import type { BlobPurpose, EncryptionContext } from '@kmsim/hsm-core';
import type { TrailValue } from '../audit/record.ts';
import type { Engine } from '../engine.ts';
import type { Call } from '../operation.ts';
import type { Source } from '../source.ts';
import type { KeyStorePlace } from '../state/key-store-records.ts';
import type { KeyRecord } from '../state/records.ts';

export type Context = EncryptionContext | undefined;

/** What a new key begins with. */
export interface Generated {
  /** Id of material in the own vault. */
  readonly material?: string | undefined;
  readonly place?: KeyStorePlace;
}

export interface KeyStore {
  /** A new key's material, on the page of the call. */
  generate(call: Call, keyId: string, options: { readonly spec: KeyRecord['spec'] }): Generated;
  /** A ciphertext blob under the key's current material. */
  seal(call: Call, key: KeyRecord, purpose: BlobPurpose, context: Context, plaintext: Uint8Array): Uint8Array;
  /** The plaintext of a ciphertext of the key. */
  open(call: Call, source: Source, context: Context): Uint8Array;
  /** The key is gone: so is what only it needed. What the audit trail says of it, where it says anything. */
  destroy(kms: Engine, key: KeyRecord): Record<string, TrailValue> | undefined;
}
