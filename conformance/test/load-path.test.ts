// Transcripts that somebody names.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPath } from '../src/load-path.ts';
import { filed } from './filed.ts';
import { entry, har } from './record/archive.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-load-'));
  write('mine/one.json', filed('mine/one').transcript);
  write('mine/deep/two.json', filed('deep/two').transcript);
  write('caught.har', har(entry('ListKeys', {}, 200, { Keys: [], Truncated: false })));
  write('notes.txt', 'nothing');
  write('bad/later.json', {
    ...filed('bad/later').transcript,
    steps: [{ id: 'x', op: 'ListKeys', input: { A: { $ref: 'y.Z' } }, evidence: 'succeeded' }],
  });
  writeFileSync(join(folder, 'broken.json'), '{"name":');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, value: unknown): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify(value));
}

test('a file', () => {
  expect(loadPath(join(folder, 'mine/one.json'))).toMatchObject([
    { theme: 'mine', path: 'one', transcript: { name: 'one' } },
  ]);
});

test('a folder, to its last corner', () => {
  expect(loadPath(join(folder, 'mine')).map(({ path, theme }) => [theme, path])).toEqual([
    ['deep', 'deep/two'],
    ['mine', 'one'],
  ]);
});

test('an HTTP archive is told by what is in it', () => {
  expect(loadPath(join(folder, 'caught.har'))).toMatchObject([
    { path: 'caught', transcript: { name: 'caught', steps: [{ op: 'ListKeys' }] } },
  ]);
});

describe('refused with file, step and reason', () => {
  test.each([
    ['broken.json', 'broken.json: '],
    ['bad/later.json', 'later.json: step x: refers to "y.Z", and no step y came before'],
    ['notes.txt', 'notes.txt: '],
    ['nowhere', 'nowhere'],
  ])('%s', (path, reason) => {
    expect(() => loadPath(join(folder, path))).toThrow(reason);
  });

  test('a folder without any', () => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    expect(() => loadPath(join(folder, 'empty'))).toThrow('no transcript in it');
  });
});
