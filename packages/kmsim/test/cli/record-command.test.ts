// `kmsim record`.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKmsim, type KmsimServer, serve } from 'kmsim';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addRecord } from '../../src/cli/record-command.ts';
import { addReplay } from '../../src/cli/replay-command.ts';
import { ran } from './conformance-commands.ts';

let folder: string;
let server: KmsimServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-record-'));
  server = await serve(createKmsim());
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
});

test('record, then replay: equal', async () => {
  const output = join(folder, 'context.json');
  const scenario = 'encryption/encryption-context-and-bad-ciphertext';
  const recorded = await ran(addRecord, ['record', scenario, '--target', server.url, '--output', output]);
  expect(recorded.code).toBe(0);
  expect(recorded.stderr).toContain('context.json: 5 steps');
  expect(readFileSync(output, 'utf8')).not.toContain('000000000000');
  expect((await ran(addReplay, ['replay', output, '--target', server.url])).code).toBe(0);
  expect((await ran(addReplay, ['replay', output])).code).toBe(0);
  const again = await ran(addRecord, ['record', scenario, '--target', server.url, '--output', output]);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('is there already: --force replaces it') });
  expect((await ran(addRecord, ['record', scenario, '--target', server.url, '--output', output, '--force'])).code).toBe(
    0,
  );
});

test('printed when no file is named', async () => {
  const { stdout } = await ran(addRecord, ['record', 'random/generate-random-null', '--target', server.url]);
  expect(JSON.parse(stdout)).toMatchObject({ steps: [{ error: { message: 'NumberOfBytes is required.' } }] });
});

test.each([
  [['record'], 'missing required argument'],
  [['record', 'no/such-scenario'], 'no/such-scenario'],
  [['record', 'random/generate-random-1', '--target', 'http://127.0.0.1:1'], 'nobody listens there'],
])('%j says why not', async (args, words) => {
  const { code, stderr } = await ran(addRecord, args);
  expect(code).toBe(1);
  expect(stderr).toContain(words);
});
