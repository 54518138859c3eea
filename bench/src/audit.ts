// What the trail costs: a call with it and without, an event that somebody reads, and events that go into a file.

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKmsim, type KmsimOptions, type KmsMethods } from 'kmsim';
import { cpuMilliseconds } from './cpu-time.ts';
import { type Alternative, interleave, rowsOf } from './interleave.ts';
import { context, seed } from './keys.ts';
import { thousands } from './report.ts';
import { single } from './statistics.ts';
import type { Effort, Row, Suite, Table } from './suite.ts';
import { usedBytes } from './used-bytes.ts';

export const audit: Suite = {
  name: 'audit',
  about: 'Calls with and without a trail, events that are read, and events that are streamed into a file.',
  // Memory is read after a collection.
  nodeFlags: ['--expose-gc'],
  run: async (effort) => [
    await costOf('DescribeKey', effort, (kms, KeyId) => kms.describeKey({ KeyId })),
    await costOf('Encrypt, 32 B', effort, (kms, KeyId) =>
      kms.encrypt({ KeyId, Plaintext: plaintext, EncryptionContext: context }),
    ),
    await together('DescribeKey', effort, (kms, KeyId) => kms.describeKey({ KeyId })),
    await reading(effort),
    await streaming(effort),
  ],
};

const plaintext = new Uint8Array(32).fill(1);

type Call = (kms: KmsMethods, keyId: string) => Promise<unknown>;

function costOf(title: string, effort: Effort, call: Call): Promise<Table> {
  return compare(`${title}, and its event`, effort, call, {
    'without a trail': { trail: 'off' },
    'with the newest 1,000 events': { trail: { keep: 1_000 } },
    'with the newest 100,000 events, as by default': {},
  });
}

/** What a simulation as it comes does beside every call: it counts for the quotas and notes the event. */
function together(title: string, effort: Effort, call: Call): Promise<Table> {
  return compare(`${title}, counted and noted`, effort, call, {
    'without quotas and without a trail': { quotas: 'off', trail: 'off' },
    'quotas metered': { trail: 'off' },
    'with a trail': { quotas: 'off' },
    'both, as by default': {},
  });
}

/** The first one is the floor of the others. */
async function compare(
  title: string,
  effort: Effort,
  call: Call,
  ways: Readonly<Record<string, KmsimOptions>>,
): Promise<Table> {
  const alternatives: Alternative[] = [];
  for (const [name, options] of Object.entries(ways)) {
    const { KeyId, kms } = await prepared(options);
    alternatives.push({
      name,
      run: async (times) => {
        for (let n = 0; n < times; n++) await call(kms, KeyId);
      },
    });
  }
  const timings = await interleave(alternatives, effort);
  return { title, rows: rowsOf(timings, timings[0]?.name) };
}

async function prepared(
  options: KmsimOptions,
): Promise<{ sim: ReturnType<typeof createKmsim>; kms: KmsMethods; KeyId: string }> {
  const sim = createKmsim({ seed, backend: 'native', ...options });
  const kms = sim.as();
  const { KeyMetadata } = await kms.createKey();
  return { sim, kms, KeyId: KeyMetadata?.KeyId ?? '' };
}

/** Records are made when they are read: once each. */
async function reading({ eventCounts }: Effort): Promise<Table> {
  const rows: Row[] = [];
  for (const count of eventCounts.slice(0, 2)) {
    const { KeyId, kms, sim } = await prepared({ trail: { keep: count } });
    for (let n = 0; n < count; n++) await kms.encrypt({ KeyId, Plaintext: plaintext, EncryptionContext: context });
    const before = usedBytes();
    const first = await cpuMilliseconds(() => sim.trail.events);
    const bytes = usedBytes() - before;
    const file = await cpuMilliseconds(() => sim.trail.file());
    rows.push({
      name: `${thousands(String(count))} events`,
      figures: {
        'record, CPU each': single('ns', (first * 1e6) / count),
        'JSON, CPU each': single('ns', (file * 1e6) / count),
        ...(Number.isFinite(bytes) && { 'memory a record': single('bytes', bytes / count) }),
      },
    });
  }
  return { title: 'Events that are read', rows };
}

/** However many there are, the heap stays as it was. */
async function streaming({ eventCounts }: Effort): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'kmsim-bench-'));
  const rows: Row[] = [];
  try {
    for (const count of eventCounts) {
      const { KeyId, kms, sim } = await prepared({ trail: { keep: 1_000 } });
      const path = join(folder, 'trail.jsonl');
      const stream = sim.trail.streamToFile(path);
      let [least, most] = [Number.POSITIVE_INFINITY, 0];
      const spent = await cpuMilliseconds(async () => {
        for (let n = 1; n <= count; n++) {
          await kms.describeKey({ KeyId });
          // Once the ring is full.
          if (n % Math.ceil(count / 10) !== 0) continue;
          const used = usedBytes();
          [least, most] = [Math.min(least, used), Math.max(most, used)];
        }
      });
      stream.close();
      rows.push({
        name: `${thousands(String(count))} calls of DescribeKey`,
        figures: {
          'CPU a call': single('ns', (spent * 1e6) / count),
          'events a second': single('per second', (count * 1e3) / spent),
          'file, each': single('bytes', statSync(path).size / count),
          ...(Number.isFinite(least) && { 'heap, least': single('bytes', least), 'heap, most': single('bytes', most) }),
        },
      });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { title: 'Streamed into a file', rows };
}
