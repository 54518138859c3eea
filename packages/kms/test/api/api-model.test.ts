// The generated files are what the generator writes today.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../../scripts/api-model.mjs', import.meta.url));
const run = (...options: string[]) => spawnSync(process.execPath, [script, ...options], { encoding: 'utf8' });

const folder = mkdtempSync(join(tmpdir(), 'api-model-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('types.ts and shapes.ts are up to date', () => {
  expect(run('--check')).toMatchObject({ status: 0, stderr: '' });
});

test('a check writes nothing and names the mend; after it the check passes', () => {
  writeFileSync(join(folder, 'types.ts'), 'stale');
  const stale = run('--check', '--to', folder);
  expect(stale.status).toBe(1);
  expect(stale.stderr).toMatch(/types\.ts does not match .*: run npm run api-model\n.*shapes\.ts does not match/);
  expect(readdirSync(folder)).toEqual(['types.ts']);
  expect(run('--to', folder).status).toBe(0);
  expect(run('--check', '--to', folder).status).toBe(0);
});
