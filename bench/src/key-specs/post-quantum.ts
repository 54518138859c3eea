// ML-DSA and ML-KEM, against node:crypto where it has them: from Node 24.7 on.

import * as crypto from 'node:crypto';
import type { KeySpec } from '@kmsim/hsm-core';
import type { Kmsim } from 'kmsim';
import { type Case, draw, message, pairOf, type Step } from './case.ts';
import { signatures } from './curves.ts';

interface Kem {
  encapsulate(key: crypto.KeyObject): { readonly ciphertext: Buffer };
  decapsulate(key: crypto.KeyObject, ciphertext: Uint8Array): Buffer;
}

// As the types of Node 20 do not know them.
const kem: Kem | undefined = 'decapsulate' in crypto ? (crypto as unknown as Kem) : undefined;
const generate = crypto.generateKeyPairSync as unknown as (name: string) => crypto.KeyPairKeyObjectResult;

const nameOf = (spec: KeySpec): string => spec.toLowerCase().replaceAll('_', '-');

/** Undefined where this version of Node has none. */
export function rawPostQuantumKeys(spec: KeySpec): Step | undefined {
  return kem && (() => generate(nameOf(spec)));
}

export async function postQuantumCases(sim: Kmsim): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const spec of ['ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87'] as const) {
    cases.push(...(await signatures(sim, spec, 'ML_DSA_SHAKE_256', rawSignatures(spec))));
  }
  for (const spec of ['ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024'] as const) {
    cases.push(...(await encapsulations(sim, spec)));
  }
  return cases;
}

/** Nothing where this version of Node has none. */
export function rawSignatures(spec: KeySpec): Parameters<typeof signatures>[3] {
  if (kem === undefined) return {};
  const { privateKey, publicKey } = generate(nameOf(spec));
  const rawSignature = crypto.sign(null, message, privateKey);
  return {
    sign: () => crypto.sign(null, message, privateKey),
    verify: () => crypto.verify(null, message, publicKey, rawSignature),
  };
}

async function encapsulations(sim: Kmsim, spec: KeySpec): Promise<readonly Case[]> {
  const { KeyId, kms, pair } = await pairOf(sim, spec, 'ENCAPSULATE_DECAPSULATE');
  const request = { KeyId, EncapsulationAlgorithm: 'ML_KEM' } as const;
  const { ciphertext } = pair.encapsulate('ML_KEM', draw);
  const decapsulation = { ...request, SharedSecretCiphertextBlob: ciphertext };
  const raw = rawEncapsulations(spec);
  return [
    {
      spec,
      name: 'Encapsulate ML_KEM',
      raw: raw?.encapsulate,
      key: () => pair.encapsulate('ML_KEM', draw),
      request: () => kms.encapsulate(request),
    },
    {
      spec,
      name: 'Decapsulate ML_KEM',
      raw: raw?.decapsulate,
      key: () => pair.decapsulate('ML_KEM', ciphertext),
      request: () => kms.decapsulate(decapsulation),
    },
  ];
}

export function rawEncapsulations(
  spec: KeySpec,
): { readonly encapsulate: Step; readonly decapsulate: Step } | undefined {
  if (kem === undefined) return undefined;
  const { decapsulate, encapsulate } = kem;
  const { privateKey, publicKey } = generate(nameOf(spec));
  const { ciphertext } = encapsulate(publicKey);
  return { encapsulate: () => encapsulate(publicKey), decapsulate: () => decapsulate(privateKey, ciphertext) };
}
