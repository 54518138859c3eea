// The same seed has the same trace: again, in another process, with another thread pool, time zone and locale, and on another Node.

import { beforeAll, describe, expect, test } from 'vitest';
import { simulateSeeds } from '../../src/simulation/simulate-seeds.ts';
import { buildTimeout, built } from '../build.ts';
import { cliFile, start } from '../child.ts';

/** Path of another Node, to ask it too. */
const otherNode = process.env['KMSIM_OTHER_NODE'] ?? '';
const otherReason = otherNode === '' ? ' (skipped: KMSIM_OTHER_NODE names none)' : '';
const seeds = ['1', '2', '3', '4', '5', '6', '7', '8'];

let here = '';

/** The lines but for the time it took. */
function lines(text: string): string {
  return text.replace(/"elapsedMs":\d+/, '');
}

async function inProcess(): Promise<string> {
  let said = '';
  const stdout = { write: (text: string) => (said += text) };
  await simulateSeeds({ seeds, regions: 3, operations: 200, json: true }, { stdout, stderr: stdout });
  return lines(said);
}

async function child(node: string, env: Readonly<Record<string, string>>): Promise<string> {
  const args = [cliFile, 'simulate', '--seeds', String(seeds.length), '--json'];
  const { code, stderr, stdout } = await start(node, args, { env, timeout: 60_000 }).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return lines(stdout);
}

beforeAll(async () => {
  await built();
  here = await inProcess();
}, buildTimeout);

describe('the same seeds', () => {
  test('have a hash each, no two the same', () => {
    const hashes = here.match(/"sha256":"[0-9a-f]{64}"/g) ?? [];
    expect(new Set(hashes).size).toBe(seeds.length);
  });

  test('have the same traces again', { timeout: 60_000 }, async () => {
    expect(await inProcess()).toBe(here);
  });

  test.each([
    { UV_THREADPOOL_SIZE: '1', TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8' },
    { UV_THREADPOOL_SIZE: '8', TZ: 'America/St_Johns', LC_ALL: 'C' },
  ])('have them in a process with %j', { timeout: 60_000 }, async (env) => {
    expect(await child(process.execPath, env)).toBe(here);
  });

  test.skipIf(otherNode === '')(`have them on another Node${otherReason}`, { timeout: 60_000 }, async () => {
    expect(await child(otherNode, {})).toBe(here);
  });
});
