// RSA: signatures and OAEP.

import {
  constants,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  sign,
  verify,
} from 'node:crypto';
import { keySpecs, type SigningAlgorithm } from '@kmsim/hsm-core';
import type { Kmsim } from 'kmsim';
import { type Case, draw, message, type PreparedPair, pairOf, required } from './case.ts';

type RsaSpec = 'RSA_2048' | 'RSA_3072' | 'RSA_4096';
type Oaep = 'RSAES_OAEP_SHA_1' | 'RSAES_OAEP_SHA_256';

interface Raw {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const specs: readonly RsaSpec[] = ['RSA_2048', 'RSA_3072', 'RSA_4096'];

/** All algorithms at one size; at the others those with SHA-256, from which the rest differ by a hash. */
export async function rsaCases(sim: Kmsim): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const spec of specs) {
    const raw = generateKeyPairSync('rsa', { modulusLength: Number(spec.slice(4)) });
    const wanted = (algorithm: string): boolean => spec === 'RSA_2048' || algorithm.endsWith('SHA_256');
    const signing = await pairOf(sim, spec, 'SIGN_VERIFY');
    for (const algorithm of keySpecs[spec].signingAlgorithms.filter(wanted)) {
      cases.push(...signatures(signing, algorithm, raw));
    }
    const encrypting = await pairOf(sim, spec, 'ENCRYPT_DECRYPT');
    for (const algorithm of keySpecs[spec].encryptionAlgorithms.filter(wanted)) {
      cases.push(...(await encryptions(encrypting, algorithm as Oaep, raw)));
    }
  }
  return cases;
}

function signatures(
  { KeyId, kms, pair, spec }: PreparedPair,
  algorithm: SigningAlgorithm,
  { privateKey, publicKey }: Raw,
): readonly Case[] {
  const hash = algorithm.replace(/.*_SHA_/, 'sha');
  const padding = algorithm.includes('PSS')
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : { padding: constants.RSA_PKCS1_PADDING };
  const [forSigning, forVerifying] = [
    { key: privateKey, ...padding },
    { key: publicKey, ...padding },
  ];
  const rawSignature = sign(hash, message, forSigning);
  const Signature = required(pair.sign(algorithm, 'RAW', message, draw)) as Uint8Array;
  const request = { KeyId, SigningAlgorithm: algorithm, Message: message };
  const verification = { ...request, Signature };
  return [
    {
      spec,
      name: `Sign ${algorithm}`,
      raw: () => sign(hash, message, forSigning),
      key: () => pair.sign(algorithm, 'RAW', message, draw),
      request: () => kms.sign(request),
    },
    {
      spec,
      name: `Verify ${algorithm}`,
      raw: () => verify(hash, message, forVerifying, rawSignature),
      key: () => pair.verify(algorithm, 'RAW', message, Signature),
      request: () => kms.verify(verification),
    },
  ];
}

async function encryptions(
  { KeyId, kms, pair, spec }: PreparedPair,
  algorithm: Oaep,
  { privateKey, publicKey }: Raw,
): Promise<readonly Case[]> {
  const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: algorithm.replace(/.*_SHA_/, 'sha') };
  const [forEncrypting, forDecrypting] = [
    { key: publicKey, ...oaep },
    { key: privateKey, ...oaep },
  ];
  const rawCiphertext = publicEncrypt(forEncrypting, message);
  const names = { KeyId, EncryptionAlgorithm: algorithm };
  const encryption = { ...names, Plaintext: message };
  const CiphertextBlob = required((await kms.encrypt(encryption)).CiphertextBlob);
  const decryption = { ...names, CiphertextBlob };
  return [
    {
      spec,
      name: `Encrypt ${algorithm}`,
      raw: () => publicEncrypt(forEncrypting, message),
      key: () => pair.encrypt(algorithm, message, draw),
      request: () => kms.encrypt(encryption),
    },
    {
      spec,
      name: `Decrypt ${algorithm}`,
      raw: () => privateDecrypt(forDecrypting, rawCiphertext),
      key: () => pair.decrypt(algorithm, CiphertextBlob),
      request: () => kms.decrypt(decryption),
    },
  ];
}
