// How a JSON Web Token is signed with a key of KMS, for each algorithm of the two.

import { createHash } from 'node:crypto';
import type { KeySpec, KMS, MacAlgorithmSpec, SigningAlgorithmSpec } from '@aws-sdk/client-kms';

export interface SignatureAlgorithm {
  /** Of the token's header. */
  readonly alg: string;
  readonly spec: KeySpec;
  readonly algorithm: SigningAlgorithmSpec;
  /** What KMS is given where the token is longer than the 4,096 octets of a message. */
  readonly hash?: 'sha256' | 'sha384' | 'sha512';
  /** Octets of one of the two numbers of an ECDSA signature. */
  readonly coordinate?: number;
}

/** RFC 7518 section 3.1, RFC 8812 section 3.2, RFC 8037 section 3.1 and RFC 9864 section 2.2. */
export const signatureAlgorithms: readonly SignatureAlgorithm[] = [
  { alg: 'RS256', spec: 'RSA_2048', algorithm: 'RSASSA_PKCS1_V1_5_SHA_256', hash: 'sha256' },
  { alg: 'RS384', spec: 'RSA_2048', algorithm: 'RSASSA_PKCS1_V1_5_SHA_384', hash: 'sha384' },
  { alg: 'RS512', spec: 'RSA_2048', algorithm: 'RSASSA_PKCS1_V1_5_SHA_512', hash: 'sha512' },
  { alg: 'PS256', spec: 'RSA_2048', algorithm: 'RSASSA_PSS_SHA_256', hash: 'sha256' },
  { alg: 'PS384', spec: 'RSA_2048', algorithm: 'RSASSA_PSS_SHA_384', hash: 'sha384' },
  { alg: 'PS512', spec: 'RSA_2048', algorithm: 'RSASSA_PSS_SHA_512', hash: 'sha512' },
  { alg: 'ES256', spec: 'ECC_NIST_P256', algorithm: 'ECDSA_SHA_256', hash: 'sha256', coordinate: 32 },
  { alg: 'ES384', spec: 'ECC_NIST_P384', algorithm: 'ECDSA_SHA_384', hash: 'sha384', coordinate: 48 },
  { alg: 'ES512', spec: 'ECC_NIST_P521', algorithm: 'ECDSA_SHA_512', hash: 'sha512', coordinate: 66 },
  { alg: 'ES256K', spec: 'ECC_SECG_P256K1', algorithm: 'ECDSA_SHA_256', hash: 'sha256', coordinate: 32 },
  // It signs the message itself: a token of more than 4,096 octets cannot be signed.
  { alg: 'EdDSA', spec: 'ECC_NIST_EDWARDS25519', algorithm: 'ED25519_SHA_512' },
  { alg: 'Ed25519', spec: 'ECC_NIST_EDWARDS25519', algorithm: 'ED25519_SHA_512' },
];

export interface MacAlgorithm {
  readonly alg: 'HS256' | 'HS384' | 'HS512';
  readonly spec: KeySpec;
  readonly algorithm: MacAlgorithmSpec;
  /** Octets of the key. */
  readonly octets: number;
}

/** RFC 7518 section 3.2. */
export const macAlgorithms: readonly MacAlgorithm[] = [
  { alg: 'HS256', spec: 'HMAC_256', algorithm: 'HMAC_SHA_256', octets: 32 },
  { alg: 'HS384', spec: 'HMAC_384', algorithm: 'HMAC_SHA_384', octets: 48 },
  { alg: 'HS512', spec: 'HMAC_512', algorithm: 'HMAC_SHA_512', octets: 64 },
];

/** A token in its compact form, RFC 7515 section 7.1; its key is named by the id that KMS knows it by. */
export async function signed(
  kms: KMS,
  KeyId: string,
  { alg, algorithm, coordinate, hash }: SignatureAlgorithm,
  claims: object,
): Promise<string> {
  const input = signingInput(alg, KeyId, claims);
  const message =
    input.length > 4_096 && hash !== undefined
      ? { Message: createHash(hash).update(input).digest(), MessageType: 'DIGEST' as const }
      : { Message: Buffer.from(input) };
  const { Signature = new Uint8Array() } = await kms.sign({ KeyId, SigningAlgorithm: algorithm, ...message });
  return `${input}.${base64url(coordinate === undefined ? Signature : sideBySide(Signature, coordinate))}`;
}

export async function authenticated(
  kms: KMS,
  KeyId: string,
  { alg, algorithm }: MacAlgorithm,
  claims: object,
): Promise<string> {
  const input = signingInput(alg, KeyId, claims);
  const { Mac = new Uint8Array() } = await kms.generateMac({
    KeyId,
    MacAlgorithm: algorithm,
    Message: Buffer.from(input),
  });
  return `${input}.${base64url(Mac)}`;
}

function signingInput(alg: string, kid: string, claims: object): string {
  return [{ alg, typ: 'JWT', kid }, claims].map((part) => base64url(Buffer.from(JSON.stringify(part)))).join('.');
}

function base64url(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64url');
}

/** r and s of a DER signature (RFC 3279 section 2.2.3) in octets of equal length (RFC 7518 section 3.4). */
function sideBySide(der: Uint8Array, coordinate: number): Uint8Array {
  // The length of the whole has a second octet for numbers of P-521.
  const start = (der[1] ?? 0) < 0x80 ? 2 : 3;
  const numberAt = (at: number): Uint8Array => der.subarray(at + 2, at + 2 + (der[at + 1] ?? 0));
  const r = numberAt(start);
  const both = [r, numberAt(start + 2 + r.length)];
  return Buffer.concat(both.map((number) => Buffer.concat([Buffer.alloc(coordinate), number]).subarray(-coordinate)));
}
