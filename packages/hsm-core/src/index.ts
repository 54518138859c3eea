// The public names of @kmsim/hsm-core.

/** Looks at every byte, wherever the first difference is. */
export { bytesToUtf8, equalBytes, utf8ToBytes } from '@noble/ciphers/utils.js';
/** SHA-256, for what is hashed outside the vault. */
export { sha256 } from '@noble/hashes/sha2.js';
export type {
  EncapsulationAlgorithm,
  EncryptionAlgorithm,
  KeyAgreementAlgorithm,
  MacAlgorithm,
  SigningAlgorithm,
} from './algorithms.ts';
export type { Backend } from './backend/backend.ts';
export type { BackendName } from './backend/choose.ts';
export { chooseBackend } from './backend/choose.ts';
export { loadOnce, type NotLoaded } from './backend/load-once.ts';
export type { Mac } from './backend/mac.ts';
export { NotInstalled } from './backend/not-installed.ts';
export type { ContextFault, EncryptionContext } from './encryption-context.ts';
export { maxContextBytes, writeContext } from './encryption-context.ts';
export type { BlobPurpose, Layout } from './envelope.ts';
export { blobLength, blobPurposes, materialNameAt, parseBlob } from './envelope.ts';
export { type ImportClaims, type ImportDesk, type ImportFault, importRandomLength } from './import-desk.ts';
export type { DataKeyPair, MessageFault } from './key-pair.ts';
export type { HmacKeySpec, KeyPairSpec, KeySpec, KeySpecRow, KeyUsage } from './key-specs.ts';
export { isHmacKeySpec, isKeyPairSpec, keySpecs, offeredIn } from './key-specs.ts';
export { isMaterialName, materialNameOf } from './material.ts';
export { openText, sealingKeyLength, sealText } from './sealed-text.ts';
export type { MessageType } from './signing.ts';
export { sealRandomLength } from './symmetric.ts';
export type { BlobFault, FoundBlob, SealedVault, UsableKeyPair } from './vault.ts';
export { Vault } from './vault.ts';
export type { WrappingAlgorithm, WrappingKeySpec } from './wrapping.ts';
