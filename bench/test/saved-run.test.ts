// Runs as files.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CommandError } from '../src/command-error.ts';
import { fileToSave, folders, readRun, saveRun } from '../src/saved-run.ts';
import { countedRun } from './runs.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-runs-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a saved run reads back as it was', async () => {
  const run = await countedRun({ floor: 100, work: 200 });
  const file = saveRun(join(folder, 'deep', 'run.json'), run);
  expect(readRun(file)).toEqual(run);
});

test("a name is a file among the runs of one's own, a path is a path", () => {
  expect(fileToSave('before-2.1')).toBe(join(folders.own, 'before-2.1.json'));
  expect(fileToSave(join(folder, 'a.json'))).toBe(join(folder, 'a.json'));
  for (const name of ['', '../up', 'a b', '.hidden']) expect(() => fileToSave(name)).toThrow(CommandError);
});

test('runs that are kept are found by their names', () => {
  expect(readRun('node-20').machine.node).toMatch(/^20\./);
});

test('a run that is not there is told, with a name that is near', () => {
  expect(() => readRun('node-25')).toThrow(/Did you mean 'node-2\d'\?/);
  expect(() => readRun(join(folder, 'none.json'))).toThrow(CommandError);
});

test.each(['{', '[]', 'null', '{"suites":[{}],"machine":{}}', '{"suites":[]}'])('%s is no run', (text) => {
  const file = join(folder, 'none.json');
  writeFileSync(file, text);
  expect(() => readRun(file)).toThrow(/holds no run/);
});
