// The cryptographic operations, each with one key spec; of all specs the suite key-specs tells.

import { message, required } from '../key-specs/case.ts';
import { context } from '../keys.ts';
import { type Measurements, newKey, newPlace } from './measured.ts';

type Names =
  | 'Encrypt'
  | 'Decrypt'
  | 'ReEncrypt'
  | 'GenerateDataKey'
  | 'GenerateDataKeyWithoutPlaintext'
  | 'GenerateDataKeyPair'
  | 'GenerateDataKeyPairWithoutPlaintext'
  | 'GenerateRandom'
  | 'GenerateMac'
  | 'VerifyMac'
  | 'Sign'
  | 'Verify'
  | 'DeriveSharedSecret'
  | 'Encapsulate'
  | 'Decapsulate'
  | 'GetPublicKey';

export async function cryptography(): Promise<Measurements<Names>> {
  const place = newPlace();
  const { kms } = place;
  const KeyId = await newKey(place);
  const encryption = { KeyId, Plaintext: new Uint8Array(32).fill(1), EncryptionContext: context };
  const CiphertextBlob = required((await kms.encrypt(encryption)).CiphertextBlob);
  const dataKey = { KeyId, KeySpec: 'AES_256', EncryptionContext: context } as const;
  const dataKeyPair = { KeyId, KeyPairSpec: 'ECC_NIST_P256', EncryptionContext: context } as const;
  const reEncryption = {
    CiphertextBlob,
    SourceEncryptionContext: context,
    DestinationKeyId: await newKey(place),
    DestinationEncryptionContext: context,
  };
  const macKey = await newKey(place, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  const authentication = { KeyId: macKey, MacAlgorithm: 'HMAC_SHA_256', Message: message } as const;
  const Mac = required((await kms.generateMac(authentication)).Mac);
  const signer = await newKey(place, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const signing = { KeyId: signer, SigningAlgorithm: 'ECDSA_SHA_256', Message: message } as const;
  const Signature = required((await kms.sign(signing)).Signature);
  const agreement = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' } as const;
  const [own, peer] = [await newKey(place, agreement), await newKey(place, agreement)];
  const PublicKey = required((await kms.getPublicKey({ KeyId: peer })).PublicKey);
  const secret = { KeyId: own, KeyAgreementAlgorithm: 'ECDH', PublicKey } as const;
  const kem = await newKey(place, { KeySpec: 'ML_KEM_768', KeyUsage: 'ENCAPSULATE_DECAPSULATE' });
  const encapsulation = { KeyId: kem, EncapsulationAlgorithm: 'ML_KEM' } as const;
  const { SharedSecretCiphertextBlob } = await kms.encapsulate(encapsulation);
  const decapsulation = {
    ...encapsulation,
    SharedSecretCiphertextBlob: required(SharedSecretCiphertextBlob),
  };
  return {
    Encrypt: { run: () => kms.encrypt(encryption) },
    Decrypt: { run: () => kms.decrypt({ CiphertextBlob, EncryptionContext: context }) },
    ReEncrypt: { run: () => kms.reEncrypt(reEncryption) },
    GenerateDataKey: { run: () => kms.generateDataKey(dataKey) },
    GenerateDataKeyWithoutPlaintext: { run: () => kms.generateDataKeyWithoutPlaintext(dataKey) },
    GenerateDataKeyPair: { run: () => kms.generateDataKeyPair(dataKeyPair) },
    GenerateDataKeyPairWithoutPlaintext: { run: () => kms.generateDataKeyPairWithoutPlaintext(dataKeyPair) },
    GenerateRandom: { run: () => kms.generateRandom({ NumberOfBytes: 32 }) },
    GenerateMac: { run: () => kms.generateMac(authentication) },
    VerifyMac: { run: () => kms.verifyMac({ ...authentication, Mac }) },
    Sign: { run: () => kms.sign(signing) },
    Verify: { run: () => kms.verify({ ...signing, Signature }) },
    DeriveSharedSecret: { run: () => kms.deriveSharedSecret(secret) },
    Encapsulate: { run: () => kms.encapsulate(encapsulation) },
    Decapsulate: { run: () => kms.decapsulate(decapsulation) },
    GetPublicKey: { run: () => kms.getPublicKey({ KeyId: signer }) },
  };
}
