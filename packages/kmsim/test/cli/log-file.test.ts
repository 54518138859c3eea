// A CloudTrail log file from the command line: gzip or not, and never more of it than there is room for.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kmsRecordsInFile } from '../../src/cli/log-file.ts';
import { event } from '../trail-records.ts';

const text = JSON.stringify({ Records: [event('Decrypt', '2026-01-01T00:00:00Z')] });
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-log-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function* input(...parts: readonly Uint8Array[]) {
  yield* parts;
}

test.each([
  ['log.json', text],
  ['log.json.gz', gzipSync(text)],
  // What it is says its beginning, not its name.
  ['log.txt', gzipSync(text)],
])('%s', async (name, content) => {
  expect(await kmsRecordsInFile(file(name, content))).toMatchObject([{ eventName: 'Decrypt' }]);
});

test('the standard input, in parts', async () => {
  const bytes = gzipSync(text);
  expect(await kmsRecordsInFile('-', input(bytes.subarray(0, 20), bytes.subarray(20)))).toHaveLength(1);
});

test('a gzip file that would fill the memory is refused', async () => {
  const bomb = file('bomb.gz', gzipSync(Buffer.alloc(1_000_000)));
  await expect(kmsRecordsInFile(bomb, input(), { fileBytes: 10_000, textBytes: 100_000 })).rejects.toMatchObject({
    code: 'InvalidLog',
    problem: `${bomb} holds more than 100000 bytes.`,
  });
});

test('a file that is too long is refused before it is read to its end', async () => {
  const limits = { fileBytes: 100, textBytes: 100_000 };
  await expect(kmsRecordsInFile(file('long.json', text), input(), limits)).rejects.toMatchObject({
    code: 'InvalidLog',
    problem: expect.stringMatching(/has more than 100 bytes\.$/),
  });
});

test.each([
  ['cut.gz', gzipSync(text).subarray(0, 40), /is no whole gzip file/],
  ['broken.gz', Buffer.from([0x1f, 0x8b, 1, 2, 3]), /is no whole gzip file/],
  ['empty.json', '', /is empty/],
])('%s is refused', async (name, content, problem) => {
  await expect(kmsRecordsInFile(file(name, content))).rejects.toMatchObject({
    code: 'InvalidLog',
    problem: expect.stringMatching(problem),
  });
});

test('a file that is not there, and a folder', async () => {
  for (const path of [join(folder, 'nothing'), folder])
    await expect(kmsRecordsInFile(path)).rejects.toMatchObject({ code: 'InvalidLog' });
});
