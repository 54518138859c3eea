// kmsim score.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKmsim, serve } from 'kmsim';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scoreCommand } from '../../src/cli/score.ts';
import { ioDouble } from './io-double.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-score-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('counts, and ends well when nothing recorded fails', async () => {
  const io = ioDouble();
  expect(await scoreCommand({ target: 'in-process', themes: ['tags', 'random'] }, io)).toBe(0);
  expect(io.said()).toMatch(/^ +passed +failed +unsupported +no answer +skipped\nrandom +6 +0 +0 +0 +0\ntags +12 +0/);
  expect(io.told()).toContain('tags/tag-duplicate-keys: passed\n');
});

test('as JSON', async () => {
  const io = ioDouble();
  expect(await scoreCommand({ target: 'sdk-door', themes: ['random'], json: true }, io)).toBe(0);
  expect(JSON.parse(io.said())).toMatchObject({
    target: 'sdk-door',
    totals: { passed: 6, failed: 0 },
    themes: { random: { passed: 6 } },
  });
});

// The clock of a server runs by itself, so the scenarios that wait for it are left to the doors in this process.
test('kmsim serve: what holds in process holds over HTTP', async () => {
  const server = await serve(createKmsim());
  const io = ioDouble();
  try {
    const themes = ['aliases', 'data-keys', 'deletion', 'encryption', 'keys', 'policies', 'random', 'tags'];
    expect(await scoreCommand({ target: server.url, themes }, io)).toBe(0);
    const inProcess = ioDouble();
    await scoreCommand({ target: 'in-process', themes }, inProcess);
    expect(io.said()).toBe(inProcess.said());
  } finally {
    await server.close();
  }
});

describe('known gaps', () => {
  const file = (value: unknown): string => {
    const path = join(folder, 'gaps.json');
    writeFileSync(path, JSON.stringify(value));
    return path;
  };

  test('that pass are told', async () => {
    const io = ioDouble();
    const gaps = file({ 'random/generate-random-1': 'it was broken' });
    expect(await scoreCommand({ target: 'in-process', themes: ['random'], gaps }, io)).toBe(0);
    expect(io.said()).toContain('random/generate-random-1 is a known gap that passes now: take it off the list.');
  });

  test.each<[unknown, string]>([
    [{ 'random/none': 'a reason' }, 'no transcript random/none'],
    [{ 'random/generate-random-1': '' }, 'random/generate-random-1 has no reason'],
    [['random/generate-random-1'], 'not an object of paths and reasons'],
  ])('%j are none', async (value, words) => {
    const flags = { target: 'in-process', themes: ['random'], gaps: file(value) };
    await expect(scoreCommand(flags, ioDouble())).rejects.toThrow(words);
  });
});

describe('the real AWS', () => {
  test('is not asked without a yes to the costs', async () => {
    const io = ioDouble();
    expect(await scoreCommand({ target: 'aws' }, io)).toBe(2);
    expect(io.told()).toContain('This creates keys in the AWS account of your credentials');
    expect(io.told()).toContain('the deletion of every key that was created is scheduled');
    expect(io.told()).toContain('Say --i-accept-costs to go on.');
    expect(io.said()).toBe('');
  });
});

test('a theme that there is not is named', async () => {
  await expect(scoreCommand({ target: 'in-process', themes: ['tag'] }, ioDouble())).rejects.toThrow(
    "no theme 'tag': aliases",
  );
});

test('a run that is interrupted tells what it has', async () => {
  const io = ioDouble();
  io.interruptAfter(3);
  expect(await scoreCommand({ target: 'in-process', themes: ['tags'] }, io)).toBe(1);
  expect(io.said()).toMatch(/tags +3 +0 +0 +9 +0/);
  expect(io.said()).toContain('no answer: the run was stopped');
  expect(io.told()).toContain('Ending after this scenario. Ctrl-C again ends at once');
});
