// The page of figures.

import { expect, test } from 'vitest';
import { fidelityPage, type Replayed } from '../src/fidelity.ts';
import type { Result } from '../src/replay.ts';
import type { Transcript } from '../src/transcript.ts';

function replayed(path: string, result: Result, source: Partial<Transcript['source']> = {}): Replayed {
  const [theme = '', name = ''] = path.split('/');
  const step = { id: 'a', op: 'CreateKey', input: {}, evidence: 'succeeded' } as const;
  const transcript: Transcript = {
    name,
    about: '',
    source: { kind: 'aws-validated recording', cite: '', recorded: '2025-03-08', ...source },
    replay: 'as-is',
    regions: ['us-east-1'],
    steps: [
      step,
      { ...step, id: 'b' },
      { id: 'm', make: { randomBytes: 1, as: 'bytes' } },
      { ...step, id: 'c', op: 'Sign' },
    ],
  };
  return { theme, path, transcript, result };
}

const page = fidelityPage([
  replayed('tags/b', { outcome: 'not built', what: 'Sign' }, { kind: 'aws-validated assertions' }),
  replayed('keys/a', { outcome: 'passed' }),
  replayed(
    'tags/a',
    { outcome: 'skipped', reason: 'old' },
    { kind: 'aws-validated marker, no run record', recorded: null },
  ),
  replayed(
    'keys/b',
    {
      outcome: 'failed',
      step: 'a',
      operation: 'CreateKey',
      difference: { path: 'X', expected: 'a|b', got: 'nothing' },
    },
    { kind: 'adjusted' },
  ),
]);

test('counts the outcomes', () => {
  expect(page).toContain('4 transcripts: 1 passed, 1 failed, 1 not built yet, 1 skipped.');
});

test('has a table for each theme, in order', () => {
  expect(page.match(/^## .*$/gm)).toEqual(['## keys', '## tags']);
  expect(page.match(/^\| [ab] \|.*$/gm)).toEqual([
    '| a | CreateKey, Sign | 2025-03-08 | recording | passed |',
    '| b | CreateKey, Sign | 2025-03-08 | adjusted | failed at a (CreateKey): X: expected a\\|b, got nothing |',
    '| a | CreateKey, Sign | undated | marker | skipped: old |',
    '| b | CreateKey, Sign | 2025-03-08 | assertions | not built yet: Sign |',
  ]);
});

test('ends with one line break', () => {
  expect(page).toMatch(/[^\n]\n$/);
});
