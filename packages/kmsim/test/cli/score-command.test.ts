// `kmsim score`.

import { expect, test } from 'vitest';
import { addScore } from '../../src/cli/score-command.ts';
import { ran } from './conformance-commands.ts';

test('counts by theme, and says how far it is on the standard error', async () => {
  const { code, stderr, stdout } = await ran(addScore, ['score', '--theme', 'random', '--theme', 'tags']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/passed +failed +unsupported +no answer +skipped\nrandom .*\ntags /);
  expect(stderr).toContain('random/generate-random-1: passed');
});

test('--json is JSON', async () => {
  const { code, stdout } = await ran(addScore, ['score', '--json', '--theme', 'random', '--target', 'sdk-door']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ target: 'sdk-door', totals: { failed: 0 } });
});

test('the exit code is 1 when nobody answers', async () => {
  const { code, stdout } = await ran(addScore, ['score', '--target', 'http://127.0.0.1:1', '--theme', 'random']);
  expect(code).toBe(1);
  expect(stdout).toContain('nobody listens there');
});

test('the real service is not asked without a yes', async () => {
  const { code, stderr, stdout } = await ran(addScore, ['score', '--target', 'aws']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Say --i-accept-costs to go on.');
});

test.each([
  [['score', '--target', 'mars'], "no target 'mars'"],
  [['score', '--theme', 'mars'], "no theme 'mars'"],
  [['score', '--time-limit', 'soon'], 'A time limit is a number of seconds'],
  [['score', '--gaps', '/nowhere.json'], '/nowhere.json'],
])('%j says why not', async (args, words) => {
  const { code, stderr } = await ran(addScore, args);
  expect(code).toBe(1);
  expect(stderr).toContain(words);
});

test('--help shows every option, and no empty default', async () => {
  const { code, stdout } = await ran(addScore, ['score', '--help']);
  expect(code).toBe(0);
  for (const flag of ['--target', '--region', '--time-limit', '--i-accept-costs', '--theme', '--gaps', '--json']) {
    expect(stdout).toContain(`  ${flag}`);
  }
  expect(stdout).not.toContain('default: []');
});
