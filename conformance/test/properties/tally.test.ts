// Counting cells.

import { expect, test } from 'vitest';
import { Tally } from '../../src/properties/tally.ts';

test('counts by any part of a cell, the rarest first', () => {
  const tally = new Tally();
  const cell = { operation: 'Encrypt', keyState: 'Enabled', outcome: 'success' };
  for (const outcome of ['success', 'success', 'DryRunOperationException']) tally.count({ ...cell, outcome });
  tally.count({ ...cell, operation: 'ReEncrypt' });
  expect(tally.times(cell)).toBe(2);
  expect(tally.times({ operation: 'Encrypt' })).toBe(3);
  expect(tally.times({ keyState: 'Enabled' })).toBe(4);
  expect(tally.times({ operation: 'Crypt' })).toBe(0);
  expect(tally.cells().map(({ count }) => count)).toEqual([1, 1, 2]);
  expect(tally.commands).toBe(4);
});
