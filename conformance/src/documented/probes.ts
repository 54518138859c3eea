// For each operation on a key: a key it fits, what has to be there before, and a request that is good.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html

import type { Json, Step } from '../transcript.ts';
import { keyId, step } from './scenario.ts';

export interface Probe {
  /** CreateKey of a key that the operation works on. */
  readonly key?: Readonly<Record<string, Json>>;
  /** Calls that come first, while the key can be used. */
  readonly before?: readonly Step[];
  readonly input: Readonly<Record<string, Json>>;
}

const alias: Json = { $template: 'alias/${uid1}' };
const message: Json = { $utf8: 'a message' };
const signing = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };
const hmac = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' };
const encapsulating = { KeySpec: 'ML_KEM_768', KeyUsage: 'ENCAPSULATE_DECAPSULATE' };
const external = { Origin: 'EXTERNAL' };
const multiRegion = { MultiRegion: true };

const encrypted = step('enc', 'Encrypt', { KeyId: keyId, Plaintext: message });
const ciphertext: Json = { $ref: 'enc.CiphertextBlob' };
const signature = { KeyId: keyId, Message: message, SigningAlgorithm: 'ECDSA_SHA_256' };
const mac = { KeyId: keyId, Message: message, MacAlgorithm: 'HMAC_SHA_256' };
const capsule = { KeyId: keyId, EncapsulationAlgorithm: 'ML_KEM' };
const granted = step('grant', 'CreateGrant', {
  KeyId: keyId,
  GranteePrincipal: { $template: '${callerArn}' },
  Operations: ['Decrypt'],
});
const grantId: Json = { $ref: 'grant.GrantId' };
const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };

const material: Step = { id: 'material', make: { randomBytes: 32, as: 'bytes' } };

function parameters(id: string): Step {
  return step(id, 'GetParametersForImport', { KeyId: keyId, ...wrapping });
}

function importedWith(params: string): Probe['input'] {
  const $rsaOaepWrap = {
    hash: 'SHA_256',
    publicKey: { $ref: `${params}.PublicKey` },
    material: { $ref: 'material.bytes' },
  };
  return {
    KeyId: keyId,
    ImportToken: { $ref: `${params}.ImportToken` },
    EncryptedKeyMaterial: { $rsaOaepWrap },
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  };
}

/** Gives an EXTERNAL key its material. */
export const importSteps: readonly Step[] = [
  material,
  parameters('params'),
  step('import', 'ImportKeyMaterial', importedWith('params')),
];

const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: { $template: 'arn:aws:iam::${account}:root' } },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
};

export const probes: Readonly<Record<string, Probe>> = {
  CancelKeyDeletion: { input: { KeyId: keyId } },
  CreateAlias: { input: { AliasName: alias, TargetKeyId: keyId } },
  CreateGrant: { input: granted.input },
  Decapsulate: {
    key: encapsulating,
    before: [step('capsule', 'Encapsulate', capsule)],
    input: { ...capsule, SharedSecretCiphertextBlob: { $ref: 'capsule.SharedSecretCiphertextBlob' } },
  },
  Decrypt: { before: [encrypted], input: { KeyId: keyId, CiphertextBlob: ciphertext } },
  DeleteAlias: {
    before: [step('alias', 'CreateAlias', { AliasName: alias, TargetKeyId: keyId })],
    input: { AliasName: alias },
  },
  DeleteImportedKeyMaterial: { key: external, input: { KeyId: keyId } },
  DeriveSharedSecret: {
    key: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' },
    before: [{ id: 'other', make: { keyPair: 'ECC_NIST_P256', as: 'privateKey, publicKey' } }],
    input: { KeyId: keyId, KeyAgreementAlgorithm: 'ECDH', PublicKey: { $ref: 'other.publicKey' } },
  },
  DescribeKey: { input: { KeyId: keyId } },
  DisableKey: { input: { KeyId: keyId } },
  DisableKeyRotation: { input: { KeyId: keyId } },
  EnableKey: { input: { KeyId: keyId } },
  EnableKeyRotation: { input: { KeyId: keyId } },
  Encapsulate: { key: encapsulating, input: capsule },
  Encrypt: { input: encrypted.input },
  GenerateDataKey: { input: { KeyId: keyId, KeySpec: 'AES_256' } },
  GenerateDataKeyPair: { input: { KeyId: keyId, KeyPairSpec: 'ECC_NIST_P256' } },
  GenerateDataKeyPairWithoutPlaintext: { input: { KeyId: keyId, KeyPairSpec: 'ECC_NIST_P256' } },
  GenerateDataKeyWithoutPlaintext: { input: { KeyId: keyId, KeySpec: 'AES_256' } },
  GenerateMac: { key: hmac, input: mac },
  GetKeyLastUsage: { input: { KeyId: keyId } },
  GetKeyPolicy: { input: { KeyId: keyId } },
  GetKeyRotationStatus: { input: { KeyId: keyId } },
  GetParametersForImport: { key: external, input: { KeyId: keyId, ...wrapping } },
  GetPublicKey: { key: signing, input: { KeyId: keyId } },
  ImportKeyMaterial: {
    key: external,
    before: [material, parameters('again')],
    input: importedWith('again'),
  },
  ListAliases: { input: { KeyId: keyId } },
  ListGrants: { input: { KeyId: keyId } },
  ListKeyPolicies: { input: { KeyId: keyId } },
  ListKeyRotations: { input: { KeyId: keyId } },
  ListResourceTags: { input: { KeyId: keyId } },
  PutKeyPolicy: { input: { KeyId: keyId, Policy: { $jsonText: policy } } },
  ReEncrypt: { before: [encrypted], input: { CiphertextBlob: ciphertext, DestinationKeyId: keyId } },
  ReplicateKey: { key: multiRegion, input: { KeyId: keyId, ReplicaRegion: { $template: '${region3}' } } },
  RetireGrant: { before: [granted], input: { KeyId: { $ref: 'key.KeyMetadata.Arn' }, GrantId: grantId } },
  RevokeGrant: { before: [granted], input: { KeyId: keyId, GrantId: grantId } },
  RotateKeyOnDemand: { input: { KeyId: keyId } },
  ScheduleKeyDeletion: { input: { KeyId: keyId, PendingWindowInDays: 7 } },
  Sign: { key: signing, input: signature },
  TagResource: { input: { KeyId: keyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] } },
  UntagResource: { input: { KeyId: keyId, TagKeys: ['a'] } },
  UpdateAlias: {
    before: [
      step('old', 'CreateKey'),
      step('alias', 'CreateAlias', { AliasName: alias, TargetKeyId: { $ref: 'old.KeyMetadata.KeyId' } }),
    ],
    input: { AliasName: alias, TargetKeyId: keyId },
  },
  UpdateKeyDescription: { input: { KeyId: keyId, Description: 'another' } },
  UpdatePrimaryRegion: { key: multiRegion, input: { KeyId: keyId, PrimaryRegion: { $template: '${region2}' } } },
  Verify: {
    key: signing,
    before: [step('signature', 'Sign', signature)],
    input: { ...signature, Signature: { $ref: 'signature.Signature' } },
  },
  VerifyMac: { key: hmac, before: [step('mac', 'GenerateMac', mac)], input: { ...mac, Mac: { $ref: 'mac.Mac' } } },
};
