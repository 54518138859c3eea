// Keys of a simulation that sign tokens, and what their verifiers are given.

import { createPublicKey, type KeyObject, publicEncrypt } from 'node:crypto';
import { KMS } from '@aws-sdk/client-kms';
import { createKmsim } from 'kmsim';
import { type MacAlgorithm, type SignatureAlgorithm, signatureAlgorithms } from './token-algorithms.ts';

const sim = createKmsim({ seed: 'tokens' });
export const kms: KMS = new KMS(sim.clientConfig());

/** The seconds of a token that is signed when the simulation begins. */
export const issuedAt = sim.clock.now().getTime() / 1_000;
export const claims = { sub: 'orders', iss: 'kmsim', iat: issuedAt, exp: issuedAt + 60 };

export interface TokenKey {
  readonly KeyId: string;
  readonly publicKey: KeyObject;
}

const keys = new Map<string, Promise<TokenKey>>();

/** One key for each spec: an RSA key takes its time. */
export function keyOf({ spec }: SignatureAlgorithm): Promise<TokenKey> {
  const key = keys.get(spec) ?? newKey(spec);
  keys.set(spec, key);
  return key;
}

export async function newKey(spec: SignatureAlgorithm['spec']): Promise<TokenKey> {
  const { KeyMetadata } = await kms.createKey({ KeySpec: spec, KeyUsage: 'SIGN_VERIFY' });
  const KeyId = KeyMetadata?.KeyId ?? '';
  const { PublicKey = new Uint8Array() } = await kms.getPublicKey({ KeyId });
  return { KeyId, publicKey: createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' }) };
}

export interface SharedKey {
  readonly KeyId: string;
  readonly secret: Uint8Array;
}

const shared = new Map<string, Promise<SharedKey>>();

/** A key for MACs never leaves KMS: whoever else verifies needs one that was imported. */
export function sharedKey(algorithm: MacAlgorithm): Promise<SharedKey> {
  const key = shared.get(algorithm.spec) ?? imported(algorithm);
  shared.set(algorithm.spec, key);
  return key;
}

async function imported({ octets, spec }: MacAlgorithm): Promise<SharedKey> {
  const { KeyMetadata } = await kms.createKey({ KeySpec: spec, KeyUsage: 'GENERATE_VERIFY_MAC', Origin: 'EXTERNAL' });
  const KeyId = KeyMetadata?.KeyId ?? '';
  const { ImportToken, PublicKey = new Uint8Array() } = await kms.getParametersForImport({
    KeyId,
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
    WrappingKeySpec: 'RSA_2048',
  });
  const secret = new Uint8Array(octets).fill(octets);
  const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
  const EncryptedKeyMaterial = publicEncrypt({ key, oaepHash: 'sha256' }, secret);
  const ExpirationModel = 'KEY_MATERIAL_DOES_NOT_EXPIRE';
  await kms.importKeyMaterial({ KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel });
  return { KeyId, secret };
}

export function algorithmsWithout(...names: string[]): readonly SignatureAlgorithm[] {
  return signatureAlgorithms.filter(({ alg }) => !names.includes(alg));
}

/** The same token for somebody else. */
export function changed(token: string): string {
  const [header, , signature] = token.split('.');
  const other = Buffer.from(JSON.stringify({ ...claims, sub: 'admin' })).toString('base64url');
  return `${header}.${other}.${signature}`;
}
