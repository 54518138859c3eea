// T19: one seed, one hash: in every process, under every locale and time zone, with one thread or eight, on every Node that is here.
//
// KMSIM_OTHER_NODES names other programs of Node, with colons between them.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start } from '../../../packages/kmsim/test/child.ts';
import { trial } from '../../src/trial.ts';

interface Setting {
  readonly name: string;
  readonly node: string;
  readonly env: Readonly<Record<string, string>>;
}

const program = fileURLToPath(new URL('one-run.mjs', import.meta.url));
const dist = new URL('../../../packages/kmsim/dist/', import.meta.url).href;
const seedsOfProcess = 5;

const here: readonly Setting[] = [
  { name: 'plain', node: process.execPath, env: {} },
  {
    name: 'Turkish, one thread',
    node: process.execPath,
    env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Asia/Kathmandu', UV_THREADPOOL_SIZE: '1' },
  },
  {
    name: 'Swedish, eight threads',
    node: process.execPath,
    env: { LANG: 'sv_SE.UTF-8', LC_ALL: 'sv_SE.UTF-8', TZ: 'America/St_Johns', UV_THREADPOOL_SIZE: '8' },
  },
  {
    name: 'C, the date line',
    node: process.execPath,
    env: { LANG: 'C', LC_ALL: 'C', TZ: 'Pacific/Kiritimati', NODE_OPTIONS: '--max-old-space-size=512' },
  },
];

function others(): readonly Setting[] {
  const named = (process.env['KMSIM_OTHER_NODES'] ?? '')
    .split(delimiter)
    .filter((node) => node !== '' && existsSync(node));
  return named.map((node) => ({ name: `Node ${versionOf(node)}`, node, env: {} }));
}

function versionOf(node: string): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
}

trial('T19', 'one hash for each seed, wherever it runs', async (context) => {
  const settings = [...here, ...others()];
  const hashes = new Map<string, Set<string>>();
  const all = context.size(5, 200);
  let runs = 0;
  for (let first = 0; first < all; first += seedsOfProcess) {
    const count = Math.min(seedsOfProcess, all - first);
    const seeds = Array.from({ length: count }, (_, at) => String(context.seed + first + at));
    for (const { env, node } of settings) {
      const { code, stderr, stdout } = await start(node, [program, dist, ...seeds], { env, timeout: 300_000 }).ended;
      if (code !== 0) throw new Error(stderr);
      for (const line of stdout.trim().split('\n')) {
        const [seed = '', hash = ''] = line.split(' ');
        hashes.set(seed, (hashes.get(seed) ?? new Set()).add(hash));
        runs += 1;
      }
      context.progress(runs, all * settings.length);
    }
  }
  if (runs !== all * settings.length) throw new Error(`${runs} hashes came, not ${all * settings.length}`);
  const different = new Set([...hashes.values()].flatMap((of) => [...of])).size;
  return [
    {
      count: hashes.size,
      of: 'seeds with more than one hash',
      failures: [...hashes.values()].filter(({ size }) => size > 1).length,
      note: `${runs} runs: ${settings.map(({ name }) => name).join('; ')}`,
    },
    // A hash that never changes would be the same everywhere, too.
    { count: all, of: 'seeds share their hash with another', failures: all - different },
  ];
});
