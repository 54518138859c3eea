// Locked out of a key, and let in again.

import { expect, test } from 'vitest';
import { createKmsim, type Kmsim } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const gone = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::000000000000:user/Gone' },
  Action: 'kms:Decrypt',
  Resource: '*',
};

async function lockedOut(sim: Kmsim): Promise<string> {
  const { KeyMetadata } = await sim.as().createKey({
    Policy: JSON.stringify({ Version: '2012-10-17', Statement: gone }),
    BypassPolicyLockoutSafetyCheck: true,
  });
  return KeyMetadata?.Arn ?? '';
}

test('a key that nobody can manage is restored by AWS Support, and then no more', async () => {
  const sim = createKmsim({ seed: 1 });
  const KeyId = await lockedOut(sim);
  await expect(sim.as().describeKey({ KeyId })).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(sim.as('arn:aws:iam::000000000000:root').describeKey({ KeyId })).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  sim.support.restoreKeyPolicy(KeyId);
  await expect(sim.as().describeKey({ KeyId })).resolves.toHaveProperty('KeyMetadata');
  const error = kmsimErrorOf(() => sim.support.restoreKeyPolicy(KeyId));
  expect(error).toMatchObject({ code: 'NotLockedOut', hint: expect.stringContaining('AWS Support') });
  expect(error.problem).toBe(`arn:aws:iam::000000000000:root can still put a key policy on ${KeyId}.`);
});

test('a policy of one’s own, by the id of the key', async () => {
  const sim = createKmsim({ seed: 1 });
  const KeyId = await lockedOut(sim);
  const policy = { Version: '2012-10-17', Statement: { ...gone, Principal: { AWS: '000000000000' }, Action: 'kms:*' } };
  sim.support.restoreKeyPolicy(KeyId.split('/')[1] ?? '', { policy });
  expect((await sim.as().getKeyPolicy({ KeyId })).Policy).toBe(JSON.stringify(policy));
});

test('mistakes are told apart', async () => {
  const sim = createKmsim({ seed: 1 });
  const KeyId = await lockedOut(sim);
  const { KeyMetadata } = await sim.as().describeKey({ KeyId: 'alias/aws/s3' });
  const before = JSON.stringify(sim.snapshot());
  const code = (use: () => unknown) => kmsimErrorOf(use).code;
  expect(code(() => sim.support.restoreKeyPolicy('none'))).toBe('UnknownKey');
  expect(code(() => sim.support.restoreKeyPolicy(KeyMetadata?.Arn ?? ''))).toBe('NotLockedOut');
  expect(code(() => sim.support.restoreKeyPolicy(KeyId, { policy: '{' }))).toBe('InvalidPolicy');
  expect(code(() => sim.support.restoreKeyPolicy(KeyId, { polic: '{' } as object))).toBe('InvalidOption');
  expect(JSON.stringify(sim.snapshot())).toBe(before);
});

test('a policy that JSON cannot express is not taken for none', async () => {
  const sim = createKmsim({ seed: 1 });
  const KeyId = await lockedOut(sim);
  const policy = { Version: '2012-10-17', Statement: [] as unknown[] };
  policy.Statement.push(policy);
  for (const wrong of [policy, () => 1]) {
    const error = kmsimErrorOf(() => sim.support.restoreKeyPolicy(KeyId, { policy: wrong as typeof policy }));
    expect(error).toMatchObject({ code: 'InvalidPolicy', problem: expect.stringContaining('written as JSON') });
  }
  await expect(sim.as().describeKey({ KeyId })).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
