// Whose a ciphertext is, before anything is opened.

import type { BlobFault, FoundBlob, Vault } from '@kmsim/hsm-core';
import { readHeader, type StoreBlob } from './store-blob.ts';

export function findCiphertext(vault: Vault, blob: Uint8Array): FoundBlob | StoreBlob | BlobFault {
  const found = vault.find(blob);
  return found === 'malformed' ? (readHeader(blob) ?? found) : found;
}
