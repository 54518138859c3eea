import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginningOf, fileLimits, logFiles, recordsOf } from '../../src/cloudtrail/log-files.ts';

let folder: string;
const file = (name: string): string => join(folder, name);
const log = (...numbers: readonly number[]): string => JSON.stringify({ Records: numbers.map((n) => ({ n })) });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-logs-'));
  for (const region of ['us-east-1', 'eu-west-1']) mkdirSync(file(`CloudTrail/${region}`), { recursive: true });
  mkdirSync(file('CloudTrail-Digest/us-east-1'), { recursive: true });
  const name = (region: string, time: string): string =>
    `CloudTrail/${region}/111122223333_CloudTrail_${region}_${time}_abcd.json.gz`;
  writeFileSync(file(name('us-east-1', '20260301T0005Z')), gzipSync(log(1)));
  writeFileSync(file(name('eu-west-1', '20260301T0000Z')), gzipSync(log(0)));
  writeFileSync(file(name('us-east-1', '20260301T0010Z')), gzipSync(log(2, 3)));
  writeFileSync(file('CloudTrail-Digest/us-east-1/digest.json.gz'), 'no log');
  writeFileSync(file('CloudTrail/notes.txt'), 'no log');
  writeFileSync(file('plain.jsonl'), '{"n":1}\n{"n":2}\n');
  writeFileSync(file('two.json.gz'), Buffer.concat([gzipSync('{"n":1}\n'), gzipSync('{"n":2}\n')]));
  writeFileSync(file('cut.json.gz'), gzipSync(log(1)).subarray(0, 20));
  writeFileSync(file('broken.json.gz'), Buffer.concat([gzipSync(log(1)).subarray(0, 12), Buffer.alloc(30, 7)]));
  writeFileSync(file('bomb.json.gz'), gzipSync(Buffer.alloc(2_000_000, ' ')));
  writeFileSync(file('cut.json'), log(1).slice(0, -1));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(names: readonly string[], limits = fileLimits): Promise<readonly string[]> {
  const records: string[] = [];
  for await (const record of recordsOf(names.map(file), limits)) records.push(record);
  return records;
}

test('a folder is read in the order of time, over its Regions, without digests', async () => {
  const files = await logFiles([file('.')]);
  const inTrail = files.map((path) => relative(folder, path)).filter((path) => path.startsWith('CloudTrail'));
  expect(inTrail.map((path) => /\d{8}T\d{4}Z/.exec(path)?.[0])).toEqual([
    '20260301T0000Z',
    '20260301T0005Z',
    '20260301T0010Z',
  ]);
  expect(await read(inTrail)).toEqual(['{"n":0}', '{"n":1}', '{"n":2}', '{"n":3}']);
});

test.each(['plain.jsonl', 'two.json.gz'])('%s', async (name) => {
  expect(await read([name])).toEqual(['{"n":1}', '{"n":2}']);
});

test('what a file begins with, packed or not', async () => {
  expect(await beginningOf(file('two.json.gz'))).toMatch(/^\{"n":1\}\n/);
  expect(await beginningOf(file('plain.jsonl'))).toContain('{"n":2}');
});

describe('is refused, with the name of the file', () => {
  const small = { bytes: 10, ratio: 300, freeBytes: 100 };
  test.each([
    ['cut.json.gz', fileLimits, 'It is cut short.'],
    ['broken.json.gz', fileLimits, 'It is no gzip file, or a broken one.'],
    ['bomb.json.gz', { ...small, bytes: 10_000_000 }, 'It unpacks to more than 300 times its size: that is no log.'],
    ['plain.jsonl', small, 'It comes to more than 10 bytes.'],
    ['cut.json', fileLimits, 'the log is cut short'],
    ['none.json', fileLimits, 'There is no such file.'],
  ])('%s', async (name, limits, problem) => {
    await expect(read([name], limits)).rejects.toMatchObject({
      code: 'InvalidLog',
      problem: expect.stringMatching(new RegExp(`^.*${name}: .*${problem}`)),
    });
  });

  test('a name that is none', async () => {
    await expect(logFiles([file('none')])).rejects.toMatchObject({ code: 'InvalidLog' });
  });
});
