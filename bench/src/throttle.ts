// Request quotas: the token bucket by itself, and what counting adds to a request.

import { newBucket, type OperationName, take, Visit } from '@kmsim/kms';
import type { QuotaMode } from 'kmsim';
import { type Alternative, interleave, rowsOf } from './interleave.ts';
import { context, nth, prepare, seed } from './keys.ts';
import { single } from './statistics.ts';
import type { Effort, Suite, Table } from './suite.ts';

const modes: readonly QuotaMode[] = ['off', 'meter', 'enforce'];
// So wide that no request is refused: a refusal costs a stack trace and not a bucket.
const wide = { 'DescribeKey request rate': 1e12, 'Cryptographic operations (symmetric) request rate': 1e12 };
const Plaintext: Uint8Array = new Uint8Array(32).fill(1);
const noon = Date.UTC(2026, 0, 1, 12);

export const throttle: Suite = {
  name: 'throttle',
  about: 'A token bucket by itself, and requests that count on their quotas against the same requests with quotas off.',
  nodeFlags: ['--expose-gc'],
  run: async (effort) => [
    {
      title: 'A token bucket',
      rows: rowsOf(await interleave([taking('take, granted', 1), taking('take, refused', 50)], effort)),
    },
    garbage(),
    await requests(effort, 'DescribeKey', (KeyId) => ({ KeyId })),
    await requests(effort, 'Encrypt', (KeyId) => ({ KeyId, Plaintext, EncryptionContext: context })),
  ],
};

/** Fifty buckets in turn, the clock a little later each time; one in `hurry` calls finds room. */
function taking(name: string, hurry: number): Alternative {
  const buckets = Array.from({ length: 50 }, (_, n) => newBucket(1_000 + n / 3, noon, 1));
  let clock = noon;
  return {
    name,
    run: (times) => {
      // Of the function's own: a variable that it shared with others would be garbage at each step.
      let now = clock;
      let refused = 0;
      for (let n = 0; n < times; n++) {
        now += 0.02 / hurry;
        if (take(nth(buckets, n), now) > 0) refused += 1;
      }
      clock = now;
      // Looked at, or the compiler would leave it out.
      if (refused > times) throw new Error(name);
    },
  };
}

/** At small whole instants: another number is garbage of whoever hands it over. */
function garbage(): Table {
  const buckets = Array.from({ length: 50 }, (_, n) => newBucket(1_000 + n / 3, 0, 1));
  let refused = 0;
  const run = (times: number): void => {
    for (let n = 0; n < times; n++) if (take(nth(buckets, n), n) > 0) refused += 1;
    // Looked at, or the compiler would leave it out.
    if (refused < 0) throw new Error('fewer than none');
  };
  // Until the compiler is done with it.
  for (let n = 0; n < 20; n++) run(100_000);
  // Few enough that no collection comes in between.
  const times = 200_000;
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  run(times);
  const bytes = Math.max(0, process.memoryUsage().heapUsed - before) / times;
  return { title: 'Garbage of a take', rows: [{ name: 'take', figures: { 'heap a call': single('bytes', bytes) } }] };
}

async function requests(effort: Effort, operation: OperationName, input: (KeyId: string) => object): Promise<Table> {
  const alternatives = await Promise.all(
    modes.map(async (mode): Promise<Alternative> => {
      const { keys, sim } = await prepare({ seed, quotas: { set: wide } }, 100);
      sim.quotas.mode = mode;
      const { kms } = sim;
      const caller = sim.caller();
      return {
        name: `quotas: ${mode}`,
        run: (times) => {
          for (let n = 0; n < times; n++) kms.dispatch(new Visit(operation, input(nth(keys, n).id), 'direct', caller));
        },
      };
    }),
  );
  return { title: `${operation}, dispatched`, rows: rowsOf(await interleave(alternatives, effort), 'quotas: off') };
}
