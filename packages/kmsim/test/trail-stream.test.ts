// Streams of events: every one, in order, and no error of a stream is an answer to a call.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createKmsim } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'kmsim-trail-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a function is called with a line for each record, before the caller has the answer, until the stream is closed', async () => {
  const sim = createKmsim({ seed: 1, trail: { keep: 0 } });
  const lines: string[] = [];
  const stream = sim.trail.stream((line) => lines.push(line));
  const answer = sim.as().createKey();
  expect(lines).toHaveLength(1);
  await answer;
  expect(lines[0]).toMatch(/^\{.*\}\n$/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ eventName: 'CreateKey' });
  stream.close();
  stream.close();
  await sim.as().listKeys();
  expect([lines.length, stream.written]).toEqual([1, 1]);
  expect(sim.trail.events).toEqual([]);
});

test('a file has them all when the stream is closed, more than fit into one block', async () => {
  const sim = createKmsim({ seed: 1 });
  const path = join(folder, 'trail.jsonl');
  const stream = sim.trail.streamToFile(path);
  for (let call = 0; call < 600; call++) await sim.as().listKeys({ Limit: call + 1 });
  expect(readFileSync(path, 'utf8').length).toBeGreaterThan(100_000);
  stream.close();
  const records = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(records).toEqual(sim.trail.events);
  expect(stream.written).toBe(600);
});

test('a stream that breaks off is told of when it is closed; calls are answered', async () => {
  const sim = createKmsim({ seed: 1 });
  let left = 1;
  const stream = sim.trail.stream(() => {
    if (left-- === 0) throw new Error('full');
  });
  for (let call = 0; call < 3; call++) await sim.as().listKeys();
  expect(sim.trail.events).toHaveLength(3);
  const { cause, code } = kmsimErrorOf(() => stream.close());
  expect([code, (cause as Error).message, stream.written]).toEqual(['StreamFailed', 'full', 1]);
  expect(kmsimErrorOf(() => sim.trail.streamToFile(join(folder, 'no', 'such', 'folder'))).code).toBe('StreamFailed');
});
