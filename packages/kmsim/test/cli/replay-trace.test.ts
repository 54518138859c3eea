// `kmsim replay trace.jsonl`.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addReplay } from '../../src/cli/replay-command.ts';
import { isTrace } from '../../src/cli/replay-trace.ts';
import { createKmsim } from '../../src/index.ts';
import { buildTimeout, built } from '../build.ts';
import { kmsim } from '../child.ts';
import { ran } from './conformance-commands.ts';

let folder: string;
let sha256: string;
const file = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-trace-'));
  const sim = createKmsim({ seed: 'cli', trace: 'inputs', consistency: 'eventual' });
  const kms = sim.as();
  const { KeyMetadata } = await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  // Calls that stand in a line where the library is not loaded yet, while the clock moves on.
  const signing = kms.sign({
    ...{ KeyId: KeyMetadata?.KeyId ?? '', MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_256' },
    Message: new Uint8Array([7]),
  });
  const behind = kms.createKey({ Description: 'one' });
  sim.clock.advance('1 minute');
  const last = kms.listKeys();
  await Promise.all([signing, behind, last]);
  sim.clock.advance('1 day');
  const text = sim.trace.text();
  sha256 = sim.trace.sha256();
  writeFileSync(file('good.jsonl'), text);
  writeFileSync(file('bad.jsonl'), text.replace('"Description":"one"', '"Description":"two"'));
  writeFileSync(file('cut.jsonl'), text.slice(0, -9));
  writeFileSync(file('longer.jsonl'), text.slice(0, text.lastIndexOf('{')));
  writeFileSync(file('other.json'), '{"steps": []}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a run that goes as it went', async () => {
  const { code, stdout } = await ran(addReplay, ['replay', file('good.jsonl')]);
  expect([code, stdout]).toEqual([0, `${file('good.jsonl')}: 12 lines, 4 requests, as recorded\nsha256 ${sha256}\n`]);
  const { stdout: json } = await ran(addReplay, ['replay', file('good.jsonl'), '--json']);
  expect(JSON.parse(json)).toEqual({ lines: 12, requests: 4, sha256, difference: null });
});

test(
  'in a process of its own, where no library is loaded',
  async () => {
    await built();
    const { code, stderr, stdout } = await kmsim(['replay', file('good.jsonl')]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`sha256 ${sha256}\n`);
  },
  buildTimeout + 30_000,
);

test('one that does not: exit code 1, and what differs of the first line', async () => {
  const { code, stdout } = await ran(addReplay, ['replay', file('bad.jsonl')]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/: line \d+ differs\n {2}input\n {4}recorded {2}"[\w+/]{43}="\n {4}replayed {2}"/);
  const { stdout: json } = await ran(addReplay, ['replay', file('bad.jsonl'), '--json']);
  expect(JSON.parse(json)).toMatchObject({ difference: { recorded: expect.stringContaining('"two"') } });
});

test('one whose last line is missing', async () => {
  const { code, stdout } = await ran(addReplay, ['replay', file('longer.jsonl')]);
  // The clock had moved last, and nothing was due: a shorter run.
  expect([code, stdout]).toEqual([0, expect.stringContaining('11 lines')]);
});

test('what cannot be played says why, and no other target can be asked', async () => {
  const cut = await ran(addReplay, ['replay', file('cut.jsonl')]);
  expect([cut.code, cut.stderr]).toEqual([1, expect.stringContaining('cut short at line 12')]);
  const elsewhere = await ran(addReplay, ['replay', file('good.jsonl'), '--target', 'sdk-door']);
  expect([elsewhere.code, elsewhere.stderr]).toEqual([1, expect.stringContaining('leave --target out')]);
});

test('what is no trace is for the transcripts', async () => {
  expect(await isTrace(file('good.jsonl'))).toBe(true);
  for (const other of [file('other.json'), file('none'), folder]) expect(await isTrace(other)).toBe(false);
});
