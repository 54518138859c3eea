// Rows a block at a time: what is fetched, what is kept, and what is thrown away.

import { expect, test } from 'vitest';
import { blockSize, blocksKept, type Piece, RowSource } from '../../src/inspector/row-source.ts';

interface Server {
  total: number;
  stamp: string;
  readonly asked: number[];
}

function sourceOf(server: Server): { source: RowSource<string>; failures: unknown[] } {
  const failures: unknown[] = [];
  const fetch = async (from: number, limit: number): Promise<Piece<string>> => {
    server.asked.push(from);
    const { stamp, total } = server;
    if (total < 0) throw new Error('gone');
    const rows = Array.from({ length: Math.max(0, Math.min(limit, total - from)) }, (_, at) => `${stamp}${from + at}`);
    return { total, from, rows, stamp };
  };
  const source = new RowSource<string>(
    fetch,
    () => {},
    (error) => failures.push(error),
  );
  return { source, failures };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a row is there once its block has come, and is fetched once', async () => {
  const server = { total: 1_000, stamp: 'a', asked: [] };
  const { source } = sourceOf(server);
  await source.restart();
  expect(source.at(250)).toBeUndefined();
  expect(source.at(251)).toBeUndefined();
  await settled();
  expect([source.at(250), source.at(0)]).toEqual(['a250', 'a0']);
  await settled();
  expect(server.asked).toEqual([0, 200]);
});

test('of a hundred thousand rows only the latest that were looked at are kept', async () => {
  const { source } = sourceOf({ total: 100_000, stamp: '', asked: [] });
  await source.restart();
  for (let at = 0; at < 100_000; at += blockSize) {
    source.at(at);
    await settled();
  }
  expect(source.rowsHeld).toBe(blockSize * blocksKept);
  expect(source.at(99_999)).toBe('99999');
  expect(source.at(0)).toBeUndefined();
});

test('a list that grows is looked at from its end, and its old rows stay', async () => {
  const server: Server = { total: 150, stamp: '', asked: [] };
  const { source } = sourceOf(server);
  await source.restart();
  source.at(149);
  await settled();
  server.total = 320;
  await source.refresh('end');
  expect(source.total).toBe(320);
  expect(source.at(199)).toBe('199');
  source.at(319);
  await settled();
  expect(source.at(319)).toBe('319');
  expect(server.asked).toEqual([0, 100, 100, 300]);
});

test('when numbers change all is fetched again, and shown until then', async () => {
  const server: Server = { total: 150, stamp: 'a', asked: [] };
  const { source } = sourceOf(server);
  await source.restart();
  source.at(120);
  await settled();
  server.stamp = 'b';
  await source.refresh('end');
  expect(source.at(3)).toBe('a3');
  await settled();
  expect([source.at(3), source.at(120)]).toEqual(['b3', 'b120']);
});

test('an answer to the question before comes too late', async () => {
  const server: Server = { total: 10, stamp: 'a', asked: [] };
  const { source } = sourceOf(server);
  const first = source.restart();
  server.stamp = 'b';
  await Promise.all([first, source.restart()]);
  expect([source.at(0), source.total]).toEqual(['b0', 10]);
});

test('a failure is told, and the next look asks again', async () => {
  const server: Server = { total: -1, stamp: '', asked: [] };
  const { failures, source } = sourceOf(server);
  await source.restart();
  expect([failures.length, source.isKnown]).toEqual([1, false]);
  server.total = 1;
  await source.refresh('all');
  expect(source.at(0)).toBe('0');
});
