// RSA keys, ready for use: the numbers with their raw operations, which are prepared once.

import { numberToBytesBE } from '@noble/curves/utils.js';
import type { PrivateOperation, RawOperation, RsaPrimitives } from '../backend/rsa.ts';
import { type KeyFault, readPkcs8Of } from '../der/expected-key.ts';
import { keyAlgorithms } from '../der/key-algorithms.ts';
import {
  type RsaPrivateNumbers,
  type RsaPublicNumbers,
  readRsaPrivateKey,
  readRsaPublicKey,
  writeRsaPrivateKey,
  writeRsaPublicKey,
} from '../der/private-key.ts';
import { readSpki, writePkcs8, writeSpki } from '../der.ts';
import { areFarApart, generateNumbers, privateNumbers } from './generate.ts';
import type { RsaParameters } from './parameters.ts';
import { isSound } from './soundness.ts';

export class RsaPublicKey implements RsaPublicNumbers {
  readonly n: bigint;
  readonly e: bigint;
  /** Octets of the modulus, k in RFC 8017: the length of every block, ciphertext and signature. */
  readonly length: number;
  readonly primitives: RsaPrimitives;
  readonly #modulus: Uint8Array;
  #operation: RawOperation | undefined;

  constructor({ n, e }: RsaPublicNumbers, primitives: RsaPrimitives) {
    this.n = n;
    this.e = e;
    this.length = Math.ceil(bitLength(n) / 8);
    this.primitives = primitives;
    this.#modulus = numberToBytesBE(n, this.length);
  }

  /** RFC 8017 sections 5.1.1 and 5.1.2, steps 1: whether these are octets as long as the modulus, of a number below it. */
  takes(block: Uint8Array): boolean {
    if (block.length !== this.length) return false;
    const at = block.findIndex((octet, index) => octet !== this.#modulus[index]);
    return at >= 0 && (block[at] ?? 0) < (this.#modulus[at] ?? 0);
  }

  /** The public operation; undefined for a block that the key does not take. */
  apply(block: Uint8Array): Uint8Array | undefined {
    if (!this.takes(block)) return undefined;
    this.#operation ??= this.primitives.publicOperation(this);
    return this.#operation(block);
  }
}

/**
 * The secret numbers are private: neither inspection nor JSON nor a structured clone shows them. They are kept as octets, because numbers
 * cannot be overwritten.
 */
export class RsaPrivateKey {
  readonly publicKey: RsaPublicKey;
  /** RFC 8017 section A.1.2. */
  readonly #octets: Uint8Array;
  #operation: PrivateOperation | undefined;

  constructor(numbers: RsaPrivateNumbers, primitives: RsaPrimitives) {
    this.publicKey = new RsaPublicKey(numbers, primitives);
    this.#octets = writeRsaPrivateKey(numbers);
  }

  /** The private operation; undefined for a block that the key does not take. */
  apply(block: Uint8Array): Uint8Array | undefined {
    if (!this.publicKey.takes(block)) return undefined;
    this.#operation ??= this.publicKey.primitives.privateOperation(this.#numbers());
    return this.#operation(block);
  }

  /** The RSAPrivateKey as DER: for the functions of this file, and to be read only. */
  octets(): Uint8Array {
    // What was overwritten is no DER.
    if (this.#octets[0] === 0) throw new Error('The key is erased.');
    return this.#octets;
  }

  #numbers(): RsaPrivateNumbers {
    const numbers = readRsaPrivateKey(this.octets());
    if (numbers === undefined) throw new Error('The key was written otherwise than it is read.');
    return numbers;
  }

  /** Overwrites the private key. JavaScript cannot promise that no copy is left, nor that of a number that was worked with. */
  erase(): void {
    this.#octets.fill(0);
    this.#operation?.erase();
    this.#operation = undefined;
  }
}

function bitLength(number: bigint): number {
  return number.toString(2).length;
}

/** The key pair of a seed; the same numbers on every backend. Takes tens to hundreds of milliseconds. */
export function grow(seed: Uint8Array, parameters: RsaParameters, primitives: RsaPrimitives): RsaPrivateKey {
  return new RsaPrivateKey(generateNumbers(seed, parameters, primitives), primitives);
}

/**
 * A key that somebody else made; a public key that comes with it belongs to it. The same primes and exponent are one key, however the
 * rest is written. `wrong key spec`: a key of another kind or another size.
 */
export function fromPkcs8(
  der: Uint8Array,
  parameters: RsaParameters,
  primitives: RsaPrimitives,
): RsaPrivateKey | KeyFault {
  const info = readPkcs8Of(keyAlgorithms.RSA, der);
  if (typeof info === 'string') return info;
  const numbers = readRsaPrivateKey(info.privateKey);
  if (numbers === undefined) return 'malformed';
  if (bitLength(numbers.n) !== parameters.bits) return 'wrong key spec';
  if (!areFarApart(numbers.p, numbers.q, parameters) || !isSound(numbers, primitives)) return 'malformed';
  const given = info.publicKey && readRsaPublicKey(info.publicKey);
  if (info.publicKey !== undefined && (given?.n !== numbers.n || given.e !== numbers.e)) return 'malformed';
  return new RsaPrivateKey(privateNumbers(numbers.p, numbers.q, numbers.e), primitives);
}

/** RFC 5958 around RFC 8017 section A.1.2. For a data key pair, whose private half is encrypted or handed out, and for nothing else. */
export function toPkcs8(key: RsaPrivateKey): Uint8Array {
  return writePkcs8(keyAlgorithms.RSA, key.octets());
}

/** RFC 5280 and RFC 3279 section 2.3.1. */
export function spki({ publicKey }: RsaPrivateKey): Uint8Array {
  return writeSpki(keyAlgorithms.RSA, writeRsaPublicKey(publicKey));
}

/** The public key of a SubjectPublicKeyInfo, of whatever size; undefined when it holds none. */
export function fromSpki(der: Uint8Array, primitives: RsaPrimitives): RsaPublicKey | undefined {
  const info = readSpki(der);
  if (typeof info === 'string' || info.algorithm !== keyAlgorithms.RSA) return undefined;
  const numbers = readRsaPublicKey(info.publicKey);
  return numbers && new RsaPublicKey(numbers, primitives);
}
