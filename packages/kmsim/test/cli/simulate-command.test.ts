// `kmsim simulate`.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addSimulate } from '../../src/cli/simulate-command.ts';
import { ran } from './conformance-commands.ts';

test('runs seed after seed and ends with the figures', async () => {
  const { code, stderr, stdout } = await ran(addSimulate, ['simulate', '--seeds', '2', '--operations', '60']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^2 seeds, \d+ operations \(\d+ succeeded\), \d+ timed effects, \d+ messages between Regions\n/,
  );
  expect(stdout).toMatch(/\n\d+ faults: .+\n[\d.]+ simulated years in [\d.]+ s, 0 failures\n$/);
});

test('--json is a line for each seed and one for the totals', async () => {
  const { stdout } = await ran(addSimulate, [
    'simulate',
    '--seeds',
    '2',
    '--from',
    '7',
    '--operations',
    '40',
    '--json',
  ]);
  const lines = stdout.trimEnd().split('\n');
  const [first, second, last] = lines.map((line) => JSON.parse(line));
  expect(lines).toHaveLength(3);
  expect([first.seed, second.seed]).toEqual(['7', '8']);
  expect(last.totals).toMatchObject({ seeds: 2, operations: first.operations + second.operations, failures: 0 });
  expect(last.totals.simulatedMs).toBe(first.simulatedMs + second.simulatedMs);
});

test('--seed is one seed, and the same as by its number; other bounds make it another run', async () => {
  const hash = async (...args: string[]) =>
    /"sha256":"(\w+)"/.exec(
      (await ran(addSimulate, ['simulate', '--json', '--operations', '40', ...args])).stdout,
    )?.[1];
  const one = await hash('--seed', '7');
  expect(one).toBe(await hash('--from', '7', '--seeds', '1'));
  expect(one).not.toBe(await hash('--seed', '7', '--regions', '2'));
  expect(one).not.toBe(await hash('--seed', 'seven'));
});

test('--trace writes the trace of the last seed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kmsim-simulate-'));
  try {
    const file = join(folder, 'trace.jsonl');
    const { stdout } = await ran(addSimulate, ['simulate', '--seed', '3', '--trace', file, '--json']);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const kinds = new Set(lines.map((line) => JSON.parse(line).kind));
    expect([...kinds]).toEqual(expect.arrayContaining(['run', 'request', 'answer', 'effect', 'message']));
    const messages = lines.filter((line) => line.includes('"kind":"message"')).length;
    expect(JSON.parse(stdout.split('\n')[0] ?? '').messages).toBe(messages);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  [['--seeds', '0'], 'A whole number from 1'],
  [['--regions', '1'], 'A whole number from 2 to 5'],
  [['--regions', '6'], 'A whole number from 2 to 5'],
  [['--operations', 'many'], 'A whole number from 1'],
  [['--from', '-1'], 'A whole number from 0'],
  [['--trace', '/nowhere/at/all'], 'no such file or directory'],
])('%j says why not', async (args, words) => {
  const { code, stderr } = await ran(addSimulate, ['simulate', '--operations', '1', '--seeds', '1', ...args]);
  expect(code).toBe(1);
  expect(stderr).toContain(words);
});
