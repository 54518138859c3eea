// kmsim replay.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { replayCommand } from '../../src/cli/replay.ts';
import { transcriptsFolder } from '../../src/load.ts';
import { filed } from '../filed.ts';
import { entry, har } from '../record/archive.ts';
import { ioDouble } from './io-double.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-replay-'));
  const { transcript } = filed('mine/bad');
  const bad = {
    id: 'random',
    op: 'GenerateRandom',
    input: { NumberOfBytes: 1 },
    output: { Plaintext: { $length: 2 } },
    evidence: 'asserted',
  };
  mkdirSync(join(folder, 'mine'));
  writeFileSync(join(folder, 'mine/bad.json'), JSON.stringify({ ...transcript, steps: [bad] }));
  writeFileSync(join(folder, 'mine/good.json'), JSON.stringify(filed('mine/good').transcript));
  writeFileSync(
    join(folder, 'caught.har'),
    JSON.stringify(har(entry('ListKeys', {}, 200, { Keys: [], Truncated: false }))),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a folder of the recordings', async () => {
  const io = ioDouble();
  const path = fileURLToPath(new URL('random', transcriptsFolder));
  expect(await replayCommand({ target: 'in-process', path }, io)).toBe(0);
  expect(io.said()).toContain('generate-random-null: passed\n');
  expect(io.said()).toContain('6 passed, 0 failed, 0 unsupported, 0 without an answer, 0 skipped\n');
});

test('shows the first difference as a person wants to read it', async () => {
  const io = ioDouble();
  expect(await replayCommand({ target: 'in-process', path: join(folder, 'mine') }, io)).toBe(1);
  expect(io.said()).toMatch(
    /^bad: failed at random \(GenerateRandom\): Plaintext: expected length 2, got "<1 bytes ..>"\n {2}step {6}random \(GenerateRandom, us-east-1\)\n {2}request {3}\{"NumberOfBytes":1\}\n {2}answer {4}HTTP 200 \{"Plaintext":"..=="\}\n {2}path {6}Plaintext\n {2}expected {2}length 2\n {2}got {7}"<1 bytes ..>"\ngood: passed\n/,
  );
});

test('as JSON', async () => {
  const io = ioDouble();
  await replayCommand({ target: 'in-process', path: join(folder, 'mine'), json: true }, io);
  expect(JSON.parse(io.said())).toMatchObject({
    target: 'in-process',
    totals: { passed: 1, failed: 1 },
    results: [
      { path: 'bad', outcome: 'failed', step: 'random', difference: { path: 'Plaintext' } },
      { path: 'good', outcome: 'passed' },
    ],
  });
});

test('an HTTP archive of your own', async () => {
  const io = ioDouble();
  expect(await replayCommand({ target: 'in-process', path: join(folder, 'caught.har') }, io)).toBe(0);
  expect(io.said()).toContain('caught: passed');
});

test('a target that is down is one line for each, and no stack', async () => {
  const io = ioDouble();
  const path = fileURLToPath(new URL('random', transcriptsFolder));
  expect(await replayCommand({ target: 'http://127.0.0.1:1', path }, io)).toBe(1);
  expect(io.said()).toContain('generate-random-0: no answer: 127.0.0.1:1: nobody listens there\n');
  expect(io.said()).toContain(
    'generate-random-null: no answer: not asked any more: 127.0.0.1:1: nobody listens there\n',
  );
  expect(io.said()).not.toMatch(/\n\s+at /);
});
