// kmsim/jest: the matchers in the `expect` of jest, where asymmetric matchers and messages are jest's own.

import { expect as jestExpect } from 'expect';
import { beforeAll, expect, test } from 'vitest';
import { matchers } from '../../src/testing/jest.ts';
import { deniedWorld, failed, orders } from './denied-world.ts';

beforeAll(() => jestExpect.extend({ ...matchers }));

test('every matcher passes and fails as it does in vitest', async () => {
  const { keyId, sim } = await deniedWorld();
  await sim.as(orders).encrypt({ KeyId: keyId, Plaintext: new Uint8Array(3), EncryptionContext: { tenant: 'acme' } });
  await failed(sim.as(orders).scheduleKeyDeletion({ KeyId: keyId }));

  jestExpect(sim).toHaveUsedKey('alias/orders', 'Encrypt');
  jestExpect(sim).not.toHaveUsedKey(keyId, 'Decrypt');
  jestExpect(sim).toHaveEncryptedWithContext({ tenant: jestExpect.stringMatching(/^ac/) });
  jestExpect(sim).toHaveEncryptedWithContext(jestExpect.objectContaining({ tenant: 'acme' }));
  jestExpect(sim).not.toHaveEncryptedWithContext({});
  jestExpect(sim).toHaveBeenDenied({ by: 'key policy', because: 'explicit deny', operation: 'ScheduleKeyDeletion' });
  jestExpect(sim).not.toHaveBeenDenied({ by: 'session policy' });
  jestExpect(sim).toHaveCalled('Encrypt', 1);
  jestExpect(sim).not.toHaveCalled('Decrypt');

  const failing: readonly (readonly [() => void, string])[] = [
    [() => jestExpect(sim).toHaveUsedKey(keyId, 'Decrypt'), "expect(sim).toHaveUsedKey('"],
    [() => jestExpect(sim).not.toHaveUsedKey(keyId), 'expect(sim).not.toHaveUsedKey('],
    [
      () => jestExpect(sim).toHaveEncryptedWithContext(jestExpect.objectContaining({ tenant: 'other' })),
      'toHaveEncryptedWithContext(ObjectContaining): of 1 that encrypted, none',
    ],
    [() => jestExpect(sim).not.toHaveBeenDenied(), 'expect(sim).not.toHaveBeenDenied(): 1 call was denied so.'],
    [() => jestExpect(sim).toHaveCalled('Encrypt', 2), 'Encrypt was called once.'],
  ];
  for (const [expectation, words] of failing) expect(expectation).toThrow(words);
});
