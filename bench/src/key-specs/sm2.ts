// SM2, which the China Regions have. What node:crypto signs and encrypts with such a key is no SM2, so there is no floor.

import { createKmsim, type Kmsim, type KmsimOptions } from 'kmsim';
import { type Case, draw, message, pairOf, required } from './case.ts';
import { signatures } from './curves.ts';

export async function sm2Cases(options: KmsimOptions): Promise<readonly Case[]> {
  const sim = createKmsim({ ...options, region: 'cn-north-1' });
  return [...(await signatures(sim, 'SM2', 'SM2DSA', {})), ...(await encryptions(sim)), await agreement(sim)];
}

async function encryptions(sim: Kmsim): Promise<readonly Case[]> {
  const { KeyId, kms, pair, spec } = await pairOf(sim, 'SM2', 'ENCRYPT_DECRYPT');
  const names = { KeyId, EncryptionAlgorithm: 'SM2PKE' } as const;
  const encryption = { ...names, Plaintext: message };
  const CiphertextBlob = required((await kms.encrypt(encryption)).CiphertextBlob);
  const decryption = { ...names, CiphertextBlob };
  return [
    {
      spec,
      name: 'Encrypt SM2PKE',
      key: () => pair.encrypt('SM2PKE', message, draw),
      request: () => kms.encrypt(encryption),
    },
    {
      spec,
      name: 'Decrypt SM2PKE',
      key: () => pair.decrypt('SM2PKE', CiphertextBlob),
      request: () => kms.decrypt(decryption),
    },
  ];
}

async function agreement(sim: Kmsim): Promise<Case> {
  const { KeyId, kms, pair, spec } = await pairOf(sim, 'SM2', 'KEY_AGREEMENT');
  const peer = await pairOf(sim, 'SM2', 'KEY_AGREEMENT');
  const PublicKey = peer.pair.publicKey();
  const request = { KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey } as const;
  return {
    spec,
    name: 'DeriveSharedSecret ECDH',
    key: () => pair.agree('ECDH', PublicKey),
    request: () => kms.deriveSharedSecret(request),
  };
}
