// kmsim/assert: the matchers for runners that have no expect.

import { AssertionError } from 'node:assert';
import { expect, test } from 'vitest';
import { assertThat } from '../../src/testing/assert.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';
import { deniedWorld, failed, orders } from './denied-world.ts';

test('says nothing where it holds, and throws an AssertionError where it does not', async () => {
  const { keyId, sim } = await deniedWorld();
  await sim.as(orders).encrypt({ KeyId: keyId, Plaintext: new Uint8Array(3), EncryptionContext: { tenant: 'acme' } });
  await failed(sim.as(orders).scheduleKeyDeletion({ KeyId: keyId }));
  const that = assertThat(sim);
  const holding: readonly (() => void)[] = [
    () => that.toHaveUsedKey(keyId, 'Encrypt'),
    () => that.toHaveEncryptedWithContext({ tenant: 'acme' }),
    () => that.toHaveBeenDenied({ by: 'key policy' }),
    () => that.toHaveCalled('Encrypt', 1),
    () => that.not.toHaveUsedKey(keyId, 'Decrypt'),
    () => that.not.toHaveEncryptedWithContext({}),
    () => that.not.toHaveBeenDenied({ operation: 'Encrypt' }),
    () => that.not.toHaveCalled('Decrypt'),
  ];
  for (const holds of holding) expect(holds()).toBeUndefined();
  const failing: readonly (() => void)[] = [
    () => that.not.toHaveUsedKey(keyId, 'Encrypt'),
    () => that.not.toHaveEncryptedWithContext({ tenant: 'acme' }),
    () => that.not.toHaveBeenDenied({ by: 'key policy' }),
    () => that.not.toHaveCalled('Encrypt', 1),
    () => that.toHaveUsedKey(keyId, 'Decrypt'),
    () => that.toHaveEncryptedWithContext({}),
    () => that.toHaveBeenDenied({ operation: 'Encrypt' }),
    () => that.toHaveCalled('Decrypt'),
  ];
  for (const fails of failing) expect(fails).toThrow(AssertionError);
  expect(failing[7]).toThrow("assertThat(sim).toHaveCalled('Decrypt'): Decrypt was not called.");
  expect(failing[3]).toThrow("assertThat(sim).not.toHaveCalled('Encrypt', 1): Encrypt was called once.");
});

test('the stack leads to the test, not into kmsim', async () => {
  const { sim } = await deniedWorld();
  try {
    assertThat(sim).toHaveCalled('Decrypt');
  } catch (error) {
    expect((error as Error).stack?.split('\n').find((line) => line.startsWith('    at'))).toContain('assert.test.ts');
    return;
  }
  throw new Error('it was expected to throw');
});

test('a mistake is no failed assertion', () => {
  expect(kmsimErrorOf(() => assertThat('sim').not.toHaveCalled('Decrypt')).message).toContain('not of "sim"');
});
