// The world of a simulation, written down: it begins another one that is the same, and has secrets only when they are asked for.

import { expect, test } from 'vitest';
import { createKmsim, type Kmsim } from '../../src/index.ts';
import { exportWorld, readWorld, worldOf, worldText } from '../../src/world.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';

const app = 'arn:aws:iam::000000000000:role/App';
const deny = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 'kms:UpdatePrimaryRegion', Resource: '*' } };
const allow = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } };

/** Something of everything, made by calls. */
async function withKeys(): Promise<Kmsim> {
  const sim = createKmsim({
    seed: 'export secret seed',
    quotas: { mode: 'enforce', set: { 'DescribeKey request rate': 7 } },
    identities: [{ arn: app, policies: { all: allow }, boundary: allow, tags: { team: 'a' } }],
    organization: {
      id: 'o-example',
      scps: { none: deny },
      accounts: ['000000000000'],
      units: { 'ou-a': { accounts: { '111122223333': { fullAWSAccess: false, scps: { allow } } } } },
    },
    endpoints: [
      { id: 'vpce-1', vpc: 'vpc-1', policy: { ...allow, Statement: { ...allow.Statement, Principal: '*' } } },
    ],
    accessKeys: [{ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'very secret', as: app }],
    disabledRegions: ['eu-south-1'],
  });
  const kms = sim.as();
  const { KeyMetadata: { KeyId = '' } = {} } = await kms.createKey({
    Description: 'd',
    Tags: [{ TagKey: 'a', TagValue: 'b' }],
  });
  await kms.createAlias({ AliasName: 'alias/a', TargetKeyId: KeyId });
  const Constraints = { EncryptionContextEquals: { tenant: 'x' } };
  await kms.createGrant({ KeyId, GranteePrincipal: app, Operations: ['Decrypt'], Constraints, Name: 'g' });
  await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 100 });
  await kms.rotateKeyOnDemand({ KeyId });
  sim.clock.advance('1 hour');
  const pair = await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  await kms.createAlias({ AliasName: 'alias/pair', TargetKeyId: pair.KeyMetadata?.KeyId ?? '' });
  const mac = await kms.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  await kms.disableKey({ KeyId: mac.KeyMetadata?.KeyId ?? '' });
  const multi = await kms.createKey({ MultiRegion: true });
  await kms.replicateKey({ KeyId: multi.KeyMetadata?.KeyId ?? '', ReplicaRegion: 'eu-west-1', Description: 'there' });
  const external = await kms.createKey({ Origin: 'EXTERNAL' });
  await kms.scheduleKeyDeletion({ KeyId: external.KeyMetadata?.KeyId ?? '', PendingWindowInDays: 9 });
  sim.clock.advance('1 minute');
  return sim;
}

test('with secrets: another simulation is the same, opens its ciphertexts, and is written as the same text', async () => {
  const sim = await withKeys();
  const text = worldText(exportWorld(sim, { secrets: true }));
  const again = createKmsim({ world: readWorld(text) });
  expect(worldText(exportWorld(again, { secrets: true }))).toBe(text);
  const { CiphertextBlob = new Uint8Array() } = await sim
    .as()
    .encrypt({ KeyId: 'alias/a', Plaintext: Buffer.from('x') });
  expect(Buffer.from((await again.as().decrypt({ CiphertextBlob })).Plaintext ?? []).toString()).toBe('x');
  expect(await again.as().getPublicKey({ KeyId: 'alias/pair' })).toEqual(
    await sim.as().getPublicKey({ KeyId: 'alias/pair' }),
  );
  expect(again.clock.now()).toEqual(sim.clock.now());
  expect(again.accessKeys.get('AKIAEXAMPLE')?.secretAccessKey).toBe('very secret');
});

test('says what was made', async () => {
  const content = exportWorld(await withKeys());
  expect(content).toMatchObject({
    account: '000000000000',
    quotas: { mode: 'enforce', set: { 'DescribeKey request rate': 7 } },
    identities: [{ arn: app, policies: { all: allow }, boundary: allow, tags: { team: 'a' } }],
    organization: {
      id: 'o-example',
      scps: { none: deny },
      units: { 'ou-a': { accounts: { '111122223333': { fullAWSAccess: false, scps: { allow } } } } },
    },
    disabledRegions: ['eu-south-1'],
    keys: [
      {
        description: 'd',
        aliases: ['alias/a'],
        tags: { a: 'b' },
        rotationDays: 100,
        grants: [{ grantee: app, name: 'g' }],
      },
      { spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY' },
      { spec: 'HMAC_256', enabled: false },
      { multiRegion: true, replicas: [{ region: 'eu-west-1', description: 'there' }] },
      { origin: 'EXTERNAL', deletionDays: 9 },
    ],
  });
});

test('without asking for them: no material, no seed, no access key', async () => {
  const sim = await withKeys();
  const secrets = worldText(exportWorld(sim, { secrets: true }));
  const plain = worldText(exportWorld(sim));
  for (const word of ['material', 'hex:', 'seed', 'very secret', 'AKIAEXAMPLE']) {
    expect(secrets, word).toContain(word);
    expect(plain, word).not.toContain(word);
  }
  // It is a world all the same, with other keys under the same ids.
  const ids = exportWorld(createKmsim({ world: readWorld(plain) })).keys?.map(({ id }) => id);
  expect(ids).toEqual(exportWorld(sim).keys?.map(({ id }) => id));
  expect(kmsimErrorOf(() => exportWorld(sim, { secrets: 'yes' as never })).code).toBe('InvalidOption');
});

test('a world that was loaded is exported as it was written', () => {
  const content = {
    version: 1,
    account: '000000000000',
    region: 'us-east-1',
    quotas: 'meter',
    keys: [
      {
        id: '0f0f0f0f-1111-4222-8333-444444444444',
        usage: 'ENCRYPT_DECRYPT',
        material: { hex: 'ab'.repeat(32) },
        aliases: ['alias/x'],
      },
      {
        id: '0f0f0f0f-1111-4222-8333-555555555555',
        account: '111122223333',
        spec: 'ML_DSA_44',
        usage: 'SIGN_VERIFY',
        material: { seed: 'cd'.repeat(32) },
      },
    ],
  } as const;
  expect(exportWorld(createKmsim({ world: worldOf(content) }), { secrets: true })).toEqual(content);
});
