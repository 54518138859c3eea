// What can be a rate.

import { expect, test } from 'vitest';
import { rateFault } from '../src/index.ts';

test.each([10, 0.1, 1e-9, 100_000])('%d is a rate', (value) => {
  expect(rateFault(value)).toBeUndefined();
});

test.each([
  [0, 'not above zero'],
  [-0, 'not above zero'],
  [-5, 'not above zero'],
  [Number.NEGATIVE_INFINITY, 'not above zero'],
  [Number.NaN, 'not a number'],
  ['10', 'not a number'],
  [undefined, 'not a number'],
  [null, 'not a number'],
  [10n, 'not a number'],
  [Number.POSITIVE_INFINITY, 'without bounds'],
])('%s is none: %s', (value, fault) => {
  expect(rateFault(value)).toBe(fault);
});
