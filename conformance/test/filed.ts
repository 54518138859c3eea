// Transcripts and results for tests that need no real ones.

import type { Filed } from '../src/load.ts';
import type { Replayed } from '../src/play-all.ts';
import type { Result } from '../src/result.ts';
import type { CallStep, Transcript } from '../src/transcript.ts';

export function filed(path: string, more: Partial<Transcript> = {}): Filed {
  const [theme = '', name = ''] = path.split('/');
  const step: CallStep = { id: 'list', op: 'ListKeys', input: {}, evidence: 'succeeded' };
  const source = { kind: 'aws-validated recording', cite: '', recorded: '2025-03-08' };
  return {
    theme,
    path,
    transcript: { name, about: '', source, replay: 'as-is', regions: ['us-east-1'], steps: [step], ...more },
  };
}

export function replayed(path: string, result: Result, more: Partial<Transcript> = {}): Replayed {
  return { ...filed(path, more), result };
}

export const failed: Result = {
  outcome: 'failed',
  step: 'list',
  operation: 'ListKeys',
  difference: { path: 'X', expected: 'a|b', got: 'nothing' },
};
