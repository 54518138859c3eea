import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const Plaintext = Buffer.from('4711');

async function world() {
  const sim = createKmsim({ seed: 'lessons', start: '2026-01-01' });
  const kms = sim.as();
  const { KeyMetadata: key } = await kms.createKey();
  const february = () => {
    sim.clock.advanceTo('2026-03-01');
    return sim.cost({ from: '2026-02-01', until: '2026-03-01' }).totals['USD']?.toFixed(2) ?? '0.00';
  };
  return { kms, sim, KeyId: key?.Arn ?? '', february };
}

test('a deletion can be called off until its date, and the key is disabled then', async () => {
  const { kms, KeyId, sim } = await world();
  await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  sim.clock.advance('6 days');
  await kms.cancelKeyDeletion({ KeyId });
  await expect(kms.encrypt({ KeyId, Plaintext })).rejects.toMatchObject({ name: 'DisabledException' });
  await kms.enableKey({ KeyId });
  await kms.encrypt({ KeyId, Plaintext });
});

test('a deleted key does not come back, and what it encrypted is lost', async () => {
  const { kms, KeyId, sim } = await world();
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext });
  await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  sim.clock.advance('7 days');
  await expect(kms.cancelKeyDeletion({ KeyId })).rejects.toMatchObject({ name: 'NotFoundException' });
  await expect(kms.decrypt({ CiphertextBlob })).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('a key that waits for its deletion costs nothing, unless the deletion is called off', async () => {
  const first = await world();
  await first.kms.scheduleKeyDeletion({ KeyId: first.KeyId, PendingWindowInDays: 30 });
  first.sim.clock.advance('29 days');
  const january = () => first.sim.cost({ from: '2026-01-01', until: '2026-01-30' }).totals['USD'] ?? 0;
  expect(january()).toBe(0);
  await first.kms.cancelKeyDeletion({ KeyId: first.KeyId });
  expect(january()).toBeGreaterThan(0.9);
});

test('a disabled key costs as much as an enabled one', async () => {
  const { february, kms, KeyId } = await world();
  await kms.disableKey({ KeyId });
  expect(february()).toBe('1.00');
});

test('a multi-Region key is in one Region until somebody replicates it, and costs in each', async () => {
  const sim = createKmsim({ seed: 'lessons', start: '2026-01-01' });
  const { KeyMetadata: key } = await sim.as().createKey({ MultiRegion: true });
  const KeyId = key?.KeyId ?? '';
  const there = sim.as(undefined, { region: 'eu-west-1' });
  await expect(there.describeKey({ KeyId })).rejects.toMatchObject({ name: 'NotFoundException' });
  await sim.as().replicateKey({ KeyId, ReplicaRegion: 'eu-west-1' });
  sim.clock.advanceTo('2026-03-01');
  expect((await there.describeKey({ KeyId })).KeyMetadata?.KeyState).toBe('Enabled');
  expect(sim.cost({ from: '2026-02-01', until: '2026-03-01' }).totals['USD']?.toFixed(2)).toBe('2.00');
});

test('related multi-Region keys share their material, and neither policy, aliases, grants nor state', async () => {
  const App = 'arn:aws:iam::000000000000:role/App';
  const sim = createKmsim({ seed: 'lessons' });
  const here = sim.as();
  const there = sim.as(undefined, { region: 'eu-west-1' });
  const { KeyMetadata: key } = await here.createKey({ MultiRegion: true });
  const KeyId = key?.KeyId ?? '';
  await here.createAlias({ AliasName: 'alias/orders', TargetKeyId: KeyId });
  await here.createGrant({ KeyId, GranteePrincipal: App, Operations: ['Encrypt'] });
  await here.replicateKey({ KeyId, ReplicaRegion: 'eu-west-1' });
  sim.clock.advance('1 minute');

  const { CiphertextBlob } = await here.encrypt({ KeyId, Plaintext });
  expect((await there.decrypt({ CiphertextBlob })).Plaintext).toEqual(new Uint8Array(Plaintext));
  expect((await there.listAliases({ KeyId })).Aliases).toEqual([]);
  expect((await there.listGrants({ KeyId })).Grants).toEqual([]);
  const before = await there.getKeyPolicy({ KeyId });
  const Statement = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' };
  await here.putKeyPolicy({ KeyId, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  await here.disableKey({ KeyId });
  sim.clock.advance('1 hour');
  expect(await there.getKeyPolicy({ KeyId })).toEqual(before);
  await there.encrypt({ KeyId, Plaintext });
});

test('all keys and all callers of an account share the quota of a Region', async () => {
  const quota = 'Cryptographic operations (symmetric) request rate';
  const sim = createKmsim({ seed: 'lessons', quotas: { mode: 'enforce', set: { [quota]: 2 } } });
  const App = 'arn:aws:iam::000000000000:role/App';
  const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } };
  sim.identities.put({ arn: App, policies: { everything } });
  const [one, two] = [await sim.as().createKey(), await sim.as().createKey()];
  await sim.as().encrypt({ KeyId: one.KeyMetadata?.Arn ?? '', Plaintext });
  await sim.as(App).encrypt({ KeyId: two.KeyMetadata?.Arn ?? '', Plaintext });
  const third = sim.as(App).generateRandom({ NumberOfBytes: 32 });
  await expect(third).rejects.toMatchObject({ name: 'ThrottlingException' });
  // Another Region has its own.
  await sim.as(App, { region: 'eu-west-1' }).generateRandom({ NumberOfBytes: 32 });
});
