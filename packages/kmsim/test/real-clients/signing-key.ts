// A signing key as an application uses one: through the AWS SDK, with the conversions that its libraries want.

import { createPublicKey, type KeyObject } from 'node:crypto';
import { type KeySpec, KMS, type SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import { createKmsim } from '../../src/index.ts';

export interface SigningKey {
  readonly publicKey: KeyObject;
  sign(message: Uint8Array, type?: 'RAW' | 'DIGEST'): Promise<Uint8Array>;
}

/** A key in a simulation of its own, and how to sign with it. */
export async function signingKey(spec: KeySpec, algorithm: SigningAlgorithmSpec): Promise<SigningKey> {
  const sim = createKmsim({ seed: `real clients ${spec}` });
  const kms = new KMS(sim.clientConfig());
  const { KeyMetadata } = await kms.createKey({ KeySpec: spec, KeyUsage: 'SIGN_VERIFY' });
  const KeyId = KeyMetadata?.KeyId;
  const { PublicKey } = await kms.getPublicKey({ KeyId });
  return {
    publicKey: createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' }),
    sign: async (Message, MessageType = 'RAW') => {
      const { Signature } = await kms.sign({ KeyId, Message, MessageType, SigningAlgorithm: algorithm });
      return Signature ?? new Uint8Array();
    },
  };
}

/** r and s of a DER signature, without leading zeros: RFC 3279 section 2.2.3. */
export function numbersOf(der: Uint8Array): readonly [r: Uint8Array, s: Uint8Array] {
  const body = (der[1] ?? 0) < 0x80 ? 2 : 3;
  const take = (at: number): Uint8Array => der.subarray(at + 2, at + 2 + (der[at + 1] ?? 0));
  const r = take(body);
  const s = take(body + 2 + r.length);
  return [withoutZeros(r), withoutZeros(s)];
}

function withoutZeros(number: Uint8Array): Uint8Array {
  const first = number.findIndex((octet) => octet !== 0);
  return number.subarray(first < 0 ? number.length : first);
}

/** The two numbers in octets of equal length, as JSON Web Signatures want them: RFC 7518 section 3.4. */
function p1363(der: Uint8Array, length: number): Uint8Array {
  const both = new Uint8Array(2 * length);
  for (const [at, number] of numbersOf(der).entries()) both.set(number, (at + 1) * length - number.length);
  return both;
}

/** A JSON Web Token in its compact form: RFC 7515 section 7.1. */
export async function token(
  key: SigningKey,
  alg: string,
  claims: object,
  coordinate: number | undefined,
): Promise<string> {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
  const signature = await key.sign(Buffer.from(input));
  const form = coordinate === undefined ? signature : p1363(signature, coordinate);
  return `${input}.${Buffer.from(form).toString('base64url')}`;
}

/** The algorithms of RFC 7518 section 3.1 and RFC 8037, with octets of a coordinate for those of elliptic curves. */
export const tokenAlgorithms: readonly (readonly [
  alg: string,
  spec: KeySpec,
  algorithm: SigningAlgorithmSpec,
  coordinate: number | undefined,
])[] = [
  ['RS256', 'RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256', undefined],
  ['PS256', 'RSA_2048', 'RSASSA_PSS_SHA_256', undefined],
  ['ES256', 'ECC_NIST_P256', 'ECDSA_SHA_256', 32],
  ['ES384', 'ECC_NIST_P384', 'ECDSA_SHA_384', 48],
  ['ES512', 'ECC_NIST_P521', 'ECDSA_SHA_512', 66],
  ['EdDSA', 'ECC_NIST_EDWARDS25519', 'ED25519_SHA_512', undefined],
];
