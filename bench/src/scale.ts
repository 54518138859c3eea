// Many keys: what creating one costs in time and memory, and whether calls stay as quick as among ten.

import { createKmsim, type Kmsim, type KmsMethods } from 'kmsim';
import { cpuMilliseconds } from './cpu-time.ts';
import { type Alternative, interleave, rowsOf } from './interleave.ts';
import { context, nth, seed } from './keys.ts';
import { thousands } from './report.ts';
import { single } from './statistics.ts';
import type { Row, Suite } from './suite.ts';

interface Crowd {
  readonly sim: Kmsim;
  readonly kms: KmsMethods;
  readonly ids: readonly string[];
  readonly row: Row;
}

export const scale: Suite = {
  name: 'scale',
  about: 'Symmetric keys from ten to a million: creating them, listing them, calling one among them.',
  // A million keys need more than the heap Node would take; memory is read after a collection.
  nodeFlags: ['--expose-gc', '--max-old-space-size=6144'],
  run: async (effort) => {
    const crowds: Crowd[] = [];
    for (const count of effort.keyCounts) crowds.push(await crowd(count));
    const tables = [
      { title: 'CreateKey, SYMMETRIC_DEFAULT, and ListKeys to the last page', rows: crowds.map(({ row }) => row) },
    ];
    for (const [title, work] of Object.entries(works)) {
      const alternatives = crowds.map((one) => ({ name: labelOf(one.ids.length), run: work(one) }));
      const rows = rowsOf(await interleave(alternatives, effort), alternatives[0]?.name);
      tables.push({ title, rows: [...rows] });
    }
    return tables;
  },
};

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
  'DescribeKey of one key after another':
    ({ kms, ids }) =>
    async (times) => {
      for (let n = 0; n < times; n++) await kms.describeKey({ KeyId: scattered(ids, n) });
    },
  'Encrypt, 32 B, with one key after another':
    ({ kms, ids }) =>
    async (times) => {
      for (let n = 0; n < times; n++) {
        await kms.encrypt({ KeyId: scattered(ids, n), Plaintext, EncryptionContext: context });
      }
    },
  'Encrypt, 32 B, always with the same ten of them':
    ({ kms, ids }) =>
    async (times) => {
      for (let n = 0; n < times; n++) {
        await kms.encrypt({ KeyId: nth(ids, n % 10), Plaintext, EncryptionContext: context });
      }
    },
};

// From one key to the next in leaps, so that the processor's caches have seldom seen it.
function scattered(ids: readonly string[], n: number): string {
  return nth(ids, n * 7919);
}

function labelOf(count: number): string {
  return `${thousands(String(count))} keys`;
}

async function crowd(count: number): Promise<Crowd> {
  const sim = createKmsim({ seed });
  const kms = sim.as();
  const ids = new Array<string>(count).fill('');
  const before = usedBytes();
  const creating = await cpuMilliseconds(async () => {
    for (let n = 0; n < count; n++) ids[n] = (await kms.createKey({})).KeyMetadata?.KeyId ?? '';
  });
  const bytes = usedBytes() - before;
  const listing = await cpuMilliseconds(async () => {
    const listed = await listAll(kms);
    if (listed !== count) throw new Error(`created ${count} keys, listed ${listed}`);
  });
  const row = {
    name: labelOf(count),
    figures: {
      'CPU for all': single('s', creating / 1e3),
      'CPU a key': single('ns', (creating * 1e6) / count),
      // Few keys drown in what the first calls leave behind.
      ...(count >= 1_000 && Number.isFinite(bytes) && { 'memory a key': single('bytes', bytes / count) }),
      'ListKeys, 1,000 a page': single('ns', listing * 1e6),
    },
  };
  return { sim, kms, ids, row };
}

async function listAll(kms: KmsMethods): Promise<number> {
  let listed = 0;
  let marker: string | undefined;
  do {
    const page = await kms.listKeys({ Limit: 1000, ...(marker !== undefined && { Marker: marker }) });
    listed += page.Keys?.length ?? 0;
    marker = page.NextMarker;
  } while (marker !== undefined);
  return listed;
}

/** Heap and what arrays hold outside of it; NaN where nobody can ask for a collection. */
function usedBytes(): number {
  if (globalThis.gc === undefined) return Number.NaN;
  globalThis.gc();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
