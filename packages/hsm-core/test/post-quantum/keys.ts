// Post-quantum keys of one seed, made once on each backend.

import {
  growMlDsa,
  growMlKem,
  type MlDsaKeySpec,
  type MlDsaPrivateKey,
  type MlKemKeySpec,
  type MlKemPrivateKey,
  mlDsaParameters,
  mlKemParameters,
} from '../../src/post-quantum.ts';
import type { Families } from '../family-backends.ts';
import { octets } from '../octets.ts';

export const seed: Uint8Array = octets(32, 123);
export const random: Uint8Array = octets(32, 200);

export const mlDsaSpecs = Object.keys(mlDsaParameters) as MlDsaKeySpec[];
export const mlKemSpecs = Object.keys(mlKemParameters) as MlKemKeySpec[];

const keys = new Map<string, MlDsaPrivateKey | MlKemPrivateKey>();

function once<Key extends MlDsaPrivateKey | MlKemPrivateKey>(name: string, make: () => Key): Key {
  const known = (keys.get(name) as Key | undefined) ?? make();
  keys.set(name, known);
  return known;
}

export function mlDsaKey(spec: MlDsaKeySpec, { name, postQuantum }: Families): MlDsaPrivateKey {
  return once(`${spec} ${name}`, () => growMlDsa(seed, mlDsaParameters[spec], postQuantum));
}

export function mlKemKey(spec: MlKemKeySpec, { name, postQuantum }: Families): MlKemPrivateKey {
  return once(`${spec} ${name}`, () => growMlKem(seed, mlKemParameters[spec], postQuantum));
}
