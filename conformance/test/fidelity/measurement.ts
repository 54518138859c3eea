// A small measurement for the tests of the pages.

import type { Measurement } from '../../src/fidelity/measure.ts';
import type { Observation } from '../../src/fidelity/observe.ts';
import { failed, replayed } from '../filed.ts';

const recording = (operation: string, outcome: string, more: Partial<Observation> = {}): Observation => ({
  ...{ operation, outcome, proof: 'recording' },
  ...more,
});
const page = (operation: string, outcome: string, more: Partial<Observation> = {}): Observation => ({
  ...recording(operation, outcome, more),
  proof: 'documentation',
});

const results = [
  replayed(
    'tags/b',
    { outcome: 'not built', what: 'Sign' },
    { source: { kind: 'aws-validated assertions', cite: '', recorded: '2025-03-08' } },
  ),
  replayed('keys/a', { outcome: 'passed' }),
  replayed(
    'tags/a',
    { outcome: 'skipped', reason: 'old' },
    { source: { kind: 'aws-validated marker, no run record', cite: '', recorded: null } },
  ),
  replayed('keys/b', failed, { source: { kind: 'adjusted', cite: '', recorded: '2025-03-08' } }),
];

export const measurement: Measurement = {
  recorded: results,
  documented: [
    replayed('documented/key-states/DeleteAlias-Enabled', { outcome: 'passed' }),
    replayed('documented/key-states/Sign-Enabled', { outcome: 'not built', what: 'Sign' }),
    replayed('documented/key-states/EnableKey-Enabled', failed),
  ],
  doors: { 'in-process': results, 'sdk-door': results.slice(1), 'http-door': results.slice(2) },
  observations: [
    recording('CreateKey', 'success', { keySpec: 'HMAC_224' }),
    recording('DisableKey', 'success', { keySpec: 'RSA_2048', keyState: 'Enabled' }),
    page('DisableKey', 'success', { keySpec: 'RSA_2048', keyState: 'Enabled' }),
    page('DisableKey', 'KMSInvalidStateException', { keySpec: 'RSA_2048', keyState: 'PendingDeletion' }),
    recording('GenerateMac', 'ValidationException', { keySpec: 'HMAC_224', keyState: 'Enabled' }),
    page('EnableKey', 'success', { keySpec: 'RSA_2048', keyState: 'Disabled' }),
  ],
};
