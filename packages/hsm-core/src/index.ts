// The public names of @kmsim/hsm-core.

export type { Backend, Mac } from './backend/backend.ts';
export type { BackendName } from './backend/choose.ts';
export { chooseBackend } from './backend/choose.ts';
export type { ContextFault, EncryptionContext } from './encryption-context.ts';
export { maxContextBytes, writeContext } from './encryption-context.ts';
export type { BlobPurpose, Layout } from './envelope.ts';
export { blobLength, parseBlob } from './envelope.ts';
export type { KeySpec, KeySpecRow, KeyUsage } from './key-specs.ts';
export { keySpecs, offeredIn } from './key-specs.ts';
export { sealRandomLength } from './symmetric.ts';
export type { BlobFault, FoundBlob, SealedVault } from './vault.ts';
export { Vault } from './vault.ts';
