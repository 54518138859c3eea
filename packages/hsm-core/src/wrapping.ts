// The keys that imported material comes in under: which there are, and how each wrapping algorithm unwraps with them.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html (WrappingKeySpec, WrappingAlgorithm)

import type { NotLoaded } from './backend/load-once.ts';
import type { Primitives } from './backend/primitives.ts';
import * as ecc from './ecc.ts';
import { type RsaWrappingAlgorithm, unwraps } from './key-wrap.ts';
import * as rsa from './rsa.ts';
import { sm2Encryptions } from './sm2.ts';

export type WrappingAlgorithm = RsaWrappingAlgorithm | 'SM2PKE';
export type WrappingKeySpec = rsa.RsaKeySpec | 'SM2';

export interface WrappingKey {
  /** SubjectPublicKeyInfo as DER. */
  readonly publicKey: Uint8Array;
  /** Undefined: wrapped otherwise, under another key, damaged. Nothing tells which. */
  unwrap(algorithm: WrappingAlgorithm, wrapped: Uint8Array): Uint8Array | undefined;
  erase(): void;
}

/** The same key for the same 32 bytes on every backend. */
type Grow = (seed: Uint8Array, primitives: Primitives) => WrappingKey | NotLoaded;

function rsaKey(spec: rsa.RsaKeySpec): Grow {
  return (seed, primitives) => {
    const key = rsa.grow(seed, rsa.rsaParameters[spec], primitives.rsa);
    return {
      publicKey: rsa.spki(key),
      unwrap: (algorithm, wrapped) =>
        algorithm === 'SM2PKE' ? undefined : unwraps[algorithm](key, wrapped, primitives.keyWrap),
      erase: () => key.erase(),
    };
  };
}

function sm2Key(seed: Uint8Array, primitives: Primitives): WrappingKey | NotLoaded {
  const points = primitives.sm2();
  if (points instanceof Promise) return points;
  const key = ecc.grow(seed, ecc.curves.SM2, points);
  return {
    publicKey: ecc.spki(key),
    unwrap: (algorithm, wrapped) => (algorithm === 'SM2PKE' ? sm2Encryptions.SM2PKE.decrypt(key, wrapped) : undefined),
    erase: () => key.erase(),
  };
}

export const wrappingKeys: Readonly<Record<WrappingKeySpec, Grow>> = {
  RSA_2048: rsaKey('RSA_2048'),
  RSA_3072: rsaKey('RSA_3072'),
  RSA_4096: rsaKey('RSA_4096'),
  SM2: sm2Key,
};
