// @kmsim/conformance is found beside kmsim or where the command is called; without it there is a line that says how to get it.

import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConformance } from '../../src/cli/load-conformance.ts';
import { buildTimeout, built } from '../build.ts';
import { start } from '../child.ts';

let folder: string;
beforeAll(async () => {
  const root = await built();
  folder = mkdtempSync(join(tmpdir(), 'kmsim-load-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  // Alone in a folder, nothing is installed beside it.
  copyFileSync(join(root, 'packages/kmsim/dist/cli/load-conformance.js'), join(folder, 'load.js'));
  copyFileSync(join(root, 'packages/kmsim/dist/cli/terminal.js'), join(folder, 'terminal.js'));
  install('project', 'export const scoreCommand = () => 42;');
  install('broken', "import 'no-such-package';");
}, buildTimeout);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function install(project: string, code: string): void {
  const at = join(folder, project, 'node_modules/@kmsim/conformance');
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'package.json'), '{"name":"@kmsim/conformance","type":"module","exports":"./index.js"}');
  writeFileSync(join(at, 'index.js'), code);
}

async function loadedIn(project: string): Promise<string> {
  const code = `import { loadConformance } from './load.js';
    loadConformance(${JSON.stringify(join(folder, project))}).then(
      (loaded) => console.log(loaded.scoreCommand()),
      (error) => console.log(error.message),
    );`;
  const { stdout } = await start(process.execPath, ['--input-type=module', '--eval', code], { cwd: folder }).ended;
  return stdout.trim();
}

test('beside kmsim, as in this workspace', async () => {
  expect(Object.keys(await loadConformance())).toEqual(
    expect.arrayContaining(['recordCommand', 'replayCommand', 'scoreCommand']),
  );
});

describe('alone', () => {
  test('it is found where the command is called', async () => {
    expect(await loadedIn('project')).toBe('42');
  });

  test('it is missing, and the line says what to type', async () => {
    expect(await loadedIn('nowhere')).toBe(
      'This command needs @kmsim/conformance, which is not installed: npm install --save-dev @kmsim/conformance',
    );
  });

  test('what it lacks itself is not hidden', async () => {
    expect(await loadedIn('broken')).toContain("Cannot find package 'no-such-package'");
  });
});
