import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const Worker = 'arn:aws:iam::000000000000:role/Worker';

test('a grant is missing, too narrow, too young, or gone', async () => {
  const sim = createKmsim({ seed: 'grant', grantDelay: '1 minute' });
  const kms = sim.as();
  const { KeyMetadata: key } = await kms.createKey();
  const KeyId = key?.Arn ?? '';
  const EncryptionContext = { tenant: 'acme' };
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('4711'), EncryptionContext });
  const decrypt = (GrantTokens: string[] = []) =>
    sim.as(Worker).decrypt({ CiphertextBlob, EncryptionContext, GrantTokens });
  const denied = { name: 'AccessDeniedException' };

  // Symptom: the grant allows another tenant, and not this one.
  const grant = { KeyId, GranteePrincipal: Worker, RetiringPrincipal: Worker };
  const umbrella = { EncryptionContextSubset: { tenant: 'umbrella' } };
  await kms.createGrant({ ...grant, Operations: ['Encrypt', 'Decrypt'], Constraints: umbrella });
  sim.clock.advance('1 minute');
  const symptom = await decrypt().catch(String);
  const explanation = sim.explain({
    as: Worker,
    operation: 'Decrypt',
    keyId: KeyId,
    encryptionContext: EncryptionContext,
  });
  await expect(`${symptom}\n\n${explanation}\n`).toMatchFileSnapshot('trouble-grant.txt');

  // Fix: a grant that fits. Until it is known everywhere it works with its token.
  const acme = { EncryptionContextSubset: { tenant: 'acme' } };
  const { GrantToken = '' } = await kms.createGrant({ ...grant, Operations: ['Decrypt'], Constraints: acme });
  await expect(decrypt()).rejects.toMatchObject(denied);
  await decrypt([GrantToken]);
  sim.clock.advance('1 minute');
  await decrypt();

  // A grant that was retired, or revoked, ends as slowly as it began. ListGrants shows whether it is still there.
  await sim.as(Worker).retireGrant({ GrantToken });
  expect((await kms.listGrants({ KeyId })).Grants).toHaveLength(1);
  sim.clock.advance('1 minute');
  await expect(decrypt([GrantToken])).rejects.toMatchObject(denied);
});

test('a role that may make grants for AWS services only makes none itself', async () => {
  const sim = createKmsim({ seed: 'grant' });
  const Deployer = 'arn:aws:iam::000000000000:role/Deployer';
  const Condition = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
  const grants = { Statement: { Effect: 'Allow', Action: 'kms:CreateGrant', Resource: '*', Condition } };
  sim.identities.put({ arn: Deployer, policies: { grants } });
  const { KeyMetadata: key } = await sim.as().createKey();
  const KeyId = key?.Arn ?? '';
  const grant = { KeyId, GranteePrincipal: Worker, Operations: ['Decrypt' as const] };

  const symptom = await sim.as(Deployer).createGrant(grant).catch(String);
  const explanation = sim.explain({ as: Deployer, operation: 'CreateGrant', keyId: KeyId, input: grant });
  await expect(`${symptom}\n\n${explanation}\n`).toMatchFileSnapshot('trouble-grant-create.txt');

  // Fix: the service makes the grant, as when EC2 attaches an encrypted volume. Or the condition goes.
  await sim.as(Deployer, { via: 'ec2' }).createGrant(grant);
});
