// The parameter sets of ML-DSA and ML-KEM, with the lengths that follow from them.
// https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.204.pdf (table 2)
// https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.203.pdf (table 3)

import { type KeyAlgorithm, type KeyAlgorithmName, keyAlgorithms } from '../der/key-algorithms.ts';
import type { KeySpec } from '../key-specs.ts';

export type MlDsaKeySpec = Extract<KeySpec, `ML_DSA_${number}`>;
export type MlKemKeySpec = Extract<KeySpec, `ML_KEM_${number}`>;
export type MlDsaName = Extract<KeyAlgorithmName, `ML-DSA-${number}`>;
export type MlKemName = Extract<KeyAlgorithmName, `ML-KEM-${number}`>;

export interface MlDsaParameters {
  readonly name: MlDsaName;
  readonly algorithm: KeyAlgorithm;
  readonly publicKeyLength: number;
  readonly signatureLength: number;
}

export interface MlKemParameters {
  readonly name: MlKemName;
  readonly algorithm: KeyAlgorithm;
  readonly publicKeyLength: number;
  readonly ciphertextLength: number;
}

function mlDsa(name: MlDsaName, publicKeyLength: number, signatureLength: number): MlDsaParameters {
  return { name, algorithm: keyAlgorithms[name], publicKeyLength, signatureLength };
}

function mlKem(name: MlKemName, publicKeyLength: number, ciphertextLength: number): MlKemParameters {
  return { name, algorithm: keyAlgorithms[name], publicKeyLength, ciphertextLength };
}

export const mlDsaParameters: Readonly<Record<MlDsaKeySpec, MlDsaParameters>> = {
  ML_DSA_44: mlDsa('ML-DSA-44', 1312, 2420),
  ML_DSA_65: mlDsa('ML-DSA-65', 1952, 3309),
  ML_DSA_87: mlDsa('ML-DSA-87', 2592, 4627),
};

export const mlKemParameters: Readonly<Record<MlKemKeySpec, MlKemParameters>> = {
  ML_KEM_512: mlKem('ML-KEM-512', 800, 768),
  ML_KEM_768: mlKem('ML-KEM-768', 1184, 1088),
  ML_KEM_1024: mlKem('ML-KEM-1024', 1568, 1568),
};

/** The bytes mu of EXTERNAL_MU, rnd of a signature, xi of an ML-DSA key; d ‖ z of an ML-KEM key, m of an encapsulation. */
export const lengths: Readonly<Record<'mu' | 'rnd' | 'xi' | 'dz' | 'm', number>> = {
  mu: 64,
  rnd: 32,
  xi: 32,
  dz: 64,
  m: 32,
};
