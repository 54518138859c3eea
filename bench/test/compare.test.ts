// What --compare calls slower.

import { describe, expect, test } from 'vitest';
import { compareRuns, isWorse } from '../src/compare.ts';
import { comparisonText } from '../src/compare-text.ts';
import type { Run } from '../src/saved-run.ts';
import type { Figure } from '../src/suite.ts';
import { countedRun, ns, oneTable, runOf } from './runs.ts';

function verdict(before: Figure, after: Figure, noise?: number): string | undefined {
  const runs = [before, after].map((figure) => runOf(oneTable({ column: figure })));
  return compareRuns(runs[0]!, runs[1]!, noise).changes[0]?.verdict;
}

test('a function that was slowed down shows up, and nothing else does', async () => {
  const before = await countedRun({ floor: 100, kept: 150, slowed: 200 });
  const after = await countedRun({ floor: 100, kept: 150, slowed: 260 });
  const comparison = compareRuns(before, after);
  expect(comparison.changes.filter((change) => change.verdict !== 'same')).toEqual([
    expect.objectContaining({
      suite: 'suite',
      table: 'Work',
      row: 'slowed',
      column: 'times the floor',
      verdict: 'slower',
    }),
  ]);
  expect(comparison.changes.find(({ row }) => row === 'slowed')?.cost).toBeCloseTo(1.3);
  const text = comparisonText(before, after, comparison, 0.1);
  expect(text).toMatch(/SLOWER 1\.30x {2}suite \/ Work \/ slowed/);
  expect(text).toContain('1 slower, 0 quicker, 2 within the noise');
});

test('a machine that is half as quick is no slower row', async () => {
  const before = await countedRun({ floor: 100, work: 200 });
  const after = await countedRun({ floor: 200, work: 400 });
  const work = compareRuns(before, after).changes.find(({ row }) => row === 'work');
  expect(work).toMatchObject({ verdict: 'same', cost: expect.closeTo(1) });
});

describe('the noise', () => {
  test('quartiles that meet are no difference, however far the medians are apart', () => {
    expect(verdict(ns(100, 90, 130), ns(140, 125, 160))).toBe('same');
    expect(verdict(ns(100, 90, 120), ns(140, 125, 160))).toBe('slower');
  });

  test('less than the noise is no difference, however narrow the quartiles are', () => {
    expect(verdict(ns(100, 99, 101), ns(109, 108, 110))).toBe('same');
    expect(verdict(ns(100, 99, 101), ns(109, 108, 110), 0.05)).toBe('slower');
  });

  test('what was measured once has to differ by more', () => {
    expect(verdict({ unit: 'ns', median: 100 }, { unit: 'ns', median: 125 })).toBe('same');
    expect(verdict({ unit: 'ns', median: 100 }, { unit: 'ns', median: 135 })).toBe('slower');
    expect(verdict({ unit: 'bytes', median: 100 }, { unit: 'bytes', median: 125 })).toBe('slower');
  });
});

test('more is better where throughput is counted', () => {
  const share = (median: number): Figure => ({ unit: 'share', median, p25: median, p75: median });
  expect(verdict(share(1), share(0.8))).toBe('slower');
  expect(verdict(share(1), share(1.2))).toBe('quicker');
  // A single number has to differ by thrice the noise.
  expect(verdict({ unit: 'per second', median: 1000 }, { unit: 'per second', median: 500 })).toBe('slower');
});

describe('a time without a floor', () => {
  const run = (time: Figure, yardstick: Figure) => runOf(oneTable({ 'CPU a call': time }), { yardstick });

  test('is counted in pieces of the machine', () => {
    const [change] = compareRuns(run(ns(100), ns(10)), run(ns(200), ns(20))).changes;
    expect(change).toMatchObject({ calibrated: true, cost: 1, verdict: 'same' });
  });

  test('is slower when the machine is not', () => {
    const [change] = compareRuns(run(ns(100), ns(10)), run(ns(200), ns(10))).changes;
    expect(change).toMatchObject({ cost: 2, verdict: 'slower' });
  });

  test('is not known better than the machine', () => {
    const [change] = compareRuns(run(ns(100), ns(10, 8, 12)), run(ns(130), ns(10, 8, 12))).changes;
    expect(change?.verdict).toBe('same');
  });
});

test('a row with a floor is compared by it alone, with its bytes beside', () => {
  const row = { 'CPU a call': ns(1), 'times the floor': { unit: 'ratio', median: 2, p25: 2, p75: 2 } as const };
  const bytes = { heap: { unit: 'bytes', median: 5 } as const };
  const run = runOf(oneTable({ ...row, ...bytes }));
  expect(compareRuns(run, run).changes.map(({ column }) => column)).toEqual(['times the floor', 'heap']);
});

test('rows that only one of the runs has are named, suites are not', () => {
  const [before, after] = [runOf([{ title: 'a', rows: [{ name: 'x', figures: {} }] }]), runOf([])];
  expect(compareRuns(before, after)).toEqual({ changes: [], gone: ['suite / a / x'], added: [], unknown: [] });
  expect(compareRuns({ ...before, suites: [] }, after)).toEqual({ changes: [], gone: [], added: [], unknown: [] });
});

describe('what is no number', () => {
  const nan = Number.NaN;
  const none = JSON.parse('null') as number;
  const pairs: readonly (readonly [before: Figure, after: Figure])[] = [
    [ns(nan), ns(1)],
    [ns(1), ns(nan)],
    [ns(none), ns(1)],
    [ns(1), ns(none)],
    [ns(1, none, 1), ns(1)],
    [ns(Number.POSITIVE_INFINITY), ns(Number.POSITIVE_INFINITY)],
  ];

  test.each(pairs)('%j and %j are not compared, and named', (before, after) => {
    const runs = [before, after].map((figure) => runOf(oneTable({ column: figure }))) as [Run, Run];
    const comparison = compareRuns(...runs);
    expect(comparison).toEqual({ changes: [], gone: [], added: [], unknown: ['suite / table / row / column'] });
    const text = comparisonText(...runs, comparison, 0.1);
    expect(text).not.toContain('NaN');
    expect(text).toContain('No numbers:\n  suite / table / row / column');
    expect(text).toContain('Nothing was compared: the runs have no figure in common.');
    expect(isWorse(comparison)).toBe(true);
  });

  test('nor is what a yardstick that is none would give', () => {
    const [before, after] = [ns(10), ns(none)].map((yardstick) => runOf(oneTable({ time: ns(1) }), { yardstick }));
    expect(compareRuns(before!, after!).unknown).toEqual(['suite / table / row / time']);
  });

  test('nothing is as much as nothing', () => {
    const bytes = { unit: 'bytes', median: 0 } as const;
    const run = runOf(oneTable({ bytes }));
    expect(compareRuns(run, run).changes).toEqual([expect.objectContaining({ cost: 1, verdict: 'same' })]);
  });
});

test('worse is what became slower, what cannot be told, and a comparison of nothing; a row that is gone is not', async () => {
  const quick = await countedRun({ floor: 100, work: 200 });
  const slow = await countedRun({ floor: 100, work: 300 });
  const fewer = await countedRun({ floor: 100 });
  expect([
    isWorse(compareRuns(quick, slow)),
    isWorse(compareRuns(slow, quick)),
    isWorse(compareRuns(quick, fewer)),
    isWorse(compareRuns(quick, runOf([]))),
    isWorse(compareRuns(quick, { ...quick, suites: [] })),
  ]).toEqual([true, false, false, true, true]);
});
