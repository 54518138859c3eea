// Seed after seed: what is told of them, and of one that fails.

import { describe, expect, test } from 'vitest';
import { type SimulateFlags, simulateSeeds } from '../../src/simulation/simulate-seeds.ts';
import { plantedBugs } from './planted-bugs.ts';

const flags: SimulateFlags = { seeds: ['1', '2', '3'], regions: 3, operations: 100, json: false };

async function said(more: Partial<SimulateFlags>, { bug = '', isTTY = false } = {}) {
  const texts = { stdout: '', stderr: '' };
  const io = {
    stdout: { write: (text: string) => (texts.stdout += text) },
    stderr: { write: (text: string) => (texts.stderr += text), isTTY },
  };
  const code = await simulateSeeds({ ...flags, ...more }, io, plantedBugs[bug]?.plant());
  return { code, ...texts };
}

describe('a seed that fails', () => {
  test('is the last, and told with what shows it again', async () => {
    const { code, stdout } = await said({}, { bug: 'copied description' });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Seed 1 fails after /);
    expect(stdout).toContain('promise: a new key or replica has what was asked for');
    expect(stdout).toContain('again:   kmsim simulate --seed 1 --regions 3 --operations 100\n');
    const [, commands] = /Of \d+ commands these (\d+) are enough:/.exec(stdout) ?? [];
    expect(Number(commands)).toBeLessThan(5);
    expect(stdout).toContain('1 failures\n');
  });

  test('is in the last line of JSON', async () => {
    const { stdout } = await said({ json: true }, { bug: 'copied description' });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ seed: '1', fails: expect.stringContaining('made as asked: ') });
    expect(lines[1]).toMatchObject({
      totals: { seeds: 1, failures: 1 },
      failure: {
        seed: '1',
        invariant: 'made as asked',
        reproduce: 'kmsim simulate --seed 1 --regions 3 --operations 100',
      },
    });
    expect(lines[1].failure.commands.length).toBeGreaterThan(0);
  });
});

test('a terminal sees how far it is, and nobody else', async () => {
  const { stderr, stdout } = await said({}, { isTTY: true });
  expect(stderr).toContain('\r\u001b[K1/3 seeds, ');
  expect(stderr).toMatch(/3\/3 seeds, \d+ operations, [\d.]+ simulated years, \d+ faults/);
  expect(stderr.endsWith('\r\u001b[K')).toBe(true);
  expect(stdout).toMatch(/^3 seeds/);
  expect((await said({})).stderr).toBe('');
});
