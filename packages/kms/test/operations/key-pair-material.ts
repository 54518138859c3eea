// Key pairs to import, of every spec.

import { chooseBackend, type DataKeyPair, type KeyPairSpec, type KeyUsage, Vault } from '@kmsim/hsm-core';
import type { Caller } from '../../src/operation.ts';
import { admin, administratorOf, caller, everything, ours, TestEngine } from '../engine.ts';

export const beijing: Caller = caller(administratorOf(ours).replace('aws', 'aws-cn'), 'cn-north-1');

/** An engine in which somebody may do everything in Beijing too. */
export function engineWithBeijing(): TestEngine {
  const engine = new TestEngine();
  engine.attach(beijing.principal.arn, everything);
  return engine;
}

const made = new Map<string, DataKeyPair>();

/** PKCS#8 and SubjectPublicKeyInfo, as DER. `nth`: several of one spec. The libraries must be loaded. */
export function keyPairOf(spec: KeyPairSpec, nth = 0): DataKeyPair {
  const name = `${spec} ${nth}`;
  const backend = chooseBackend() ?? raise('no backend here');
  const pair = made.get(name) ?? new Vault(backend).dataKeyPair(spec, new Uint8Array(32).fill(nth + 1));
  if (pair instanceof Promise) return raise('the libraries are not loaded');
  made.set(name, pair);
  return pair;
}

function raise(message: string): never {
  throw new Error(message);
}

/** SM2 keys are in the China Regions only. */
export function callerFor(spec: string): Caller {
  return spec === 'SM2' ? beijing : admin;
}

export function usageOf(spec: KeyPairSpec): KeyUsage {
  return spec.startsWith('ML_KEM') ? 'ENCAPSULATE_DECAPSULATE' : 'SIGN_VERIFY';
}
