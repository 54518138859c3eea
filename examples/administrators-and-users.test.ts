import { readFileSync } from 'node:fs';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const role = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
const Policy = readFileSync(new URL('./orders-key-policy.json', import.meta.url), 'utf8');
const tenant = { EncryptionContext: { tenant: 'acme' } };

async function world() {
  const sim = createKmsim({ seed: 'orders' });
  // The administrators' own role makes the key: a policy that would lock its creator out is refused.
  sim.identities.put({
    arn: role('KeyAdmin'),
    policies: { create: { Statement: { Effect: 'Allow', Action: 'kms:CreateKey', Resource: '*' } } },
  });
  const { KeyMetadata } = await sim.as(role('KeyAdmin')).createKey({ Policy });
  return { sim, KeyId: KeyMetadata?.Arn ?? '' };
}

test('administrators manage the key and cannot decrypt with it', async () => {
  const { KeyId, sim } = await world();
  const { CiphertextBlob } = await sim.as(role('Orders')).encrypt({ KeyId, Plaintext: Buffer.from('4711'), ...tenant });
  const admin = sim.as(role('KeyAdmin'));
  await admin.putKeyPolicy({ KeyId, Policy });
  await expect(admin.decrypt({ CiphertextBlob, ...tenant })).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('users decrypt and cannot change the policy', async () => {
  const { KeyId, sim } = await world();
  const user = sim.as(role('Orders'));
  const { CiphertextBlob } = await user.encrypt({ KeyId, Plaintext: Buffer.from('4711'), ...tenant });
  expect((await user.decrypt({ CiphertextBlob, ...tenant })).Plaintext).toEqual(new Uint8Array(Buffer.from('4711')));
  await expect(user.putKeyPolicy({ KeyId, Policy })).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('nothing is encrypted without a tenant in its encryption context', async () => {
  const { KeyId, sim } = await world();
  const plain = { as: role('Orders'), operation: 'Encrypt', keyId: KeyId } as const;
  expect(sim.explain({ ...plain, encryptionContext: { tenant: 'acme' } }).allowed).toBe(true);
  const refused = sim.explain(plain);
  expect(refused.decisions[0]?.decidedBy).toMatchObject({ sid: 'TenantInEveryContext' });
});

test('the archive uses the key only through Amazon S3', async () => {
  const { KeyId, sim } = await world();
  const user = sim.as(role('Orders'));
  const { CiphertextBlob } = await user.encrypt({ KeyId, Plaintext: Buffer.from('4711'), ...tenant });
  const throughS3 = sim.as(role('Archive'), { via: 's3' });
  expect((await throughS3.decrypt({ CiphertextBlob, ...tenant })).KeyId).toBe(KeyId);
  const direct = sim.as(role('Archive'));
  await expect(direct.decrypt({ CiphertextBlob, ...tenant })).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const access = sim.whoCan('Decrypt', KeyId).principals.find(({ principal }) => principal === role('Archive'));
  expect(access?.when).toMatchObject([[{ key: 'kms:ViaService', values: ['s3.us-east-1.amazonaws.com'] }]]);
});
