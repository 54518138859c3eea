// The page of figures.

import { expect, test } from 'vitest';
import { fidelityPage } from '../../src/fidelity/page.ts';
import { measurement } from './measurement.ts';

const page = fidelityPage(measurement);

test('counts the outcomes of the transcripts and of the documentation', () => {
  expect(page).toContain('4 transcripts: 1 passed, 1 failed, 1 not built yet, 1 skipped.');
  expect(page).toContain('3 scenarios out of the documentation: 1 passed, 1 failed, 1 not built yet, 0 skipped.');
});

test('has its sections', () => {
  expect(page.match(/^## .*$/gm)).toEqual([
    '## Doors',
    '## Operations',
    '## Key specs',
    '## Key states',
    '## Where sources disagree',
    '## Transcripts',
  ]);
});

test('has each door', () => {
  expect(page).toContain('| AWS JSON, handed to the engine | 1 passed, 1 failed, 1 not built yet, 1 skipped |');
  expect(page).toContain(
    '| the request handler of an AWS SDK client | 1 passed, 1 failed, 0 not built yet, 1 skipped |',
  );
  expect(page).toContain('| signed HTTP on loopback | 0 passed, 1 failed, 0 not built yet, 1 skipped |');
});

test('has a table of transcripts for each theme, in order', () => {
  expect(page.match(/^### .*$/gm)).toEqual(['### keys', '### tags']);
  expect(page.match(/^\| [ab] \|.*$/gm)).toEqual([
    '| a | ListKeys | 2025-03-08 | recording | passed |',
    '| b | ListKeys | 2025-03-08 | adjusted | failed at list (ListKeys): X: expected a\\|b, got nothing |',
    '| a | ListKeys | undated | marker | skipped: old |',
    '| b | ListKeys | 2025-03-08 | assertions | not built yet: Sign |',
  ]);
});

test('is the same for the same results, and ends with one line break', () => {
  expect(fidelityPage(measurement)).toBe(page);
  expect(page).toMatch(/[^\n]\n$/);
});
