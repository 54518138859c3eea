// What reaches a terminal: every character of it is seen, and JSON stays JSON.

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { exportLine, inert, inertStream } from '../../src/cli/terminal.ts';
import { buildTimeout, built } from '../build.ts';
import { cliFile, kmsim, start } from '../child.ts';

const hostile: readonly (readonly [what: string, text: string])[] = [
  ['an escape sequence', 'a\u001b[2Jb'],
  ['an operating system command', '\u001b]0;title\u0007'],
  ['a carriage return', 'safe\rgone'],
  ['a backspace', 'a\bb'],
  ['a NUL', 'a\0b'],
  ['a delete', 'a\u007fb'],
  ['a C1 sequence', '\u009b2J'],
  ['an override of direction', '\u202egnp.exe'],
  ['isolates', '\u2066a\u2069'],
  ['marks of direction', '\u200e\u200f\u061c'],
  ['no width', 'a\u200bb\ufeff'],
  ['separators of lines', 'a\u2028b\u2029c'],
  ['half a pair', 'a\ud800b'],
  ['a tag', '\u{e0041}'],
];

const seen = /^[\P{C}\n]*$/u;

test.each(hostile)('%s is seen', (_, text) => {
  expect(inert(text)).toMatch(seen);
  expect(inert(text)).toContain('\\u');
  expect(JSON.parse(inert(JSON.stringify({ [text]: text })))).toEqual({ [text]: text });
});

property.prop([fc.string({ unit: 'binary' })])('whatever it is, it is seen, and JSON stays JSON', (text) => {
  expect(inert(text)).toMatch(seen);
  expect(inert(text)).not.toMatch(/[\u2028\u2029]/);
  expect(JSON.parse(inert(JSON.stringify(text)))).toBe(text);
});

test('what is plain stays as it is', () => {
  for (const text of ['two\nlines\n', 'é ü 日本 🔑', '']) expect(inert(text)).toBe(text);
});

test('a stream lets nothing else through', () => {
  const written: unknown[] = [];
  const stream = { isTTY: true, write: vi.fn((text: unknown) => written.push(text) > 0) };
  const safe = inertStream(stream as unknown as NodeJS.WriteStream);
  safe.write('a\u001b[2J\n');
  safe.write(Uint8Array.of(0x1b));
  expect([safe.isTTY, written]).toEqual([true, ['a\\u001b[2J\n', Uint8Array.of(0x1b)]]);
});

describe('a line for a shell', () => {
  test.each([
    'test',
    'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    '$(id)',
    '`id`',
    'a b',
    "it's",
    '"',
    'a;b',
    '',
    '*',
    '~',
    '#',
    '!x',
    '\\',
  ])('sets %j, and runs nothing of it', (value) => {
    const { stdout } = spawnSync('sh', ['-c', `${exportLine('VALUE', value)}\nprintf %s "$VALUE"`], {
      encoding: 'utf8',
    });
    expect(stdout).toBe(value);
  });

  test('is plain where it can be', () => {
    expect(exportLine('A', 'http://127.0.0.1:4599')).toBe('export A=http://127.0.0.1:4599');
  });
});

describe('the commands', () => {
  beforeAll(() => built(), buildTimeout);

  // All at once. An argument of a program has no NUL, and no half pair.
  const spoken = hostile
    .map(([, text]) => text)
    .filter((text) => !text.includes('\0') && text.isWellFormed())
    .join('-');

  test('kmsim simulate with such a seed', async () => {
    const { code, stderr, stdout } = await kmsim(['simulate', '--seed', spoken, '--operations', '2', '--json']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(seen);
    expect((JSON.parse(stdout.split('\n')[0] ?? '') as { seed: string }).seed).toBe(spoken);
  });

  test('kmsim serve with a secret of controls and quotes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kmsim-terminal-'));
    try {
      const path = join(folder, 'keys.json');
      const secret = hostile.map(([, text]) => text).join("'; echo ");
      await writeFile(path, JSON.stringify([{ accessKeyId: 'mine', secretAccessKey: secret }]));
      for (const flags of [[], ['--json']]) {
        await using child = start(process.execPath, [cliFile, 'serve', '--port', '0', '--access-keys', path, ...flags]);
        await child.printed(/AWS_DEFAULT_REGION.*\n/);
        expect(child.stdout()).toMatch(seen);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test.each([
    [[spoken]],
    [['serve', `--${spoken}`]],
    [['serve', '--identities', spoken]],
    [['explain', '--cases', spoken]],
  ])('kmsim %j', async (args) => {
    const { code, stderr, stdout } = await kmsim(args);
    expect(code).not.toBe(0);
    expect(stderr + stdout).toMatch(seen);
    expect(stderr).not.toBe('');
  });
});
