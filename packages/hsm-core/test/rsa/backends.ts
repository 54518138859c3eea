// The backends, and the keys of one seed, that the suites of RSA run over.

import * as crypto from 'node:crypto';
import type { RsaPrimitives } from '../../src/backend/rsa.ts';
import { nativeRsa } from '../../src/backend/rsa-native.ts';
import { portableRsa } from '../../src/backend/rsa-portable.ts';
import type { RsaPrivateNumbers } from '../../src/der/private-key.ts';
import { generateNumbers } from '../../src/rsa/generate.ts';
import { type RsaKeySpec, RsaPrivateKey, rsaParameters } from '../../src/rsa.ts';
import type { KeyAnswer } from '../data/rsa-known-answers.ts';

export const native: RsaPrimitives = nativeRsa(crypto);
export const portable: RsaPrimitives = portableRsa;
export const rsaBackends: readonly RsaPrimitives[] = [portable, native];

export const specs = Object.keys(rsaParameters) as RsaKeySpec[];

/** A seed whose primes come soon: 36, 19 and 10 powers for the three sizes, where 73, 132 and 115 are usual. */
export const seed: Uint8Array = Uint8Array.from({ length: 32 }, (_, at) => (at < 31 ? 3 : 0));

const numbers = new Map<RsaKeySpec, RsaPrivateNumbers>();

export function numbersOf(spec: RsaKeySpec): RsaPrivateNumbers {
  const known = numbers.get(spec) ?? generateNumbers(seed, rsaParameters[spec], native);
  numbers.set(spec, known);
  return known;
}

const keys = new Map<string, RsaPrivateKey>();

export function keyOf(spec: RsaKeySpec, backend: RsaPrimitives): RsaPrivateKey {
  const name = `${spec} ${backend.name}`;
  const known = keys.get(name) ?? new RsaPrivateKey(numbersOf(spec), backend);
  keys.set(name, known);
  return known;
}

export const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
export const fromBase64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));
export const hex = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('hex');

/** Bytes that differ from one place to the next, the same on every run. */
export function bytes(length: number, start = 1): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (start + at * 7 + (at >>> 8)) & 255);
}

/** A key of published numbers, whose public exponent is 65537. */
export function keyFrom(answer: KeyAnswer, backend: RsaPrimitives): RsaPrivateKey {
  const [n, d, p, q] = [answer.n, answer.d, answer.p, answer.q].map((text) => BigInt(`0x${hex(fromBase64(text))}`));
  if (n === undefined || d === undefined || p === undefined || q === undefined) throw new Error('Numbers are missing.');
  // q^-1 modulo p, by Fermat.
  const qInv = portable.power(q % p, p - 2n, p);
  return new RsaPrivateKey({ n, e: 65537n, d, p, q, dP: d % (p - 1n), dQ: d % (q - 1n), qInv }, backend);
}
