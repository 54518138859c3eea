// `kmsim replay`.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addReplay } from '../../src/cli/replay-command.ts';
import { ran } from './conformance-commands.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-replay-'));
  const step = { id: 'r', op: 'GenerateRandom', input: { NumberOfBytes: 1 }, evidence: 'asserted' };
  const transcript = (output: object): string =>
    JSON.stringify({
      ...{ name: 'one', about: '', source: { kind: 'a test', cite: '', recorded: null }, replay: 'as-is' },
      ...{ regions: ['us-east-1'], steps: [{ ...step, output }] },
    });
  writeFileSync(join(folder, 'good.json'), transcript({ Plaintext: { $length: 1 } }));
  writeFileSync(join(folder, 'bad.json'), transcript({ Plaintext: { $length: 2 } }));
  writeFileSync(join(folder, 'broken.json'), '{');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a file that holds', async () => {
  const { code, stdout } = await ran(addReplay, ['replay', join(folder, 'good.json')]);
  expect(code).toBe(0);
  expect(stdout).toContain('good: passed\n1 passed, 0 failed');
});

test('a file that does not: exit code 1, and the first difference', async () => {
  const { code, stdout } = await ran(addReplay, ['replay', join(folder, 'bad.json'), '--target', 'sdk-door']);
  expect(code).toBe(1);
  expect(stdout).toContain('bad: failed at r (GenerateRandom): Plaintext: expected length 2');
  expect(stdout).toContain('  request   {"NumberOfBytes":1}');
});

test('--json', async () => {
  const { stdout } = await ran(addReplay, ['replay', join(folder, 'good.json'), '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ target: 'in-process', totals: { passed: 1 } });
});

test.each([
  ['broken.json', 'broken.json: '],
  ['none.json', 'none.json'],
])('%s says why not', async (file, words) => {
  const { code, stderr } = await ran(addReplay, ['replay', join(folder, file)]);
  expect(code).toBe(1);
  expect(stderr).toContain(words);
});
