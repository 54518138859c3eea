import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const App = 'arn:aws:iam::000000000000:role/App';
const Admin = 'arn:aws:iam::000000000000:user/administrator';
const Root = 'arn:aws:iam::000000000000:root';
const Plaintext = Buffer.from('4711');
const denied = { name: 'AccessDeniedException' };

const policyOf = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (principal: string, Condition?: object) => ({
  Effect: 'Allow',
  Principal: { AWS: principal },
  Action: 'kms:*',
  Resource: '*',
  ...(Condition && { Condition }),
});
const everything = policyOf({ Effect: 'Allow', Action: 'kms:*', Resource: '*' });

/** A key whose policy has these statements, in a world where App has these identity policies. */
async function world(statements: object[], policies: Record<string, ReturnType<typeof policyOf>> = {}) {
  const sim = createKmsim({ seed: 'lessons', identities: [{ arn: App, policies }] });
  const { KeyMetadata: key } = await sim.as().createKey({ Policy: JSON.stringify(policyOf(...statements)) });
  const KeyId = key?.Arn ?? '';
  return { sim, KeyId, encrypt: () => sim.as(App).encrypt({ KeyId, Plaintext }) };
}

test('a key policy that names the caller is enough, without any IAM policy', async () => {
  const { encrypt } = await world([allow(Admin), allow(App)]);
  await encrypt();
});

test('an IAM policy counts only where the key policy leaves the key to the account', async () => {
  await expect((await world([allow(Admin)], { everything })).encrypt()).rejects.toMatchObject(denied);
  await (await world([allow(Root)], { everything })).encrypt();
});

test('the account in a key policy gives nobody anything until an IAM policy does', async () => {
  await expect((await world([allow(Root)])).encrypt()).rejects.toMatchObject(denied);
});

test('the root user may do what the key policy says, and no more', async () => {
  const { KeyId, sim } = await world([allow(Admin)]);
  await expect(sim.as(Root).describeKey({ KeyId })).rejects.toMatchObject(denied);
  await expect(sim.as(Root).putKeyPolicy({ KeyId, Policy: '{}' })).rejects.toMatchObject(denied);
});

test('a grant is enough by itself, although the key policy neither names the caller nor delegates to IAM', async () => {
  const { encrypt, KeyId, sim } = await world([allow(Admin)]);
  await sim.as().createGrant({ KeyId, GranteePrincipal: App, Operations: ['Encrypt'] });
  await encrypt();
});

test('a Deny outweighs a grant, and a missing Allow does not', async () => {
  const { encrypt, KeyId, sim } = await world([allow(Admin), { ...allow(App), Effect: 'Deny' }]);
  await sim.as().createGrant({ KeyId, GranteePrincipal: App, Operations: ['Encrypt'] });
  await expect(encrypt()).rejects.toMatchObject(denied);
});

test('a new grant may need minutes, and none with its token', async () => {
  const sim = createKmsim({ seed: 'lessons', consistency: 'eventual' });
  const { KeyMetadata: key } = await sim.as().createKey();
  const KeyId = key?.Arn ?? '';
  const { GrantToken = '' } = await sim.as().createGrant({ KeyId, GranteePrincipal: App, Operations: ['Encrypt'] });
  await expect(sim.as(App).encrypt({ KeyId, Plaintext })).rejects.toMatchObject(denied);
  await sim.as(App).encrypt({ KeyId, Plaintext, GrantTokens: [GrantToken] });
  sim.clock.advance('5 minutes');
  await sim.as(App).encrypt({ KeyId, Plaintext });
});

test('an IAM policy on an alias gives no right to use its key', async () => {
  const alias = 'arn:aws:kms:us-east-1:000000000000:alias/orders';
  const onAlias = policyOf({ Effect: 'Allow', Action: 'kms:*', Resource: alias });
  const { KeyId, sim } = await world([allow(Root)], { onAlias });
  await sim.as().createAlias({ AliasName: 'alias/orders', TargetKeyId: KeyId });
  await expect(sim.as(App).encrypt({ KeyId: alias, Plaintext })).rejects.toMatchObject(denied);
  // What does: the key's ARN, or a condition on the alias.
  const Condition = { StringEquals: { 'kms:RequestAlias': 'alias/orders' } };
  const byAlias = policyOf({ Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*', Condition });
  sim.identities.put({ arn: App, policies: { byAlias } });
  await sim.as(App).encrypt({ KeyId: alias, Plaintext });
  await expect(sim.as(App).encrypt({ KeyId, Plaintext })).rejects.toMatchObject(denied);
});

test('kms:ViaService is about the caller of a service: it gives the service itself nothing', async () => {
  const throughS3 = { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } };
  const { encrypt, KeyId, sim } = await world([allow(Admin), allow(App, throughS3)]);
  await expect(encrypt()).rejects.toMatchObject(denied);
  await sim.as(App, { via: 's3' }).encrypt({ KeyId, Plaintext });
  const Nobody = 'arn:aws:iam::000000000000:role/Nobody';
  await expect(sim.as(Nobody, { via: 's3' }).encrypt({ KeyId, Plaintext })).rejects.toMatchObject(denied);
});
