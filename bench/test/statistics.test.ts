// Medians, quartiles, and what is kept of the rounds.

import { expect, test } from 'vitest';
import { figure, grouped, inverse } from '../src/statistics.ts';

test('a median with the quartiles, and the rounds in their order', () => {
  expect(figure('ns', [5, 1, 4, 2, 3])).toEqual({ unit: 'ns', median: 3, p25: 2, p75: 4, rounds: [5, 1, 4, 2, 3] });
});

test('of many measurements, the medians of groups of neighbours are kept', () => {
  const samples = Array.from({ length: 400 }, (_, n) => n);
  const { rounds = [] } = figure('ns', samples);
  expect(rounds).toHaveLength(40);
  expect(rounds.slice(0, 3)).toEqual([4.5, 14.5, 24.5]);
  expect(grouped([1, 2, 3, 4, 5, 6, 7], 2)).toEqual([2, 5.5]);
});

test('twice the time is half the speed, and the quartiles change places', () => {
  expect(inverse({ unit: 'ratio', median: 2, p25: 1, p75: 4 }, 'share')).toEqual({
    unit: 'share',
    median: 0.5,
    p25: 0.25,
    p75: 1,
  });
});
