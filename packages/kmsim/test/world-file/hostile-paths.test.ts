// Names of files that want out of the folder of a world: none of them is read.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { referencesOf } from '../../src/world-file/files.ts';

const outside = mkdtempSync(join(tmpdir(), 'kmsim-'));
const folder = join(outside, 'world');
mkdirSync(join(folder, 'sub'), { recursive: true });
writeFileSync(join(outside, 'secret'), 'outside');
writeFileSync(join(folder, 'inside'), 'inside');
const read = referencesOf(join(folder, 'kms.json'));

afterAll(() => rmSync(outside, { recursive: true }));

const ups = [
  '../',
  '..\\',
  './../',
  '.\\..\\',
  'sub/../../',
  'sub\\..\\..\\',
  'sub/./../../',
  '//../',
  '....//../',
  '../world/../',
];
const encoded = [
  '%2e%2e/',
  '%2e%2e%2f',
  '..%2f',
  '..%5c',
  '%252e%252e%252f',
  '..%c0%af',
  '%c0%ae%c0%ae/',
  '..%u2215',
  '\u2025/',
  '\uff0e\uff0e/',
  '..\u2215',
  '..\u2044',
  '..;/',
  '.. /',
  '..\t/',
  '...//',
  '. ./',
];
const absolute = [
  '/etc/passwd',
  '/proc/self/environ',
  '/dev/zero',
  '/dev/stdin',
  '/dev/fd/0',
  '//etc/passwd',
  '///etc/passwd',
  '/./etc/passwd',
  '\\etc\\passwd',
  '\\\\server\\share\\secret',
  '//server/share/secret',
  '\\\\?\\C:\\secret',
  '\\\\.\\pipe\\secret',
  'C:\\secret',
  'C:/secret',
  'c:secret',
  'Z:..\\secret',
  'file:///etc/passwd',
  'file:../secret',
  'http://127.0.0.1/secret',
  'data:,secret',
  '~/secret',
  '~root/secret',
  '$HOME/secret',
  '%HOME%/secret',
  '`id`',
  '$(id)',
  '|id',
  'CON',
  'NUL',
  'COM1',
];
const cut = [
  '\0',
  '../secret\0',
  '../secret\0.pem',
  'inside\0/../../secret',
  'inside\0',
  '/etc/passwd\0.pem',
  '\0/../secret',
];
const odd = [
  '',
  '.',
  './',
  '..',
  '../',
  '../..',
  '/',
  '\\',
  'sub',
  'sub/',
  'sub/..',
  'sub/../..',
  `${'../'.repeat(40)}etc/passwd`,
  `${'a/'.repeat(2_000)}x`,
  'inside/../../secret',
  '-',
  '--help',
  '\n',
  ' ',
  '*',
  '?',
];

const hostile = [
  ...ups.map((way) => `${way}secret`),
  ...encoded.map((way) => `${way}secret`),
  ...absolute,
  ...cut,
  ...odd,
];

test('there are more than eighty of them', () => {
  expect(new Set(hostile).size).toBeGreaterThan(80);
});

test.each(hostile)('%j is not read', (name) => {
  expect(read(name)).toEqual({ refused: expect.any(String) });
});

test('what is in the folder is', () => {
  for (const name of ['inside', './inside', './/inside']) {
    expect(new TextDecoder().decode(read(name) as Uint8Array)).toBe('inside');
  }
});

describe.skipIf(process.platform === 'win32')('links', () => {
  test.each([
    ['to a file', '../secret', ''],
    ['to its folder', '..', '/secret'],
    ['to the root', '/', '/etc/passwd'],
    ['to a device', '/dev/zero', ''],
    ['to what the process has open', '/proc/self/fd', '/0'],
    ['to itself', 'link to itself', ''],
  ])('%s lead out, and are not followed', (what, target, rest) => {
    const name = `link ${what}`;
    symlinkSync(target, join(folder, name));
    expect(read(name + rest)).toEqual({ refused: expect.any(String) });
  });
});
