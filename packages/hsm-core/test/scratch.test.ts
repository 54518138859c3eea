// The buffer that is used again: its views are of the length asked for and show what was written last.

import { expect, test } from 'vitest';
import { Scratch } from '../src/scratch.ts';

test('gives its beginning, in any length up to its own', () => {
  const scratch = new Scratch(8);
  scratch.bytes.set([1, 2, 3, 4, 5, 6, 7, 8]);
  for (const length of [0, 1, 5, 8])
    expect([...scratch.first(length)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8].slice(0, length));
});

test('a view that was given before shows what stands there now', () => {
  const scratch = new Scratch(4);
  const view = scratch.first(2);
  scratch.bytes.fill(9);
  expect([...view]).toEqual([9, 9]);
  expect([...scratch.first(2)]).toEqual([9, 9]);
});
