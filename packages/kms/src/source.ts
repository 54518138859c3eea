// What is known of a ciphertext before it is opened.

import type { FoundBlob } from '@kmsim/hsm-core';
import type { StoreBlob } from './key-stores/store-blob.ts';
import type { KeyRecord } from './state/records.ts';

export interface Source {
  readonly key: KeyRecord;
  readonly blob: Uint8Array;
  /** Undefined: no ciphertext of a symmetric key; it will not open. */
  readonly found: FoundBlob | StoreBlob | undefined;
}
