// Windows hold their first instant and not their last.

import { expect, test } from 'vitest';
import { after, meets, spans } from '../../src/faults/windows.ts';

const windows = spans(
  [
    { fromMs: 10, untilMs: 20 },
    { fromMs: 20, untilMs: 25 },
    { fromMs: 40, untilMs: 50 },
  ],
  100,
);

test('the first free instant is behind every window that holds it', () => {
  expect([109, 110, 119, 120, 124, 125, 145].map((at) => after(windows, at))).toEqual([
    109, 125, 125, 125, 125, 125, 150,
  ]);
});

test('a flight meets a window that holds any of its instants', () => {
  const flights = [
    [100, 109],
    [100, 110],
    [124, 130],
    [125, 139],
    [125, 140],
    [149, 149],
    [150, 160],
    [100, 200],
  ] as const;
  expect(flights.map(([sent, arrives]) => meets(windows, sent, arrives))).toEqual([
    false,
    true,
    true,
    false,
    true,
    true,
    false,
    true,
  ]);
});
