// Keys of every spec for the rooms of asymmetric cryptography: each in a Region that has it, and the bytes that go through them.

import { type KeySpec, keySpecs, offeredIn } from '@kmsim/hsm-core';
import { expect } from 'vitest';
import type { KeyMetadata, OperationInputs } from '../src/api/types.ts';
import type { Caller } from '../src/operation.ts';
import { admin, administratorOf, caller, everything, ours, type TestEngine } from './engine.ts';

/** The administrator in Beijing, where SM2 is and ML-KEM is not. */
export function inChina(engine: TestEngine): Caller {
  const { principal } = caller(administratorOf(ours).replace('arn:aws:', 'arn:aws-cn:'), 'cn-north-1');
  return { ...engine.attach(principal.arn, everything), region: 'cn-north-1' };
}

/** Who may use keys of the spec: the administrator of a Region that has it. */
export function userOf(engine: TestEngine, spec: KeySpec): Caller {
  return offeredIn(keySpecs[spec], 'aws') ? admin : inChina(engine);
}

export type Usage = NonNullable<OperationInputs['CreateKey']['KeyUsage']>;

/** All pairs of the table of key specs for one usage. */
export function specsFor(usage: Usage): KeySpec[] {
  return Object.values(keySpecs)
    .filter(({ usages }) => usages.includes(usage))
    .map(({ spec }) => spec);
}

/** A key with whoever may use it. */
export interface UsableKey {
  readonly key: KeyMetadata & { readonly Arn: string };
  readonly by: Caller;
}

// The first keys of an engine. RSA keys stand where their primes come soon with the seed of `TestEngine`: a key's seed follows from
// its turn, and 10 to 30 powers find the primes of these, where 70 to 130 are usual.
const first: readonly (readonly [KeySpec, Usage])[] = [
  ['RSA_3072', 'SIGN_VERIFY'],
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'],
  ['RSA_3072', 'ENCRYPT_DECRYPT'],
  ['HMAC_256', 'GENERATE_VERIFY_MAC'],
  ['ECC_NIST_P256', 'SIGN_VERIFY'],
  ['ECC_NIST_P256', 'KEY_AGREEMENT'],
  ['ECC_NIST_P384', 'SIGN_VERIFY'],
  ['RSA_4096', 'ENCRYPT_DECRYPT'],
  ['ECC_NIST_P384', 'KEY_AGREEMENT'],
  ['ECC_NIST_P521', 'SIGN_VERIFY'],
  ['ECC_NIST_P521', 'KEY_AGREEMENT'],
  ['ECC_SECG_P256K1', 'SIGN_VERIFY'],
  ['ECC_NIST_EDWARDS25519', 'SIGN_VERIFY'],
  ['ML_DSA_44', 'SIGN_VERIFY'],
  ['RSA_4096', 'SIGN_VERIFY'],
  ['RSA_2048', 'ENCRYPT_DECRYPT'],
  ['RSA_2048', 'SIGN_VERIFY'],
];

/** Keys of a fresh engine, each made once and grown when it is first used. */
export class Keys {
  readonly engine: TestEngine;
  readonly #made = new Map<string, UsableKey>();

  constructor(engine: TestEngine) {
    this.engine = engine;
    for (const [spec, usage] of first) this.of(spec, usage);
  }

  of(KeySpec: KeySpec, KeyUsage: Usage): UsableKey {
    const name = `${KeySpec} ${KeyUsage}`;
    const by = userOf(this.engine, KeySpec);
    const known = this.#made.get(name) ?? { by, key: this.engine.createKey({ KeySpec, KeyUsage }, by) };
    this.#made.set(name, known);
    return known;
  }
}

/** Bytes that differ from one place to the next, the same on every run. */
export function octets(length: number, start = 1): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (start + at * 7 + (at >>> 8)) & 255);
}

/** The bytes with one bit turned. */
export function spoilt(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
}

export function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? expect.fail('no bytes')).toString('hex');
}

/** Plain bytes in a buffer of their own: one that is shared would show what other answers are made of. */
export function expectOwnBytes(bytes: Uint8Array | undefined, length?: number): void {
  expect(bytes?.constructor).toBe(Uint8Array);
  expect(bytes?.buffer.byteLength).toBe(bytes?.length);
  if (length !== undefined) expect(bytes).toHaveLength(length);
}
