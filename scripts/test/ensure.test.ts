// What makes `npm start` install: a Node that is too old stops it, a changed lockfile or manifest starts it, nothing else does.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint, isTooOld } from '../ensure.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-ensure-'));
  for (const path of [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'package.json',
    'bench/package.json',
    'packages/a/package.json',
  ]) {
    write(path, 'as it was');
  }
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(['18.20.8', '20.18.3', '8.0.0'])('Node %s is too old', (version) => {
  expect(isTooOld(version)).toBe(true);
});

test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('Node %s will do', (version) => {
  expect(isTooOld(version)).toBe(false);
});

test.each(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', 'bench/package.json', 'packages/a/package.json'])(
  'a change of %s asks for an install',
  (path) => {
    const before = fingerprint(folder);
    write(path, 'changed');
    expect(fingerprint(folder)).not.toBe(before);
  },
);

test('a new package asks for an install', () => {
  const before = fingerprint(folder);
  write('packages/b/package.json', 'new');
  expect(fingerprint(folder)).not.toBe(before);
});

test.each([
  'packages/a/src/index.ts',
  'node_modules/x/package.json',
  'packages/a/node_modules/package.json',
  'dist/package.json',
])('%s does not', (path) => {
  const before = fingerprint(folder);
  write(path, 'new');
  expect(fingerprint(folder)).toBe(before);
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
