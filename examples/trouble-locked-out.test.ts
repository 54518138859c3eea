import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const App = 'arn:aws:iam::000000000000:role/App';
const Root = 'arn:aws:iam::000000000000:root';

test('a key that nobody can manage is restored by AWS Support', async () => {
  const sim = createKmsim({ seed: 'locked-out' });
  const { KeyMetadata: key } = await sim.as().createKey();
  const KeyId = key?.Arn ?? '';
  const use = { Effect: 'Allow', Principal: { AWS: App }, Action: ['kms:Encrypt', 'kms:Decrypt'], Resource: '*' };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: use });

  // KMS warns: this policy lets nobody change it again. Do not bypass the check ...
  const warning = await sim.as().putKeyPolicy({ KeyId, Policy }).catch(String);
  // ... or nobody can change it again, not even the root user of the account.
  await sim.as().putKeyPolicy({ KeyId, Policy, BypassPolicyLockoutSafetyCheck: true });
  const symptom = await sim.as(Root).putKeyPolicy({ KeyId, Policy }).catch(String);
  const explanation = sim.explain({ as: Root, operation: 'PutKeyPolicy', keyId: KeyId });
  expect(sim.whoCan('PutKeyPolicy', KeyId).principals).toEqual([]);
  await expect(`${warning}\n\n${symptom}\n\n${explanation}\n`).toMatchFileSnapshot('trouble-locked-out.txt');
  await expect(sim.as().scheduleKeyDeletion({ KeyId })).rejects.toMatchObject({ name: 'AccessDeniedException' });

  // Fix: a support case. In the simulation it is a call, refused as long as anybody can still put a policy.
  sim.support.restoreKeyPolicy(KeyId);
  await sim.as().describeKey({ KeyId });
});
