// What is published stands in few files, and is the same program.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { bundleForPage } from './browser/bundle-for-page.ts';
import { buildTimeout, built } from './build.ts';
import { start } from './child.ts';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

let root = '';

beforeAll(async () => {
  root = await built();
}, buildTimeout);

async function run(folder: 'dist' | 'bundled', program: string, ...args: readonly string[]): Promise<string> {
  const conditions = folder === 'bundled' ? ['--conditions=bundled'] : [];
  const face = pathToFileURL(`${root}/packages/kmsim/${folder}/index.js`).href;
  const child = start(process.execPath, [...conditions, here(program), face, ...args], { timeout: 60_000 });
  const { code, stderr, stdout } = await child.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

test('every key spec gives the same bytes', { timeout: 120_000 }, async () => {
  const how = ['native', 'at-once', 'cold'] as const;
  const compiled = await run('dist', 'one-digest.mjs', ...how);
  expect(compiled).toContain('"digest"');
  expect(await run('bundled', 'one-digest.mjs', ...how)).toBe(compiled);
});

test('a first Encrypt loads a tenth of the files, and none of them from the modules one by one', async () => {
  const files = (await run('bundled', 'loaded.mjs')).split('\n').filter((line) => line.startsWith('file:'));
  expect(files.filter((file) => /\/packages\/[^/]+\/dist\//.test(file))).toEqual([]);
  expect(files.length).toBeLessThan(50);
});

test('the command runs', async () => {
  const args = ['--conditions=bundled', `${root}/packages/kmsim/bundled/cli/main.js`, '--help'];
  const { code, stdout } = await start(process.execPath, args).ended;
  expect(code).toBe(0);
  expect(stdout).toContain('kmsim');
});

test("a bundler for browsers finds all that it needs, and nothing of Node's", async () => {
  const { files, missing } = await bundleForPage(`${root}/packages/kmsim/bundled/index.js`, 'bundled');
  expect(missing).toEqual([]);
  expect([...files.values()].join('\n')).not.toMatch(/createServer|undici/);
});
