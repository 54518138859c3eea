import 'kmsim/vitest';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const App = 'arn:aws:iam::000000000000:role/App';
const Admin = 'arn:aws:iam::000000000000:user/administrator';
const allow = (principal: string, Action: string) => ({
  Effect: 'Allow',
  Principal: { AWS: principal },
  Action,
  Resource: '*',
});
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

test('App has kms:* in IAM and is denied: the key policy leaves nothing to IAM', async () => {
  const sim = createKmsim({ seed: 'denied' });
  const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } };
  sim.identities.put({ arn: App, policies: { everything } });
  const { KeyMetadata: key } = await sim.as().createKey({ Policy: policyOf(allow(Admin, 'kms:*')) });
  const KeyId = key?.Arn ?? '';
  const encrypt = () => sim.as(App).encrypt({ KeyId, Plaintext: Buffer.from('4711') });

  // Symptom and explanation.
  const symptom = await encrypt().catch(String);
  const explanation = sim.explain({ as: App, operation: 'Encrypt', keyId: KeyId });
  await expect(`${symptom}\n\n${explanation}\n`).toMatchFileSnapshot('trouble-denied.txt');
  // The same for a call that was made: in the trail, and as a matcher.
  const [event] = sim.trail.find({ errorCode: 'AccessDenied' });
  expect(event && sim.trail.decisionOn(event)?.reason).toBe('no key policy statement allows it');
  expect(sim).toHaveBeenDenied({ principal: App, by: 'key policy', because: 'no key policy statement allows it' });

  // Fix: whoever may change the key policy leaves the use of the key to the account's IAM policies.
  const account = allow('arn:aws:iam::000000000000:root', 'kms:*');
  await sim.as().putKeyPolicy({ KeyId, Policy: policyOf(allow(Admin, 'kms:*'), account) });
  expect((await encrypt()).KeyId).toBe(KeyId);
});
