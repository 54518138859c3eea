// Private keys of elliptic curves: grown from a seed, read from PKCS#8, written as PKCS#8 and as SubjectPublicKeyInfo.

import { bytesToNumberBE, equalBytes } from '@noble/curves/utils.js';
import type { Agreement, EcPrimitives } from '../backend/ec.ts';
import { type KeyFault, readPkcs8Of } from '../der/expected-key.ts';
import { readEcPrivateKey, writeEcPrivateKey } from '../der/private-key.ts';
import { writePkcs8, writeSpki } from '../der.ts';
import { seedStream } from '../seed-stream.ts';
import type { Curve } from './curves.ts';
import { scalarOctets } from './numbers.ts';
import { readPoint } from './point.ts';

/** The scalar is private: neither inspection nor JSON nor a structured clone shows it. */
export class EccPrivateKey<Primitives extends EcPrimitives = EcPrimitives> {
  readonly curve: Curve;
  readonly primitives: Primitives;
  /** SEC 1 section 2.3.3, uncompressed. */
  readonly publicPoint: Uint8Array;
  readonly #scalar: Uint8Array;
  #agreement: Agreement | undefined;

  /** `scalar`: between 1 and the curve's largest private key. The key keeps it. */
  constructor(curve: Curve, primitives: Primitives, scalar: Uint8Array) {
    this.curve = curve;
    this.primitives = primitives;
    this.publicPoint = primitives.multiplyBase(curve, scalar);
    this.#scalar = scalar;
  }

  /** The private key as octets: for the operations of this folder, and to be read only. */
  scalar(): Uint8Array {
    return this.#scalar;
  }

  agree(point: Uint8Array): Uint8Array | undefined {
    this.#agreement ??= this.primitives.agreement(this.curve, this.#scalar, this.publicPoint);
    return this.#agreement(point);
  }

  /** Overwrites the private key. JavaScript cannot promise that no copy is left. */
  erase(): void {
    this.#scalar.fill(0);
    this.#agreement = undefined;
  }
}

/** FIPS 186-5 section A.2.1, key pair generation using extra random bits: 64 more than n has, here in whole octets. */
export function extraOctets({ bits }: Curve): number {
  return Math.ceil((bits + 64) / 8);
}

/** The same key for the same seed, on whatever backend. */
export function grow<P extends EcPrimitives>(seed: Uint8Array, curve: Curve, primitives: P): EccPrivateKey<P> {
  const draw = seedStream(seed, `kmsim ${curve.algorithm.name}`);
  const random = draw(extraOctets(curve));
  const scalar = scalarFrom(curve, random);
  random.fill(0);
  return new EccPrivateKey(curve, primitives, scalar);
}

/** A scalar from more random bits than it has: FIPS 186-5 section A.2.1, steps 4 and 5. */
export function scalarFrom(curve: Curve, random: Uint8Array): Uint8Array {
  return scalarOctets(curve, (bytesToNumberBE(random) % curve.largestPrivateKey) + 1n);
}

/**
 * A key to be imported. Its private key is in range and as long as the order of the curve (RFC 5915 section 3), and a public key that comes
 * with it belongs to it.
 */
export function fromPkcs8<P extends EcPrimitives>(
  der: Uint8Array,
  curve: Curve,
  primitives: P,
): EccPrivateKey<P> | KeyFault {
  const info = readPkcs8Of(curve.algorithm, der);
  if (typeof info === 'string') return info;
  const inner = readEcPrivateKey(info.privateKey, curve.algorithm);
  if (inner === undefined || inner.secret.length !== curve.length) return 'malformed';
  const number = bytesToNumberBE(inner.secret);
  if (number < 1n || number > curve.largestPrivateKey) return 'malformed';
  const key = new EccPrivateKey(curve, primitives, Uint8Array.from(inner.secret));
  const fits = [inner.publicKey, info.publicKey].every((given) => given === undefined || isPublicKeyOf(key, given));
  if (fits) return key;
  key.erase();
  return 'malformed';
}

function isPublicKeyOf({ curve, primitives, publicPoint }: EccPrivateKey, octets: Uint8Array): boolean {
  const point = readPoint(curve, octets, primitives);
  return point !== undefined && equalBytes(point, publicPoint);
}

/** RFC 5958 around RFC 5915: the private key with its public key, as OpenSSL writes it. */
export function toPkcs8(key: EccPrivateKey): Uint8Array {
  return writePkcs8(key.curve.algorithm, writeEcPrivateKey(key.scalar(), key.publicPoint));
}

/** RFC 5480: the named curve and the uncompressed point. */
export function spki({ curve, publicPoint }: EccPrivateKey): Uint8Array {
  return writeSpki(curve.algorithm, publicPoint);
}
