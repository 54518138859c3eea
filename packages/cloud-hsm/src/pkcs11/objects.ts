// New objects: what their bytes are and which attributes follow from them.

import { equalBytes } from '@kmsim/hsm-core';
import {
  type Curve,
  curves,
  type EccPrivateKey,
  eccToPkcs8,
  growEcc,
  growRsa,
  keyAlgorithms,
  type RsaPrivateKey,
  readPoint,
  rsaParameters,
  rsaToPkcs8,
  writeRsaPublicKey,
  writeSpki,
} from '@kmsim/hsm-core/mechanisms';
import { fromHex } from '../encoding.ts';
import type { Attributes, KeyType } from '../keys/attributes.ts';
import type { Template } from './attribute-table.ts';
import type { Failure } from './return-codes.ts';
import { offeredCurves, type Toolbox } from './toolbox.ts';

/** An object to be stored; its bytes are to be erased then. */
export interface NewObject {
  readonly bytes: Uint8Array;
  readonly facts: Partial<Attributes>;
}

// https://docs.aws.amazon.com/cloudhsm/latest/userguide/pkcs11-key-types.html; generic secrets up to 800 bytes.
const secretLengths: Readonly<Partial<Record<KeyType, (length: number) => boolean>>> = {
  CKK_AES: (length) => [16, 24, 32].includes(length),
  CKK_GENERIC_SECRET: (length) => Number.isInteger(length) && length >= 1 && length <= 800,
};

export function isSecretLength(keyType: KeyType, length: number): boolean {
  return secretLengths[keyType]?.(length) ?? false;
}

/** A secret key of given bytes. */
export function secretKey(keyType: KeyType, bytes: Uint8Array): NewObject | Failure {
  return isSecretLength(keyType, bytes.length)
    ? { bytes, facts: { CKA_VALUE_LEN: bytes.length } }
    : 'CKR_ATTRIBUTE_VALUE_INVALID';
}

function numberOctets(number: bigint): Uint8Array {
  const digits = number.toString(16);
  return fromHex(digits.length % 2 === 0 ? digits : `0${digits}`);
}

function rsaFacts({ n, e }: { readonly n: bigint; readonly e: bigint }): Partial<Attributes> {
  return { CKA_MODULUS: numberOctets(n), CKA_PUBLIC_EXPONENT: numberOctets(e) };
}

function rsaPublicObject(numbers: { readonly n: bigint; readonly e: bigint }): NewObject {
  return {
    bytes: writeSpki(keyAlgorithms.RSA, writeRsaPublicKey(numbers)),
    facts: { ...rsaFacts(numbers), CKA_MODULUS_BITS: numbers.n.toString(2).length },
  };
}

export function rsaPrivateObject(key: RsaPrivateKey): NewObject {
  return { bytes: rsaToPkcs8(key), facts: rsaFacts(key.publicKey) };
}

/** CKA_EC_PARAMS by the name of the curve: DER of its object identifier. */
export const ecParameters: Readonly<Record<'P-256' | 'P-384' | 'P-521' | 'secp256k1', Uint8Array>> = {
  'P-256': fromHex(curves.ECC_NIST_P256.algorithm.curve ?? ''),
  'P-384': fromHex(curves.ECC_NIST_P384.algorithm.curve ?? ''),
  'P-521': fromHex(curves.ECC_NIST_P521.algorithm.curve ?? ''),
  secp256k1: fromHex(curves.ECC_SECG_P256K1.algorithm.curve ?? ''),
};

function curveOf(parameters: Uint8Array): Curve | undefined {
  return offeredCurves.find((curve) => equalBytes(fromHex(curve.algorithm.curve ?? ''), parameters));
}

// X.690 section 8.7; a point of P-521 takes a length of two octets.
function pointElement(point: Uint8Array): Uint8Array {
  const head = point.length < 0x80 ? [0x04, point.length] : [0x04, 0x81, point.length];
  return Uint8Array.from([...head, ...point]);
}

function ecFacts({ algorithm }: Curve): Partial<Attributes> {
  return { CKA_EC_PARAMS: fromHex(algorithm.curve ?? '') };
}

function ecPublicObject(curve: Curve, point: Uint8Array): NewObject {
  return { bytes: writeSpki(curve.algorithm, point), facts: { ...ecFacts(curve), CKA_EC_POINT: pointElement(point) } };
}

export function ecPrivateObject(key: EccPrivateKey): NewObject {
  return { bytes: eccToPkcs8(key), facts: ecFacts(key.curve) };
}

export interface NewKeyPair {
  readonly publicKey: NewObject;
  readonly privateKey: NewObject;
}

const seedLength = 32;

/** The size comes from the template; the public exponent is 65537. */
export function rsaKeyPair(tools: Toolbox, { CKA_MODULUS_BITS, CKA_PUBLIC_EXPONENT }: Template): NewKeyPair | Failure {
  if (CKA_MODULUS_BITS === undefined) return 'CKR_TEMPLATE_INCOMPLETE';
  const parameters = Object.values(rsaParameters).find(({ bits }) => bits === CKA_MODULUS_BITS);
  const isUsual = CKA_PUBLIC_EXPONENT === undefined || numberOf(CKA_PUBLIC_EXPONENT) === 65_537n;
  if (parameters === undefined || !isUsual) return 'CKR_ATTRIBUTE_VALUE_INVALID';
  const seed = tools.draw(seedLength);
  const key = growRsa(seed, parameters, tools.rsa);
  seed.fill(0);
  const pair = { publicKey: rsaPublicObject(key.publicKey), privateKey: rsaPrivateObject(key) };
  key.erase();
  return pair;
}

export function ecKeyPair(tools: Toolbox, { CKA_EC_PARAMS }: Template): NewKeyPair | Failure {
  if (CKA_EC_PARAMS === undefined) return 'CKR_TEMPLATE_INCOMPLETE';
  const curve = curveOf(CKA_EC_PARAMS);
  if (curve === undefined) return 'CKR_ATTRIBUTE_VALUE_INVALID';
  const seed = tools.draw(seedLength);
  const key = growEcc(seed, curve, tools.ec);
  seed.fill(0);
  const pair = { publicKey: ecPublicObject(curve, key.publicPoint), privateKey: ecPrivateObject(key) };
  key.erase();
  return pair;
}

/** A public key that comes from outside. */
export function rsaPublicKey({ CKA_MODULUS, CKA_PUBLIC_EXPONENT }: Template): NewObject | Failure {
  if (CKA_MODULUS === undefined || CKA_PUBLIC_EXPONENT === undefined) return 'CKR_TEMPLATE_INCOMPLETE';
  const numbers = { n: numberOf(CKA_MODULUS), e: numberOf(CKA_PUBLIC_EXPONENT) };
  const bits = numbers.n.toString(2).length;
  const isOffered = Object.values(rsaParameters).some((one) => one.bits === bits);
  const isOdd = (numbers.n & 1n) === 1n && (numbers.e & 1n) === 1n;
  return isOffered && isOdd && numbers.e > 1n && numbers.e < numbers.n
    ? rsaPublicObject(numbers)
    : 'CKR_ATTRIBUTE_VALUE_INVALID';
}

/** The point is uncompressed, in an OCTET STRING. */
export function ecPublicKey(tools: Toolbox, { CKA_EC_PARAMS, CKA_EC_POINT }: Template): NewObject | Failure {
  if (CKA_EC_PARAMS === undefined || CKA_EC_POINT === undefined) return 'CKR_TEMPLATE_INCOMPLETE';
  const curve = curveOf(CKA_EC_PARAMS);
  if (curve === undefined) return 'CKR_ATTRIBUTE_VALUE_INVALID';
  const bare = CKA_EC_POINT.subarray(-1 - 2 * curve.length);
  const point = equalBytes(pointElement(bare), CKA_EC_POINT) ? readPoint(curve, bare, tools.ec) : undefined;
  return point === undefined ? 'CKR_ATTRIBUTE_VALUE_INVALID' : ecPublicObject(curve, point);
}

function numberOf(octets: Uint8Array): bigint {
  return octets.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
}
