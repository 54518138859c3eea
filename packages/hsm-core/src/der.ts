// Keys and ECDSA signatures as strict DER: SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7), PKCS#8 (RFC 5958), ECDSA-Sig-Value (RFC 3279).

import { DER } from '@noble/curves/abstract/der.js';
import {
  bits,
  element,
  explicit,
  integer,
  octetString,
  readStrictly,
  refuse,
  sequence,
  tag,
  toBytes,
} from './der/element.ts';
import { algorithmOf, type KeyAlgorithm } from './der/key-algorithms.ts';
import { takePublicKey } from './der/private-key.ts';

/** Why bytes give no key: they are no strict DER of the form, or a key of an algorithm that is not in the table. */
export type DerFault = 'malformed' | 'unknown algorithm';

export interface PublicKeyInfo {
  readonly algorithm: KeyAlgorithm;
  /** The octets of subjectPublicKey: a point, an RSAPublicKey, a raw key. */
  readonly publicKey: Uint8Array;
}

export interface PrivateKeyInfo {
  readonly algorithm: KeyAlgorithm;
  /** The octets of privateKey, to be read in the form of the algorithm. */
  readonly privateKey: Uint8Array;
  /** The public key, where version 2 carries it. */
  readonly publicKey?: Uint8Array;
}

export function writeSpki({ identifier }: KeyAlgorithm, publicKey: Uint8Array): Uint8Array {
  return toBytes(sequence(identifier, element(tag.bitString, bits(publicKey))));
}

export function readSpki(der: Uint8Array): PublicKeyInfo | DerFault {
  const read = readStrictly(der, (reader) =>
    reader.within(tag.sequence, (info) => ({ identifier: info.take(tag.sequence), publicKey: info.bitString() })),
  );
  if (read === undefined) return 'malformed';
  const algorithm = algorithmOf(read.identifier);
  return algorithm === undefined ? 'unknown algorithm' : { algorithm, publicKey: read.publicKey };
}

// RFC 5958 section 2: version 1 is 0; version 2 is 1, and only it may carry the public key.
const version1 = 0n;
const version2 = 1n;

export function writePkcs8({ identifier }: KeyAlgorithm, privateKey: Uint8Array): Uint8Array {
  return toBytes(sequence(integer(version1), identifier, octetString(privateKey)));
}

/** Attributes are passed over. */
export function readPkcs8(der: Uint8Array): PrivateKeyInfo | DerFault {
  const read = readStrictly(der, (reader) =>
    reader.within(tag.sequence, (info) => {
      const version = info.integer();
      if (version > version2) refuse('another version');
      const identifier = info.take(tag.sequence);
      const privateKey = info.octetString();
      info.takeIf(explicit(0));
      const publicKey = version === version2 ? takePublicKey(info) : undefined;
      return { identifier, privateKey, publicKey };
    }),
  );
  if (read === undefined) return 'malformed';
  const { identifier, privateKey, publicKey } = read;
  const algorithm = algorithmOf(identifier);
  if (algorithm === undefined) return 'unknown algorithm';
  return { algorithm, privateKey, ...(publicKey && { publicKey }) };
}

export interface EcdsaSignature {
  readonly r: bigint;
  readonly s: bigint;
}

/** RFC 3279 section 2.2.3. */
export function writeEcdsaSignature(signature: EcdsaSignature): Uint8Array {
  return toBytes(DER.hexFromSig({ r: signature.r, s: signature.s }));
}

/** Undefined when the bytes are not the one encoding of two numbers that are not negative. Their range is for the curve to check. */
export function readEcdsaSignature(der: Uint8Array): EcdsaSignature | undefined {
  return readStrictly(der, (reader) =>
    reader.within(tag.sequence, (signature) => ({ r: signature.integer(), s: signature.integer() })),
  );
}
