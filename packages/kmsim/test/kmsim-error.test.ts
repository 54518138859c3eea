// The mistakes of callers.

import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { alarms, createKmsim, KmsimError, replayCloudTrail } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

test('says what is wrong, then what to do', () => {
  const cause = new Error('why');
  const error = new KmsimError('Closed', 'The simulation is closed.', { cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'KmsimError', code: 'Closed', problem: 'The simulation is closed.', cause });
  expect(error.message).toBe(`The simulation is closed. ${error.hint}`);
  expect(error.hint).toBe('Make a new one with createKmsim().');
  expect(String(error)).toMatch(/^KmsimError: The simulation/);
});

const misspelt = { misspelt: 1 } as object;
const root = new URL('../../../', import.meta.url);

test.each<[string, () => unknown]>([
  ['docs/review.md', () => createKmsim().review(misspelt)],
  ['docs/review.md', () => createKmsim().review({ except: ['rotation-of'] })],
  ['docs/review.md', () => createKmsim().metrics(misspelt)],
  ['docs/review.md', () => createKmsim().metrics({ period: '1 second' })],
  ['docs/review.md', () => createKmsim().alarms(5 as never)],
  ['docs/review.md', () => alarms.when(misspelt)],
  ['docs/review.md', () => alarms.unusualVolume(misspelt as never)],
  ['docs/cost.md', () => createKmsim().cost(misspelt)],
  ['docs/cost.md', () => createKmsim().cost({ prices: misspelt })],
  ['docs/audit.md', () => createKmsim().trail.find(misspelt)],
  ['docs/audit.md', () => createKmsim().trail.stream(5 as never)],
  ['docs/audit.md', () => createKmsim({ trail: misspelt })],
  ['docs/nitro-enclaves.md', () => createKmsim({ attestation: misspelt as never })],
  ['docs/nitro-enclaves.md', () => createKmsim({ attestation: 5 as never })],
  ['docs/external-key-store.md', () => createKmsim().endpointServices.put(misspelt as never)],
  ['docs/external-key-store.md', () => createKmsim({ vpcEndpointServices: misspelt as never })],
  ['docs/xks-proxy.md', () => createKmsim({ xksEndpoints: 5 as never })],
  ['docs/cloudhsm-key-store.md', () => createKmsim().cloudHsm.launch(misspelt)],
  ['docs/quotas.md', () => createKmsim({ quotas: misspelt })],
  ['docs/faults.md', () => createKmsim({ seed: 1, faults: { draw: misspelt } as never })],
])('the hint for a wrong option names the page that has them: %s', (page, mistake) => {
  expect(kmsimErrorOf(mistake)).toMatchObject({ code: 'InvalidOption', hint: `See ${page} for what there is.` });
  expect(existsSync(new URL(page, root))).toBe(true);
});

test('so do those of a replay', async () => {
  const replayed = replayCloudTrail([], { keys: { '*': { aliases: ['alias/a'] } } });
  await expect(replayed).rejects.toMatchObject({ hint: 'See docs/replay-cloudtrail.md for what there is.' });
});

test('other options are in the README', () => {
  const { hint } = kmsimErrorOf(() => createKmsim(misspelt));
  expect(hint).toBe('See the options in the README.');
});
