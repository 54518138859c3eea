// The example for node:test passes, and fails where it should: run by Node itself, with the compiled packages.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../../../scripts/run.mjs';
import { buildTimeout, built } from '../build.ts';
import { start } from '../child.ts';

const example = join(root, 'examples/node-test.mjs');
let folder = '';

beforeAll(async () => {
  await built();
  // Inside the workspace, where the name of the package leads to it.
  folder = await mkdtemp(join(root, 'node_modules', '.kmsim-node-test-'));
}, buildTimeout);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('passes', async () => {
  const { code, stdout } = await start(process.execPath, ['--test-reporter=tap', example], { timeout: 60_000 }).ended;
  expect(stdout).toContain('# pass 1\n');
  expect(code).toBe(0);
});

test('fails with the words of the assertion', async () => {
  const file = join(folder, 'failing.mjs');
  const text = await readFile(example, 'utf8');
  await writeFile(file, text.replace("toHaveCalled('Encrypt', 1)", "toHaveCalled('Encrypt', 2)"));
  const { code, stdout } = await start(process.execPath, ['--test-reporter=tap', file], { timeout: 60_000 }).ended;
  expect(stdout).toContain("assertThat(sim).toHaveCalled('Encrypt', 2): Encrypt was called once.");
  expect(code).toBe(1);
});
