// Which rows are in sight, and where keys lead.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { rowAfter, scrollFor, visibleRows } from '../../src/inspector/visible-rows.ts';

const sight = fc.record({
  scrollTop: fc.nat(5_000_000),
  height: fc.integer({ min: 1, max: 3_000 }),
  rowHeight: fc.integer({ min: 10, max: 100 }),
  total: fc.nat(300_000),
});

describe('rows in sight', () => {
  test.prop([sight])('are all that the window touches, and few besides', (given) => {
    const { height, rowHeight, scrollTop, total } = given;
    const [first, end] = visibleRows(given);
    expect(end - first).toBeLessThanOrEqual(Math.ceil(height / rowHeight) + 18);
    for (const y of [scrollTop, scrollTop + height - 1]) {
      const row = Math.floor(y / rowHeight);
      if (row < total) expect(row >= first && row < end).toBe(true);
    }
    expect(first).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(total);
  });

  test.prop([sight, fc.nat(299_999)])('a row that was scrolled to is in sight', (given, wanted) => {
    const total = wanted + 1;
    const height = Math.max(given.height, given.rowHeight);
    const scrollTop = scrollFor(wanted, { ...given, height, total });
    expect(scrollTop).toBeLessThanOrEqual(wanted * given.rowHeight);
    expect(scrollTop + height).toBeGreaterThanOrEqual((wanted + 1) * given.rowHeight);
  });
});

describe('keys', () => {
  const list = { scrollTop: 0, height: 500, rowHeight: 50, total: 100 };

  test.each([
    ['ArrowDown', 3, 4],
    ['ArrowUp', 3, 2],
    ['ArrowUp', 0, 0],
    ['ArrowDown', 99, 99],
    ['PageDown', 3, 12],
    ['PageUp', 3, 0],
    ['Home', 50, 0],
    ['End', 50, 99],
    ['ArrowDown', -1, 0],
    ['End', -1, 99],
  ])('%s from %i leads to %i', (key, row, next) => {
    expect(rowAfter(key, row, list)).toBe(next);
  });

  test.each(['Tab', 'a', 'toString', '__proto__'])('%s leads nowhere', (key) => {
    expect(rowAfter(key, 3, list)).toBeUndefined();
    expect(rowAfter('ArrowDown', -1, { ...list, total: 0 })).toBeUndefined();
  });
});
