// The primitives by themselves: each backend's, beside node:crypto called raw.

import { besideRaw } from './beside.ts';
import { briefer } from './interleave.ts';
import { curvePrimitives } from './primitives/curves.ts';
import { gcmPrimitives } from './primitives/gcm.ts';
import { hashPrimitives } from './primitives/hashes.ts';
import { keyWrapPrimitives } from './primitives/key-wrap.ts';
import { postQuantumPrimitives } from './primitives/post-quantum.ts';
import { randomPrimitives } from './primitives/random.ts';
import { rsaPrimitives } from './primitives/rsa.ts';
import type { Suite, Table } from './suite.ts';

const families = [
  gcmPrimitives,
  hashPrimitives,
  keyWrapPrimitives,
  randomPrimitives,
  rsaPrimitives,
  curvePrimitives,
  postQuantumPrimitives,
];

export const primitives: Suite = {
  name: 'primitives',
  about: 'Each primitive of each backend against node:crypto raw: no vault, no envelope, no request.',
  nodeFlags: [],
  run: async (effort) => {
    const tables: Table[] = [];
    for (const family of families) {
      for (const work of await family()) tables.push(await besideRaw(work, briefer(effort)));
    }
    return tables;
  },
};
