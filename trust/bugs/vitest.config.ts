// The tests on sources with one seeded bug, named by KMSIM_BUG. No file is touched: the text is changed on its way into the test.

import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';
import { seeded } from './bug.ts';
import { bugs } from './bugs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tests: readonly string[] = JSON.parse(process.env['KMSIM_BUG_TESTS'] ?? '[]');
const bug = bugs.find(({ name }) => name === process.env['KMSIM_BUG']);

const seeder: Plugin = {
  name: 'kmsim-seeded-bug',
  enforce: 'pre',
  transform(source, id) {
    if (bug === undefined || id.split('?')[0] !== `${root}${bug.file}`) return undefined;
    return seeded(bug, source) ?? this.error(`${bug.name} is stale: its text is not once in ${bug.file}.`);
  },
};

export default defineConfig({
  root,
  plugins: [seeder],
  ssr: { resolve: { conditions: ['source', 'node'] } },
  resolve: {
    alias: { '@fast-check/vitest': fileURLToPath(new URL('../mutation/property-tests.ts', import.meta.url)) },
  },
  test: { include: [...tests], isolate: false, setupFiles: ['vitest.setup.ts'], testTimeout: 20_000, maxWorkers: 1 },
});
