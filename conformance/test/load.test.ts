// Every transcript of the package can be read, and each lies where its name says.

import { expect, test } from 'vitest';
import { loadTranscripts } from '../src/load.ts';

const filed = loadTranscripts();

test('finds the transcripts theme by theme', () => {
  expect(filed.length).toBeGreaterThan(100);
  expect(new Set(filed.map((one) => one.path)).size).toBe(filed.length);
  expect(filed.map((one) => one.path)).toContain('rotation/rotate-disabled-key');
});

test('names a transcript once over all themes', () => {
  expect(new Set(filed.map((one) => one.transcript.name)).size).toBe(filed.length);
});

test('an adjusted transcript names the one it comes from, which stands beside it', () => {
  const adjusted = filed.filter((one) => one.transcript.source.kind === 'adjusted');
  expect(adjusted.map((one) => one.path)).toEqual(['rotation/rotate-on-demand-limit-25']);
  for (const { transcript } of adjusted) {
    const [origin = ''] = /transcripts\/[a-z-]+\/[a-z0-9-]+(?=\.json)/.exec(transcript.source.cite) ?? [];
    expect(filed.find((one) => `transcripts/${one.path}` === origin)?.transcript.replay).toBe('adjust');
  }
});
