// The machine's floor: a piece of work that is none of kmsim's and never changes. Beside every suite, so that times of two runs can be
// compared although the machine was not equally quick.

import { cpuMilliseconds } from './cpu-time.ts';
import { sealRaw } from './floor.ts';
import type { Effort } from './suite.ts';

const plaintext = new Uint8Array(32).fill(1);
const additional = new Uint8Array(96);
const table = new Uint32Array(256).map((_, n) => n * 0x9e3779b1);
const batches = 12;

/** Nanoseconds of CPU time for one piece of it, by batch: half of it is node:crypto, half plain JavaScript. */
export async function yardstick({ batchMs, warmUpMs }: Pick<Effort, 'batchMs' | 'warmUpMs'>): Promise<number[]> {
  const times = pieces(Math.min(warmUpMs, 100), Math.min(batchMs, 10));
  const samples: number[] = [];
  for (let batch = 0; batch < batches; batch++)
    samples.push((await cpuMilliseconds(() => work(times))) * (1e6 / times));
  return samples;
}

/** How many fill a batch, once the compiler is done with them. */
function pieces(warmUpMs: number, batchMs: number): number {
  const began = performance.now();
  for (let times = 1; ; times *= 2) {
    const start = performance.now();
    work(times);
    const end = performance.now();
    if (end - began >= warmUpMs) return Math.max(1, Math.round((batchMs * times) / (end - start)));
  }
}

function work(times: number): void {
  let mixed = 1;
  for (let n = 0; n < times; n++) {
    mixed ^= sealRaw(plaintext, additional).body[0] ?? 0;
    for (let at = 0; at < 4096; at++) mixed = Math.imul(mixed ^ (table[at & 255] ?? 0), 0x01000193) ^ (mixed >>> 15);
  }
  // Looked at, or the compiler would leave it out.
  if (Number.isNaN(mixed)) throw new Error('not a number');
}
