// What a run says of the targets.

import { describe, expect, test } from 'vitest';
import { openQuestions, performancePage } from '../src/performance-page.ts';
import type { Table } from '../src/suite.ts';
import { readingText, verdictOf } from '../src/target-text.ts';
import { missingRows, readingsOf, type Target, targets } from '../src/targets.ts';
import { ns, runOf } from './runs.ts';

const target: Target = {
  id: 'quick',
  work: 'to be quick',
  reads: 'speed',
  limit: 1,
  measures: [
    { name: 'one', suite: 'suite', table: 'Encrypt', row: 'kmsim', column: 'times the floor' },
    { name: 'all', suite: 'suite', table: /^RSA_/, row: 'kmsim', column: 'of raw', limit: 0.75 },
  ],
};

const ratio = (title: string, median: number): Table => ({
  title,
  rows: [
    { name: 'kmsim', figures: { 'times the floor': { unit: 'ratio', median, p25: median / 2, p75: median * 2 } } },
  ],
});
const share = (title: string, median: number): Table => ({
  title,
  rows: [{ name: 'kmsim', figures: { 'of raw': { unit: 'share', median } } }],
});

test('half the time of the floor is twice its speed; a share of throughput is a speed already', () => {
  const readings = readingsOf(target, runOf([ratio('Encrypt', 0.5), share('RSA_2048', 0.8)]));
  expect(readings.map((reading) => readingText(target, reading))).toEqual(['2.00x (1.00 - 4.00)', '0.80x']);
  expect(verdictOf(target, readings)).toBe('met');
});

test('of several tables the worst counts, and one measure that is missed is enough', () => {
  const readings = readingsOf(target, runOf([ratio('Encrypt', 0.5), share('RSA_2048', 0.8), share('RSA_4096', 0.7)]));
  expect(readings.map(({ met }) => met)).toEqual([true, false]);
  expect(verdictOf(target, readings)).toBe('missed');
  expect(verdictOf({ ...target, stretch: true }, readings)).toBe('not reached');
});

test.each([
  ['us', 1.5, ns(1400), true, '1.40 us (1.40 - 1.40)'],
  ['ms', 60, ns(61e6), false, '61.0 ms (61.0 - 61.0)'],
  ['bytes', 1024, { unit: 'bytes', median: 1000 } as const, true, '1,000 B'],
] as const)('at most so many %s', (reads, limit, figure, met, text) => {
  const [one] = target.measures;
  const most: Target = { ...target, reads, limit, measures: [one!] };
  const [reading] = readingsOf(
    most,
    runOf([{ title: 'Encrypt', rows: [{ name: 'kmsim', figures: { 'times the floor': figure } }] }]),
  );
  expect(reading?.met).toBe(met);
  expect(readingText(most, reading!)).toBe(text);
});

describe('a row that the run does not have', () => {
  const run = runOf([ratio('Encrypt', 0.5)]);

  test('is not measured, and named', () => {
    const readings = readingsOf(target, run);
    expect(verdictOf(target, readings)).toBe('not measured');
    expect(missingRows([target], run)).toEqual(['quick: suite / /^RSA_/ / kmsim / of raw']);
  });

  test('leaves the page open', () => {
    expect(performancePage('{{targets}}', run, [target])).toContain('| not measured |');
    expect(openQuestions('', run, [target])).toEqual(['not measured: quick: suite / /^RSA_/ / kmsim / of raw']);
  });
});

test('a target that is missed needs a word on why', () => {
  const run = runOf([ratio('Encrypt', 2), share('RSA_2048', 1)]);
  expect(openQuestions('', run, [target])).toEqual([expect.stringContaining('<!-- limit: quick -->: to be quick')]);
  expect(openQuestions('<!-- limit: quick -->', run, [target])).toEqual([]);
});

test('words on a target that is met are out of date', () => {
  const run = runOf([ratio('Encrypt', 0.5), share('RSA_2048', 1)]);
  expect(openQuestions('', run, [target])).toEqual([]);
  expect(openQuestions('<!-- limit: quick -->', run, [target])).toEqual([
    expect.stringMatching(/^met, .*: to be quick$/),
  ]);
});

test('a floor is no row of a pattern', () => {
  const rows = [1, 0.5].map((median, at) => ({
    name: `${at + 1}0 keys`,
    figures: { times: { unit: 'ratio', median, ...(at > 0 && { p25: median, p75: median }) } as const },
  }));
  const measure = { name: 'keys', suite: 'suite', table: 'Scale', row: /keys$/, column: 'times' };
  const [reading] = readingsOf({ ...target, reads: 'times', measures: [measure] }, runOf([{ title: 'Scale', rows }]));
  expect(reading?.figure?.median).toBe(0.5);
});

test('the page has the run, each target and each suite, and keeps what is no place of its own', () => {
  const page = performancePage('{{run}}\n{{targets}}\n{{suites}}\n{{other}}', runOf([ratio('Encrypt', 0.5)]), [target]);
  expect(page).toContain('2026-01-02 | a processor, 2 cores, 24 GiB');
  expect(page).toContain('| to be quick | >= 1x | one 2.00x (1.00 - 4.00)<br>all not measured | not measured |');
  expect(page).toContain('### suite\n\nWhat it is.');
  expect(page).toContain('| Encrypt | kmsim | 0.50x (0.25 - 1.00) |');
  expect(page).toContain('{{other}}');
});

test('targets are told apart by their ids', () => {
  expect(new Set(targets.map(({ id }) => id)).size).toBe(targets.length);
});
