// Many keys.

import { createKmsim, type Kmsim, type KmsMethods } from 'kmsim';
import type { Alternative } from '../interleave.ts';
import { context, nth, seed } from '../keys.ts';
import type { Effort, Table } from '../suite.ts';
import { among, type Listing, listed, pageSize, plaintext } from './among.ts';

interface Crowd {
  readonly sim: Kmsim;
  readonly kms: KmsMethods;
  readonly ids: readonly string[];
}

export async function keys(effort: Effort): Promise<readonly Table[]> {
  const crowds: Crowd[] = [];
  for (const count of effort.callCounts) crowds.push(await crowd(count));
  const tables: Table[] = [];
  for (const [title, work] of Object.entries(works)) {
    const all = crowds.map((one) => ({ count: one.ids.length, run: work(one) }));
    tables.push(await among(title, 'keys', all, effort));
  }
  return [...tables, await listed('ListKeys', 'keys', crowds.map(listing), effort)];
}

async function crowd(count: number): Promise<Crowd> {
  const sim = createKmsim({ seed });
  const kms = sim.as();
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push((await kms.createKey({})).KeyMetadata?.KeyId ?? '');
  return { sim, kms, ids };
}

function listing({ ids, kms }: Crowd): Listing {
  return {
    count: ids.length,
    page: async (Marker) => {
      const { Keys = [], NextMarker } = await kms.listKeys({
        Limit: pageSize,
        ...(Marker !== undefined && { Marker }),
      });
      return { items: Keys.length, next: NextMarker };
    },
  };
}

// From one key to the next in leaps, so that the processor's caches have seldom seen it.
function scattered(ids: readonly string[], n: number): string {
  return nth(ids, n * 7919);
}

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
        await kms.encrypt({ KeyId: scattered(ids, n), Plaintext: plaintext, EncryptionContext: context });
      }
    },
  'Encrypt, 32 B, always the same ten keys':
    ({ kms, ids }) =>
    async (times) => {
      for (let n = 0; n < times; n++) {
        await kms.encrypt({ KeyId: nth(ids, n % 10), Plaintext: plaintext, EncryptionContext: context });
      }
    },
};
