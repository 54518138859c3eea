// Which charts show what.

import { expect, test } from 'vitest';
import { chartsOf } from '../src/html/chart-data.ts';
import type { Table } from '../src/suite.ts';
import { countedRun, ns } from './runs.ts';

const floored = (title: string, ...ways: readonly string[]): Table => ({
  title,
  rows: [
    { name: 'raw', figures: { time: ns(1), 'times the floor': { unit: 'ratio', median: 1 } } },
    ...ways.map((name) => ({
      name,
      figures: { 'times the floor': { unit: 'ratio', median: 4, p25: 2, p75: 8 } as const },
    })),
  ],
});

test('tables of the same ways against the same floor are one chart, of speeds', () => {
  expect(chartsOf({ tables: [floored('Encrypt', 'kmsim'), floored('Decrypt', 'kmsim')] })).toEqual([
    {
      kind: 'bars',
      title: 'kmsim',
      floor: 'raw',
      axis: 'times as quick',
      points: ['Encrypt', 'Decrypt'].map((label) => ({ label, series: 'kmsim', value: 0.25, low: 0.125, high: 0.5 })),
    },
  ]);
});

test('a table of many ways is a chart of its own', async () => {
  const { suites } = await countedRun({ floor: 1, a: 2, b: 3 });
  const [chart] = chartsOf(suites[0]!);
  expect(chart).toMatchObject({ kind: 'bars', title: 'Work', floor: 'floor' });
  expect(chart?.points.map(({ label, value }) => [label, value])).toEqual([
    ['a', expect.closeTo(0.5)],
    ['b', expect.closeTo(1 / 3, 3)],
  ]);
});

test('numbers of something are a curve, and none of it is not on it', () => {
  const rows = ['0 keys', '10 keys', '1,000 keys'].map((name, at) => ({
    name,
    figures: { ratio: { unit: 'ratio', median: at + 1, p25: at, p75: at + 2 } as const },
  }));
  const [chart] = chartsOf({ tables: [{ title: 'Encrypt', rows }] });
  expect(chart).toMatchObject({ kind: 'curves', across: 'keys' });
  expect(chart?.kind === 'curves' && chart.points.map(({ at, value }) => [at, value])).toEqual([
    [10, 2],
    [1000, 3],
  ]);
});

test('times without a floor begin at zero; one alone is no chart', () => {
  const rows = [2000, 3000].map((time) => ({ name: `${time} times`, figures: { 'CPU a call': ns(time) } }));
  const [chart] = chartsOf({
    tables: [{ title: 'Work', rows: rows.map((row, at) => ({ ...row, name: `work ${at}` })) }],
  });
  expect(chart).toMatchObject({ kind: 'bars', title: 'Work: CPU a call', axis: 'µs' });
  expect(chart).not.toHaveProperty('floor');
  expect(chart?.points.map(({ value }) => value)).toEqual([2, 3]);
  expect(chartsOf({ tables: [{ title: 'Work', rows: rows.slice(1) }] })).toEqual([]);
});
