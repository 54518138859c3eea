// The rules of the house that no linter knows, each broken once.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { houseRules } from '../house-rules.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-house-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('300 lines are a file', () => {
  write('packages/kms/src/long.ts', lines(300));
  expect(houseRules(folder)).toEqual([]);
});

test('301 lines are two files', () => {
  write('packages/kms/src/long.ts', lines(301));
  expect(houseRules(folder)).toEqual([
    expect.stringMatching(/^packages\/kms\/src\/long\.ts: 301 lines, .*Which room is missing/),
  ]);
});

test.each(['types.ts', 'shapes.ts'])('the generated %s may be long', (name) => {
  write(`packages/kms/src/api/${name}`, lines(1000));
  expect(houseRules(folder)).toEqual([]);
});

test('a file begins with what lives in it', () => {
  write('packages/kms/src/silent.ts', 'export const x = 1;\n');
  expect(houseRules(folder)).toEqual([expect.stringMatching(/^packages\/kms\/src\/silent\.ts: begin with a comment/)]);
});

test('a shebang may stand above it', () => {
  write('packages/kmsim/src/cli/main.ts', '#!/usr/bin/env node\n// The command line.\n');
  expect(houseRules(folder)).toEqual([]);
});

test.each(['packages/kms/dist/a.ts', 'packages/kms/node_modules/b/c.ts', 'README.md'])('%s is not a source', (path) => {
  write(path, 'x\n'.repeat(400));
  expect(houseRules(folder)).toEqual([]);
});

function lines(count: number): string {
  return `// What lives here.\n${'x;\n'.repeat(count - 1)}`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
