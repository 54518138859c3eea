// What a run has shown.

import { expect, test } from 'vitest';
import { createObserver } from '../../src/fidelity/observe.ts';
import { type Filed, loadTranscripts } from '../../src/load.ts';
import { playAll } from '../../src/play-all.ts';
import { inProcess } from '../../src/targets/doors.ts';

async function observed(filed: readonly Filed[]): Promise<readonly string[]> {
  const observer = createObserver();
  await playAll(filed, (path) => observer.watch(inProcess(path)), { onStep: observer.note });
  return observer.observations.map(({ keySpec = '', keyState = '', operation, outcome, proof }) =>
    [operation, outcome, proof, keySpec, keyState].join(' ').trimEnd(),
  );
}

const named = (path: string): Filed[] => loadTranscripts().filter((one) => one.path === path);

test('each step: operation, outcome, and the key as it was before', async () => {
  expect(await observed(named('rotation/rotate-disabled-key'))).toEqual([
    'CreateKey success recording RSA_4096',
    'DisableKey success recording RSA_4096 Enabled',
    'RotateKeyOnDemand DisabledException recording RSA_4096 Disabled',
  ]);
});

test('a ciphertext names its key', async () => {
  const seen = await observed(named('data-keys/generate-data-key'));
  expect(seen).toContain('Decrypt success recording SYMMETRIC_DEFAULT Enabled');
});

test('a key that is not there has no state', async () => {
  expect(await observed(named('rotation/rotate-nonexistent-key'))).toEqual([
    'RotateKeyOnDemand NotFoundException recording',
  ]);
});

test('a step that differs shows nothing, and of a page only its claim counts', async () => {
  const [one] = named('rotation/rotate-disabled-key');
  if (one === undefined) throw new Error('the transcript');
  const source = { kind: 'documentation', cite: 'a page', recorded: null };
  const steps = one.transcript.steps.map((step) =>
    'error' in step ? { ...step, evidence: 'documented' as const } : step,
  );
  const page: Filed = { ...one, transcript: { ...one.transcript, source, steps } };
  expect(await observed([page])).toEqual(['RotateKeyOnDemand DisabledException documentation RSA_4096 Disabled']);
  const wrong = steps.map((step) => ('error' in step ? { ...step, error: { code: 'NotFoundException' } } : step));
  expect(await observed([{ ...page, transcript: { ...page.transcript, steps: wrong } }])).toEqual([]);
});
