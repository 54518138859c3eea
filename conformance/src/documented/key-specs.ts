// Every key spec with each of its usages: the algorithms it lists, and one use of it.
// https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html

import type { Filed } from '../load.ts';
import type { Json, Step } from '../transcript.ts';
import { claim, documented, keyId } from './scenario.ts';

const page = 'https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html';

interface Use {
  /** Member of KeyMetadata that lists the algorithms. */
  readonly list: string;
  readonly steps: (algorithm: string, spec: string) => readonly Step[];
}

const message: Json = { $utf8: 'a message' };

const uses: Readonly<Record<string, Use>> = {
  ENCRYPT_DECRYPT: {
    list: 'EncryptionAlgorithms',
    steps: (EncryptionAlgorithm) => [
      { ...claim('Encrypt', { KeyId: keyId, Plaintext: message, EncryptionAlgorithm }), id: 'enc' },
      {
        ...claim('Decrypt', { KeyId: keyId, CiphertextBlob: { $ref: 'enc.CiphertextBlob' }, EncryptionAlgorithm }),
        output: { Plaintext: message },
      },
    ],
  },
  SIGN_VERIFY: {
    list: 'SigningAlgorithms',
    steps: (SigningAlgorithm) => [
      { ...claim('Sign', { KeyId: keyId, Message: message, SigningAlgorithm }), id: 'sign' },
      {
        ...claim('Verify', { KeyId: keyId, Message: message, SigningAlgorithm, Signature: { $ref: 'sign.Signature' } }),
        output: { SignatureValid: true },
      },
    ],
  },
  GENERATE_VERIFY_MAC: {
    list: 'MacAlgorithms',
    steps: (MacAlgorithm) => [
      { ...claim('GenerateMac', { KeyId: keyId, Message: message, MacAlgorithm }), id: 'mac' },
      {
        ...claim('VerifyMac', { KeyId: keyId, Message: message, MacAlgorithm, Mac: { $ref: 'mac.Mac' } }),
        output: { MacValid: true },
      },
    ],
  },
  KEY_AGREEMENT: {
    list: 'KeyAgreementAlgorithms',
    steps: (KeyAgreementAlgorithm, spec) => [
      { id: 'other', make: { keyPair: spec, as: 'privateKey, publicKey' } },
      { ...claim('GetPublicKey', { KeyId: keyId }), id: 'public' },
      {
        ...claim('DeriveSharedSecret', { KeyId: keyId, KeyAgreementAlgorithm, PublicKey: { $ref: 'other.publicKey' } }),
        output: {
          SharedSecret: {
            $ecdh: { privateKey: { $ref: 'other.privateKey' }, publicKey: { $ref: 'public.PublicKey' } },
          },
        },
      },
    ],
  },
  ENCAPSULATE_DECAPSULATE: {
    list: 'EncapsulationAlgorithms',
    steps: (EncapsulationAlgorithm) => [
      { ...claim('Encapsulate', { KeyId: keyId, EncapsulationAlgorithm }), id: 'capsule' },
      {
        ...claim('Decapsulate', {
          ...{ KeyId: keyId, EncapsulationAlgorithm },
          SharedSecretCiphertextBlob: { $ref: 'capsule.SharedSecretCiphertextBlob' },
        }),
        output: { SharedSecret: { $ref: 'capsule.SharedSecret' } },
      },
    ],
  },
};

const oaep = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'];
const rsa = ['PKCS1_V1_5', 'PSS'].flatMap((scheme) => [256, 384, 512].map((bits) => `RSASSA_${scheme}_SHA_${bits}`));
const ecdh = ['ECDH'];

/** Spec -> usage -> algorithms. SM2 is offered in China Regions alone, of which no scenario is. */
export const keySpecTable: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  SYMMETRIC_DEFAULT: { ENCRYPT_DECRYPT: ['SYMMETRIC_DEFAULT'] },
  HMAC_224: { GENERATE_VERIFY_MAC: ['HMAC_SHA_224'] },
  HMAC_256: { GENERATE_VERIFY_MAC: ['HMAC_SHA_256'] },
  HMAC_384: { GENERATE_VERIFY_MAC: ['HMAC_SHA_384'] },
  HMAC_512: { GENERATE_VERIFY_MAC: ['HMAC_SHA_512'] },
  RSA_2048: { ENCRYPT_DECRYPT: oaep, SIGN_VERIFY: rsa },
  RSA_3072: { ENCRYPT_DECRYPT: oaep, SIGN_VERIFY: rsa },
  RSA_4096: { ENCRYPT_DECRYPT: oaep, SIGN_VERIFY: rsa },
  ECC_NIST_P256: { SIGN_VERIFY: ['ECDSA_SHA_256'], KEY_AGREEMENT: ecdh },
  ECC_NIST_P384: { SIGN_VERIFY: ['ECDSA_SHA_384'], KEY_AGREEMENT: ecdh },
  ECC_NIST_P521: { SIGN_VERIFY: ['ECDSA_SHA_512'], KEY_AGREEMENT: ecdh },
  ECC_SECG_P256K1: { SIGN_VERIFY: ['ECDSA_SHA_256'] },
  ECC_NIST_EDWARDS25519: { SIGN_VERIFY: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'] },
  ML_DSA_44: { SIGN_VERIFY: ['ML_DSA_SHAKE_256'] },
  ML_DSA_65: { SIGN_VERIFY: ['ML_DSA_SHAKE_256'] },
  ML_DSA_87: { SIGN_VERIFY: ['ML_DSA_SHAKE_256'] },
  ML_KEM_512: { ENCAPSULATE_DECAPSULATE: ['ML_KEM'] },
  ML_KEM_768: { ENCAPSULATE_DECAPSULATE: ['ML_KEM'] },
  ML_KEM_1024: { ENCAPSULATE_DECAPSULATE: ['ML_KEM'] },
};

/** One scenario for each spec and usage. */
export function keySpecScenarios(): readonly Filed[] {
  return Object.entries(keySpecTable).flatMap(([spec, usages]) =>
    Object.entries(usages).map(([usage, algorithms]) => scenario(spec, usage, algorithms)),
  );
}

function scenario(spec: string, usage: string, algorithms: readonly string[]): Filed {
  const use = uses[usage] as Use;
  const metadata = { KeySpec: spec, KeyUsage: usage, [use.list]: algorithms as Json };
  return documented('key-specs', `${spec}-${usage}`, page, [
    { ...claim('CreateKey', { KeySpec: spec, KeyUsage: usage }), id: 'key', output: { KeyMetadata: metadata } },
    ...use.steps(algorithms[0] ?? '', spec),
  ]);
}
