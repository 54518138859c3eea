// The score of a target.

import { describe, expect, test } from 'vitest';
import { isClean, scoreOf, scoreTable } from '../src/score.ts';
import { failed, replayed } from './filed.ts';

const results = [
  replayed('tags/b', { outcome: 'not built', what: 'Sign' }),
  replayed('keys/a', { outcome: 'passed' }),
  replayed('tags/a', { outcome: 'skipped', reason: 'known gap: slow' }),
  replayed('keys/b', failed),
  replayed('tags/c', { outcome: 'no answer', step: '', operation: '', reason: 'down', silent: true }),
];
const score = scoreOf('http://there', results, { 'keys/a': 'was broken' });

test('counts theme by theme, and all together', () => {
  expect(score).toMatchObject({
    target: 'http://there',
    totals: { passed: 1, failed: 1, unsupported: 1, noAnswer: 1, skipped: 1 },
    themes: {
      keys: { passed: 1, failed: 1, unsupported: 0, noAnswer: 0, skipped: 0 },
      tags: { passed: 0, failed: 0, unsupported: 1, noAnswer: 1, skipped: 1 },
    },
    closedGaps: ['keys/a'],
  });
  expect(score.results).toContainEqual({ path: 'tags/b', outcome: 'not built', text: 'unsupported: Sign' });
});

test('as a table, with the reason of each skip', () => {
  expect(scoreTable(score)).toBe(
    `1 unsupported: Sign
  tags/b

1 skipped: known gap: slow
  tags/a

keys/a is a known gap that passes now: take it off the list.

       passed  failed  unsupported  no answer  skipped
keys        1       1            0          0        0
tags        0       0            1          1        1
total       1       1            1          1        1`,
  );
});

describe('is clean', () => {
  test.each([
    [true, [replayed('a/1', { outcome: 'passed' }), replayed('a/2', { outcome: 'not built', what: 'Sign' })]],
    [true, [replayed('a/1', { outcome: 'skipped', reason: 'old' })]],
    [false, [replayed('a/1', failed)]],
    [false, [replayed('a/1', { outcome: 'no answer', step: '', operation: '', reason: 'down', silent: true })]],
    // A page that the target does not follow is no answer of the real service.
    [true, [replayed('a/1', failed, { source: { kind: 'documentation', cite: 'a page', recorded: null } })]],
  ])('%s', (clean, some) => {
    expect(isClean(scoreOf('t', some))).toBe(clean);
  });
});
