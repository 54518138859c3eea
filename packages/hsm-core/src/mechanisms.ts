// The entry @kmsim/hsm-core/mechanisms: schemes one by one, keys with public halves of their own, for an HSM that has an API of its own.

export { type AesMode, type AesWrap, aesCbc, aesCbcPad, aesGcm, aesKw, aesKwp } from './backend/aes-portable.ts';
export type { EcPrimitives } from './backend/ec.ts';
export { portableHashes } from './backend/hashes-portable.ts';
export type { HmacHash } from './backend/hmac.ts';
export { portableHmac } from './backend/hmac-portable.ts';
export type { RsaHash, RsaPrimitives } from './backend/rsa.ts';
export { keyAlgorithms } from './der/key-algorithms.ts';
export { writeRsaPublicKey } from './der/private-key.ts';
export { readEcdsaSignature, readSpki, writeEcdsaSignature, writeSpki } from './der.ts';
export type { Curve } from './ecc/curves.ts';
export { curves } from './ecc/curves.ts';
export { sign as signEcdsa, verifyWithPublicKey as verifyEcdsa } from './ecc/ecdsa.ts';
export { EccPrivateKey, fromPkcs8 as eccFromPkcs8, grow as growEcc, toPkcs8 as eccToPkcs8 } from './ecc/key.ts';
export { scalarOctets } from './ecc/numbers.ts';
export { readPoint } from './ecc/point.ts';
export {
  fromPkcs8 as rsaFromPkcs8,
  fromSpki as rsaFromSpki,
  grow as growRsa,
  RsaPrivateKey,
  RsaPublicKey,
  toPkcs8 as rsaToPkcs8,
} from './rsa/key.ts';
export { hashLength } from './rsa/mask.ts';
export { decryptOaep, encryptOaep } from './rsa/oaep.ts';
export { rsaParameters } from './rsa/parameters.ts';
export { signPkcs1, verifyPkcs1 } from './rsa/pkcs1.ts';
export { signPss, verifyPss } from './rsa/pss.ts';
