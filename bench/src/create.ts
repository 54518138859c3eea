// Creating keys and listing them: time and memory for each.

import { createKmsim, type KmsMethods } from 'kmsim';
import { cpuMilliseconds } from './cpu-time.ts';
import { seed } from './keys.ts';
import { thousands } from './report.ts';
import { single } from './statistics.ts';
import type { Row, Suite } from './suite.ts';
import { usedBytes } from './used-bytes.ts';

export const create: Suite = {
  name: 'create',
  about: 'CreateKey of symmetric keys and ListKeys to the last page, in a simulation of its own for each number.',
  // Memory is read after a collection. A million keys need more than the heap Node would take.
  nodeFlags: ['--expose-gc', '--max-old-space-size=6144'],
  run: async ({ createCounts }) => {
    const rows: Row[] = [];
    for (const count of createCounts) rows.push(await rowFor(count));
    return [{ title: 'CreateKey, SYMMETRIC_DEFAULT', rows }];
  },
};

async function rowFor(count: number): Promise<Row> {
  const kms = createKmsim({ seed }).as();
  // What the first calls compile and keep is not the keys'.
  await kms.createKey({});
  const before = usedBytes();
  const creating = await cpuMilliseconds(async () => {
    for (let n = 1; n < count; n++) await kms.createKey({});
  });
  const bytes = usedBytes() - before;
  const listing = await cpuMilliseconds(async () => {
    const listed = await listAll(kms);
    if (listed !== count) throw new Error(`created ${count} keys, listed ${listed}`);
  });
  return {
    name: `${thousands(String(count))} keys`,
    figures: {
      'CPU for all': single('s', creating / 1e3),
      'CPU a key': single('ns', (creating * 1e6) / count),
      ...(Number.isFinite(bytes) && { 'memory a key': single('bytes', bytes / count) }),
      'ListKeys, 1,000 a page': single('ns', listing * 1e6),
    },
  };
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
