// The entry @kmsim/cloud-hsm/pkcs11: the cluster for those who write HSM clients.

export type { KeyType, ObjectClass } from './keys/attributes.ts';
export type { AttributeName, Template } from './pkcs11/attribute-table.ts';
export { loadPkcs11, type Pkcs11Library, type Pkcs11Options, type SlotInfo } from './pkcs11/library.ts';
export type {
  DigestMechanism,
  EncryptionMechanism,
  GenerationMechanism,
  Mechanism,
  MechanismType,
  SigningMechanism,
  WrappingMechanism,
} from './pkcs11/mechanisms.ts';
export { ecParameters } from './pkcs11/objects.ts';
export { type Failure, ok, Pkcs11Error, type ReturnCode } from './pkcs11/return-codes.ts';
export type { AttributeValues, KeyPairHandles, Pkcs11Session } from './pkcs11/session.ts';
