// What stands inside the privateKey of a PKCS#8, one form for each family of keys.

import { bytesToHex } from '@noble/hashes/utils.js';
import {
  bits,
  type DerReader,
  element,
  explicit,
  implicit,
  integer,
  octetString,
  readStrictly,
  refuse,
  sequence,
  tag,
  toBytes,
  wholeOctets,
} from './element.ts';
import type { KeyAlgorithm } from './key-algorithms.ts';

/** RFC 8017 section A.1.1. */
export interface RsaPublicNumbers {
  readonly n: bigint;
  readonly e: bigint;
}

/** RFC 8017 section A.1.2, two primes. */
export interface RsaPrivateNumbers extends RsaPublicNumbers {
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  /** d mod (p - 1) */
  readonly dP: bigint;
  /** d mod (q - 1) */
  readonly dQ: bigint;
  /** q^-1 mod p */
  readonly qInv: bigint;
}

export function writeRsaPublicKey({ n, e }: RsaPublicNumbers): Uint8Array {
  return toBytes(sequence(integer(n), integer(e)));
}

export function readRsaPublicKey(der: Uint8Array): RsaPublicNumbers | undefined {
  return readStrictly(der, (reader) => reader.within(tag.sequence, (key) => ({ n: key.integer(), e: key.integer() })));
}

const twoPrimes = 0n;

export function writeRsaPrivateKey(key: RsaPrivateNumbers): Uint8Array {
  const numbers = [twoPrimes, key.n, key.e, key.d, key.p, key.q, key.dP, key.dQ, key.qInv];
  return toBytes(sequence(...numbers.map(integer)));
}

export function readRsaPrivateKey(der: Uint8Array): RsaPrivateNumbers | undefined {
  return readStrictly(der, (reader) => reader.within(tag.sequence, rsaPrivateNumbers));
}

function rsaPrivateNumbers(key: DerReader): RsaPrivateNumbers {
  if (key.integer() !== twoPrimes) refuse('more than two primes');
  return {
    n: key.integer(),
    e: key.integer(),
    d: key.integer(),
    p: key.integer(),
    q: key.integer(),
    dP: key.integer(),
    dQ: key.integer(),
    qInv: key.integer(),
  };
}

export interface EcPrivateKey {
  /** The private key as octets of the length of the group's order. */
  readonly secret: Uint8Array;
  /** The public point, where the key carries it. */
  readonly publicKey?: Uint8Array;
}

const ecPrivateKeyVersion = 1n;

/** RFC 5915 section 3, without the parameters, which stand outside already. */
export function writeEcPrivateKey(secret: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const point = element(explicit(1), element(tag.bitString, bits(publicKey)));
  return toBytes(sequence(integer(ecPrivateKeyVersion), octetString(secret), point));
}

/** RFC 5915 section 3. Parameters may be repeated inside, and then name the same curve. */
export function readEcPrivateKey(der: Uint8Array, { curve }: KeyAlgorithm): EcPrivateKey | undefined {
  return readStrictly(der, (reader) =>
    reader.within(tag.sequence, (key) => {
      if (key.integer() !== ecPrivateKeyVersion) refuse('another version');
      const secret = key.octetString();
      const parameters = key.takeIf(explicit(0));
      if (parameters !== undefined && bytesToHex(parameters) !== curve) refuse('another curve');
      const point = key.takeIf(explicit(1));
      if (point === undefined) return { secret };
      const publicKey = readStrictly(point, (inner) => inner.bitString()) ?? refuse('no public key');
      return { secret, publicKey };
    }),
  );
}

/** RFC 8410 section 7, CurvePrivateKey. */
export function writeCurvePrivateKey(secret: Uint8Array): Uint8Array {
  return toBytes(octetString(secret));
}

export function readCurvePrivateKey(der: Uint8Array): Uint8Array | undefined {
  return readStrictly(der, (reader) => reader.octetString());
}

/** The seed alternative of ML-DSA-44-PrivateKey (RFC 9881), ML-KEM-512-PrivateKey (RFC 9935) and so on: [0] IMPLICIT OCTET STRING. */
export function writeSeed(seed: Uint8Array): Uint8Array {
  return toBytes(element(implicit(0), bytesToHex(seed)));
}

export function readSeed(der: Uint8Array): Uint8Array | undefined {
  return readStrictly(der, (reader) => reader.take(implicit(0)));
}

/** The publicKey that an OneAsymmetricKey may carry: [1] IMPLICIT BIT STRING, RFC 5958 section 2. */
export function takePublicKey(reader: DerReader): Uint8Array | undefined {
  const content = reader.takeIf(implicit(1));
  return content === undefined ? undefined : wholeOctets(content);
}
