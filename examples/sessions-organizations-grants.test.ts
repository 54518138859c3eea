import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const App = 'arn:aws:iam::000000000000:role/App';
const policy = (Effect: 'Allow' | 'Deny', Action: string) => ({
  Version: '2012-10-17',
  Statement: { Effect, Action, Resource: '*' },
});

// App may use every key of the account: the default key policy leaves it to identity policies.
async function world(boundary = policy('Allow', '*')) {
  const sim = createKmsim({
    seed: 'around',
    identities: [{ arn: App, policies: { use: policy('Allow', 'kms:*') }, boundary }],
  });
  const { KeyMetadata } = await sim.as().createKey();
  return { sim, keyId: KeyMetadata?.Arn ?? '' };
}

test('a session policy narrows the role', async () => {
  const { keyId, sim } = await world();
  const session = { name: 'nightly-job', policies: { onlyEncrypt: policy('Allow', 'kms:Encrypt') } };
  expect(sim.explain({ as: App, session, operation: 'Encrypt', keyId }).allowed).toBe(true);
  const refused = sim.explain({ as: App, session, operation: 'Decrypt', keyId });
  expect(refused.decisions[0]?.reason).toBe('no session policy allows it');
  // The same for calls: sim.as(App, { session }), new KMSClient(sim.clientConfig({ as: App, session })).
  const job = sim.as(App, { session });
  const { CiphertextBlob } = await job.encrypt({ KeyId: keyId, Plaintext: Buffer.from('4711') });
  await expect(job.decrypt({ CiphertextBlob })).rejects.toThrow('no session policy allows the kms:Decrypt action');
});

test('a permissions boundary is the most that identity policies give', async () => {
  const { keyId, sim } = await world(policy('Allow', 'kms:Encrypt'));
  expect(sim.explain({ as: App, operation: 'Encrypt', keyId }).allowed).toBe(true);
  expect(sim.explain({ as: App, operation: 'Decrypt', keyId }).decisions[0]?.reason).toMatch(/permissions boundary/);
});

test('a service control policy denies everybody in the account', async () => {
  const { keyId, sim } = await world();
  const NoDeletion = policy('Deny', 'kms:ScheduleKeyDeletion');
  const units = { 'ou-ab12-prod': { accounts: ['000000000000'], scps: { NoDeletion } } };
  sim.organization.put({ id: 'o-exampleorgid', units });
  await expect(sim.as().scheduleKeyDeletion({ KeyId: keyId })).rejects.toThrow(
    'with an explicit deny in a service control policy',
  );
  expect(sim.explain({ as: App, operation: 'Decrypt', keyId }).allowed).toBe(true);
});

test('a grant lets another account decrypt, for one tenant', async () => {
  const { keyId, sim } = await world();
  const Partner = 'arn:aws:iam::111122223333:role/Partner';
  const tenant = { tenant: 'acme' };
  const { GrantId: grantId = '' } = await sim.as().createGrant({
    KeyId: keyId,
    GranteePrincipal: Partner,
    Operations: ['Decrypt'],
    Constraints: { EncryptionContextSubset: tenant },
  });
  const asked = { as: Partner, operation: 'Decrypt', keyId } as const;
  expect(sim.explain({ ...asked, encryptionContext: tenant }).allowed).toBe(true);
  expect(sim.explain({ ...asked, encryptionContext: { tenant: 'umbrella' } }).allowed).toBe(false);
  await sim.as().revokeGrant({ KeyId: keyId, GrantId: grantId });
  expect(sim.explain({ ...asked, encryptionContext: tenant }).allowed).toBe(false);
});
