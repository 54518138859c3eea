// The second entry, @kmsim/hsm-core/families: the cryptography of every key family beside the symmetric one, as pure functions over primitives.
// The vault uses the same functions through its registry, key-pairs.ts.

export { nativeEc } from './backend/ec-native.ts';
export { loadPortableEc } from './backend/ec-portable.ts';
export { loadNativeEd25519 } from './backend/ed25519-native.ts';
export { loadPortableEd25519 } from './backend/ed25519-portable.ts';
export { nativeHashes } from './backend/hashes-native.ts';
export { portableHashes } from './backend/hashes-portable.ts';
export { nativeHmac } from './backend/hmac-native.ts';
export { portableHmac } from './backend/hmac-portable.ts';
export { nativeKeyWrap } from './backend/key-wrap-native.ts';
export { portableKeyWrap } from './backend/key-wrap-portable.ts';
export { loadNativePostQuantum } from './backend/post-quantum-native.ts';
export { loadPortablePostQuantum } from './backend/post-quantum-portable.ts';
export { nativeRsa } from './backend/rsa-native.ts';
export { portableRsa } from './backend/rsa-portable.ts';
export * as der from './der.ts';
export * as ecc from './ecc.ts';
export * as ed25519 from './ed25519.ts';
export * as hmac from './hmac.ts';
export * as keyWrap from './key-wrap.ts';
export * as postQuantum from './post-quantum.ts';
export * as rsa from './rsa.ts';
export type { MessageForm, MessageType, Signing } from './signing.ts';
export * as sm2 from './sm2.ts';
