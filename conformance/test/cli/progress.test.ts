// How far a run is.

import { expect, test } from 'vitest';
import { progressOn } from '../../src/cli/progress.ts';
import { failed, replayed } from '../filed.ts';
import { ioDouble } from './io-double.ts';

const results = [replayed('tags/a', { outcome: 'passed' }), replayed('tags/b', failed)];

test('elsewhere than on a terminal, a line for each', () => {
  const io = ioDouble();
  const progress = progressOn(io.stderr, 2);
  for (const one of results) progress.tell(one);
  progress.end();
  expect(io.told()).toBe('tags/a: passed\ntags/b: failed at list (ListKeys): X: expected a|b, got nothing\n');
});

test('on a terminal, one bar that ends at the end', () => {
  const io = ioDouble({}, true);
  const progress = progressOn(io.stderr, 2);
  for (const one of results) progress.tell(one);
  progress.end();
  expect(io.told()).toContain('0/2, 0 failed');
  expect(io.told()).toContain('2/2, 1 failed  tags/b');
  expect(io.told()).not.toContain('tags/a: passed');
});
