// Many keys: whether calls stay as quick as among ten.

import { createKmsim, type Kmsim, type KmsMethods } from 'kmsim';
import { type Alternative, interleave, rowsOf } from './interleave.ts';
import { context, nth, seed } from './keys.ts';
import { thousands } from './report.ts';
import type { Suite, Table } from './suite.ts';

interface Crowd {
  readonly sim: Kmsim;
  readonly kms: KmsMethods;
  readonly ids: readonly string[];
}

export const scale: Suite = {
  name: 'scale',
  about:
    'Calls among many keys against the same calls among the fewest; all simulations share one process and its heap.',
  // Apart from `create`: whoever forces collections makes the ones that follow small and many.
  nodeFlags: ['--max-old-space-size=6144'],
  run: async (effort) => {
    const crowds: Crowd[] = [];
    for (const count of effort.callCounts) crowds.push(await crowd(count));
    const tables: Table[] = [];
    for (const [title, work] of Object.entries(works)) {
      const alternatives = crowds.map((one) => ({ name: `${thousands(String(one.ids.length))} keys`, run: work(one) }));
      tables.push({ title, rows: rowsOf(await interleave(alternatives, effort), alternatives[0]?.name) });
    }
    return tables;
  },
};

async function crowd(count: number): Promise<Crowd> {
  const sim = createKmsim({ seed });
  const kms = sim.as();
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push((await kms.createKey({})).KeyMetadata?.KeyId ?? '');
  return { sim, kms, ids };
}

// From one key to the next in leaps, so that the processor's caches have seldom seen it.
function scattered(ids: readonly string[], n: number): string {
  return nth(ids, n * 7919);
}

const Plaintext: Uint8Array = new Uint8Array(32).fill(1);

const works: Readonly<Record<string, (one: Crowd) => Alternative['run']>> = {
  'The record of a key by its id, no request around it':
    ({ sim, ids }) =>
    (times) => {
      for (let n = 0; n < times; n++) {
        // Used, or the compiler would leave it out.
        if (sim.kms.state.keyById(sim.region, scattered(ids, n)) === undefined) throw new Error('a key is gone');
      }
    },
  'DescribeKey, one key after another':
    ({ kms, ids }) =>
    async (times) => {
      for (let n = 0; n < times; n++) await kms.describeKey({ KeyId: scattered(ids, n) });
    },
  'Encrypt, 32 B, one key after another':
    ({ kms, ids }) =>
    async (times) => {
      for (let n = 0; n < times; n++) {
        await kms.encrypt({ KeyId: scattered(ids, n), Plaintext, EncryptionContext: context });
      }
    },
  'Encrypt, 32 B, always the same ten keys':
    ({ kms, ids }) =>
    async (times) => {
      for (let n = 0; n < times; n++) {
        await kms.encrypt({ KeyId: nth(ids, n % 10), Plaintext, EncryptionContext: context });
      }
    },
};
