// One operation with one key: raw in node:crypto, by the key alone as the vault has it, and as a whole request.

import { isHmacKeySpec, isKeyPairSpec, type KeySpec, type Mac, type UsableKeyPair } from '@kmsim/hsm-core';
import type { Kmsim, KmsMethods } from 'kmsim';
import type { Alternative } from '../interleave.ts';

/** Once. */
export type Step = () => unknown;

export interface Case {
  readonly spec: KeySpec;
  /** Operation and algorithm. */
  readonly name: string;
  /** Absent where node:crypto does not have it. */
  readonly raw?: Step | undefined;
  readonly key: Step;
  readonly request: () => Promise<unknown>;
}

export const ways = { raw: 'node:crypto raw', key: 'the key alone', request: 'a whole request' } as const;

/** The ways of a case, the floor first. */
export function alternativesOf({ key, raw, request }: Case): readonly Alternative[] {
  const alone = (name: string, step: Step): Alternative => ({
    name,
    run: (times) => {
      for (let n = 0; n < times; n++) step();
    },
  });
  const whole: Alternative = {
    name: ways.request,
    run: async (times) => {
      for (let n = 0; n < times; n++) await request();
    },
  };
  return [...(raw === undefined ? [] : [alone(ways.raw, raw)]), alone(ways.key, key), whole];
}

/** A key of a simulation. */
export interface Prepared<Spec extends KeySpec = KeySpec> {
  readonly spec: Spec;
  readonly kms: KmsMethods;
  readonly KeyId: string;
}

type Usage = 'SIGN_VERIFY' | 'ENCRYPT_DECRYPT' | 'KEY_AGREEMENT' | 'GENERATE_VERIFY_MAC' | 'ENCAPSULATE_DECAPSULATE';

export interface PreparedPair<Spec extends KeySpec = KeySpec> extends Prepared<Spec> {
  readonly pair: UsableKeyPair;
}

export async function pairOf<Spec extends KeySpec>(sim: Kmsim, spec: Spec, usage: Usage): Promise<PreparedPair<Spec>> {
  const { material, ...prepared } = await created(sim, spec, usage);
  if (!isKeyPairSpec(spec)) throw new Error(`${spec} is no key pair.`);
  return { ...prepared, pair: await loaded(() => sim.kms.vault.keyPair(material, spec)) };
}

export async function macOf<Spec extends KeySpec>(sim: Kmsim, spec: Spec): Promise<Prepared<Spec> & { mac: Mac }> {
  const { material, ...prepared } = await created(sim, spec, 'GENERATE_VERIFY_MAC');
  if (!isHmacKeySpec(spec)) throw new Error(`${spec} is no HMAC key.`);
  return { ...prepared, mac: await loaded(() => sim.kms.vault.hmacKey(material, spec)) };
}

async function created<Spec extends KeySpec>(
  sim: Kmsim,
  spec: Spec,
  KeyUsage: Usage,
): Promise<Prepared<Spec> & { readonly material: string }> {
  const kms = sim.as();
  const { KeyMetadata } = await kms.createKey({ KeySpec: spec, KeyUsage });
  const KeyId = KeyMetadata?.KeyId ?? '';
  return { spec, kms, KeyId, material: sim.kms.state.keyById(sim.region, KeyId)?.currentMaterial ?? '' };
}

/** Asks again when the library is there. */
export async function loaded<Value>(ask: () => Value | Promise<unknown> | undefined): Promise<Value> {
  for (;;) {
    const answer = ask();
    if (answer === undefined) throw new Error('The material is gone.');
    if (!(answer instanceof Promise)) return answer;
    await answer;
  }
}

/** What is signed, encrypted and authenticated. */
export const message: Uint8Array = Uint8Array.from({ length: 64 }, (_, at) => at);

// Other bytes each time: how long ML-DSA takes depends on them.
const random: Uint8Array = Uint8Array.from({ length: 4096 }, (_, at) => (7 * at + (at >>> 5)) & 255);
let drawn = 0;

/** For the key alone: what drawing costs is the request's. */
export function draw(length: number): Uint8Array {
  drawn = (drawn + 1) % (random.length - 64);
  return random.subarray(drawn, drawn + length);
}

/** Something that there is. */
export function required<Value>(value: Value | string | undefined): Value {
  if (typeof value === 'string' || value === undefined) throw new Error(`There is nothing: ${value}.`);
  return value;
}
