// kmsim record.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKmsim, type KmsimServer, serve } from 'kmsim';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkTranscript } from '../../src/check.ts';
import { recordCommand } from '../../src/cli/record.ts';
import { replayCommand } from '../../src/cli/replay.ts';
import { entry, har } from '../record/archive.ts';
import { ioDouble } from './io-double.ts';

let folder: string;
let server: KmsimServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-record-'));
  server = await serve(createKmsim({ account: '210987654321' }));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
});

test('a recording of ours, performed again over HTTP: what is written replays, there and elsewhere', async () => {
  const output = join(folder, 'again.json');
  const io = ioDouble();
  expect(await recordCommand({ target: server.url, scenario: 'tags/tag-duplicate-keys', output }, io)).toBe(0);
  expect(io.told()).toBe(`${output}: 2 steps\n`);
  const text = readFileSync(output, 'utf8');
  expect(checkTranscript(output, JSON.parse(text))).toMatchObject({
    name: 'again',
    source: {
      kind: 'recording of a simulation',
      cite: server.url,
      recorded: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    },
  });
  expect(text).not.toContain('210987654321');
  expect(await replayCommand({ target: server.url, path: output }, ioDouble())).toBe(0);
  expect(await replayCommand({ target: 'in-process', path: output }, ioDouble())).toBe(0);
});

test('a scenario of your own, to the standard output', async () => {
  const scenario = join(folder, 'mine.json');
  writeFileSync(
    scenario,
    JSON.stringify({ name: 'mine', steps: [{ id: 'r', op: 'GenerateRandom', input: { NumberOfBytes: null } }] }),
  );
  const io = ioDouble();
  expect(await recordCommand({ target: server.url, scenario }, io)).toBe(0);
  expect(JSON.parse(io.said())).toMatchObject({
    name: 'mine',
    steps: [
      { input: { NumberOfBytes: null }, error: { code: 'ValidationException', message: 'NumberOfBytes is required.' } },
    ],
  });
});

test('a file that is there is replaced only when told to', async () => {
  const output = join(folder, 'there.json');
  writeFileSync(output, 'mine');
  const flags = { target: 'in-process', scenario: 'random/generate-random-1', output };
  await expect(recordCommand(flags, ioDouble())).rejects.toThrow('there.json is there already: --force replaces it');
  expect(readFileSync(output, 'utf8')).toBe('mine');
  expect(await recordCommand({ ...flags, force: true }, ioDouble())).toBe(0);
  expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({ name: 'there' });
});

test('an HTTP archive is converted, and nobody is asked', async () => {
  const scenario = join(folder, 'caught.har');
  writeFileSync(scenario, JSON.stringify(har(entry('ListKeys', { Limit: 5 }, 200, { Keys: [], Truncated: false }))));
  const io = ioDouble();
  expect(await recordCommand({ target: 'http://127.0.0.1:1', scenario }, io)).toBe(0);
  expect(JSON.parse(io.said())).toMatchObject({ name: 'caught', steps: [{ op: 'ListKeys', input: { Limit: 5 } }] });
});

test('a scenario that cannot be performed is not written', async () => {
  const output = join(folder, 'none.json');
  const io = ioDouble();
  await expect(
    recordCommand({ target: 'http://127.0.0.1:1', scenario: 'random/generate-random-1', output }, io),
  ).rejects.toThrow('127.0.0.1:1: nobody listens there');
  expect(() => readFileSync(output)).toThrow('ENOENT');
});

test('the real AWS is not asked without a yes to the costs', async () => {
  const io = ioDouble();
  expect(await recordCommand({ target: 'aws', scenario: 'random/generate-random-1' }, io)).toBe(2);
  expect(io.said()).toBe('');
});
