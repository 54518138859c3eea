// Nothing keeps a process alive: a program that forgets its simulation ends by itself.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTimeout, built } from './build.ts';
import { start } from './child.ts';

let folder = '';
let face = '';

beforeAll(async () => {
  const root = await built();
  face = pathToFileURL(join(root, 'packages/kmsim/dist/index.js')).href;
  folder = await mkdtemp(join(tmpdir(), 'kmsim-exit-'));
}, buildTimeout);
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['makes a simulation with work due in a year', 'await rotated(createKmsim());'],
  [
    'makes a seeded one, opens every door in process and forgets them',
    'const sim = createKmsim({ seed: 1 }); await rotated(sim); sim.clientConfig(); sim.snapshot();',
  ],
  [
    'serves and closes',
    'const server = await serve(createKmsim()); await fetch(server.url + "/health"); await server.close();',
  ],
])('a program that %s ends within two seconds', async (_, line) => {
  const file = join(folder, 'program.mjs');
  const rotated =
    'const rotated = async (sim) => { const { KeyMetadata } = await sim.as().createKey(); await sim.as().enableKeyRotation({ KeyId: KeyMetadata.KeyId }); };';
  await writeFile(
    file,
    `import { createKmsim, serve } from ${JSON.stringify(face)};\n${rotated}\n${line}\nconsole.log('done');\n`,
  );
  await using child = start(process.execPath, [file], { timeout: 10_000 });
  await child.printed(/^done\n/);
  const began = performance.now();
  const { code, signal, stderr } = await child.ended;
  expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
  // From its last word: starting Node is not what is measured.
  expect(performance.now() - began).toBeLessThan(2_000);
});
