// Runs as files.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CommandError } from '../src/command-error.ts';
import { fileToSave, folders, readRun, saveRun } from '../src/saved-run.ts';
import { countedRun, ns, oneTable, runOf } from './runs.ts';

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

function errorOf(text: string): string {
  const file = join(folder, 'none.json');
  writeFileSync(file, text);
  try {
    readRun(file);
  } catch (error) {
    expect(error).toBeInstanceOf(CommandError);
    return (error as Error).message.replace(file, '<file>');
  }
  throw new Error('it was read');
}

test.each(['{', '[]', 'null', '"x"', '1', '{"suites":[{}],"machine":{}}', '{"suites":[]}'])('%s is no run', (text) => {
  expect(errorOf(text)).toMatch(/^<file> holds no run: .*--save or --json writes/);
});

const figureAt = 'suites[0].tables[0].rows[0].figures.column';

test.each<[path: string, value: unknown, told: string]>([
  ['machine', null, 'machine'],
  ['machine', [], 'machine'],
  ['machine.node', 20, 'machine.node'],
  ['machine.cpu', undefined, 'machine.cpu'],
  ['commit', {}, 'commit'],
  ['smoke', 'no', 'smoke'],
  ['suites', {}, 'suites'],
  ['suites.0', null, 'suites[0]'],
  ['suites.0.name', '', 'suites[0].name'],
  ['suites.0.about', 1, 'suites[0].about'],
  ['suites.0.yardstick', 1, 'suites[0].yardstick'],
  ['suites.0.tables', undefined, 'suites[0].tables'],
  ['suites.0.tables.0', null, 'suites[0].tables[0]'],
  ['suites.0.tables.0.title', undefined, 'suites[0].tables[0].title'],
  ['suites.0.tables.0.rows', null, 'suites[0].tables[0].rows'],
  ['suites.0.tables.0.rows.0', 'row', 'suites[0].tables[0].rows[0]'],
  ['suites.0.tables.0.rows.0.name', 1, 'suites[0].tables[0].rows[0].name'],
  ['suites.0.tables.0.rows.0.figures', undefined, 'suites[0].tables[0].rows[0].figures'],
  ['suites.0.tables.0.rows.0.figures.column', null, figureAt],
  ['suites.0.tables.0.rows.0.figures.column.median', 'x', `${figureAt}.median`],
  ['suites.0.tables.0.rows.0.figures.column.median', undefined, `${figureAt}.median`],
  ['suites.0.tables.0.rows.0.figures.column.p25', '1', `${figureAt}.p25`],
  ['suites.0.tables.0.rows.0.figures.column.unit', 'toString', `${figureAt}.unit`],
  ['suites.0.tables.0.rows.0.figures.column.rounds', [1, 'x'], `${figureAt}.rounds[1]`],
])('a run whose %s is %j is told as the fault of the file', (path, value, told) => {
  const run = JSON.parse(JSON.stringify(runOf(oneTable({ column: ns(100, 90, 110) }))));
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const parent = steps.reduce((at, step) => at[step], run);
  parent[last] = value;
  expect(errorOf(JSON.stringify(run))).toBe(
    `<file> holds no run: it is not what --save or --json writes, by its ${told}.`,
  );
});

test('a figure that was no number is read: JSON has it as null', () => {
  const file = saveRun(join(folder, 'nan.json'), runOf(oneTable({ column: ns(Number.NaN) })));
  expect(readRun(file).suites[0]?.tables[0]?.rows[0]?.figures['column']?.median).toBeNull();
});

test('a folder with the name of a run is none', () => {
  const path = join(folder, 'd.json');
  mkdirSync(path);
  expect(() => readRun(path)).toThrow(CommandError);
  expect(() => readRun(path)).toThrow(/d\.json cannot be read: .*EISDIR/);
});
