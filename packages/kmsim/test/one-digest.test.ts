// One seed gives the same bytes for every key spec: on both backends, in any process, on any Node, whether or not calls wait for each
// other and libraries have been loaded before.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildTimeout, built } from './build.ts';
import { start } from './child.ts';
import { digest } from './digest-of.mjs';

const program = fileURLToPath(new URL('one-digest.mjs', import.meta.url));

/** Path of another Node, to ask it too. */
const otherNode = process.env['KMSIM_OTHER_NODE'] ?? '';
const otherReason = otherNode === '' ? ' (skipped: KMSIM_OTHER_NODE names none)' : '';

interface Found {
  readonly digest: string;
  /** Of all answers with every member, and of a snapshot. */
  readonly trace: string;
  readonly faults: readonly unknown[];
  readonly specs: number;
}

let face = '';

beforeAll(async () => {
  face = pathToFileURL(`${await built()}/packages/kmsim/dist/index.js`).href;
}, buildTimeout);

async function run(node: string, how: string): Promise<Found> {
  const { code, stderr, stdout } = await start(node, [program, face, ...how.split(' ')], { timeout: 60_000 }).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Found;
}

let trace: string | undefined;

function expectTheSame(found: Found): void {
  trace ??= found.trace;
  expect(found).toMatchObject({ digest, faults: [], specs: 20, trace });
}

describe('one seed, one digest', () => {
  test.each([
    // Nothing is loaded, and nobody waits for an answer, nor does the clock.
    'native at-once cold',
    'native in-turn warm',
    'portable at-once cold',
  ])('%s', { timeout: 60_000 }, async (how) => {
    expectTheSame(await run(process.execPath, how));
  });

  test.skipIf(otherNode === '').each(['native at-once cold', 'portable in-turn warm'])(
    `%s, on another Node${otherReason}`,
    { timeout: 60_000 },
    async (how) => {
      expectTheSame(await run(otherNode, how));
    },
  );
});
