// Worlds that are described: what they say is there when the simulation begins.

import { createHmac, generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createKmsim } from '../../src/index.ts';
import { checkWorldFile, loadWorld, readWorld, type WorldContent, worldOf } from '../../src/world.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';

const id = '0f0f0f0f-1111-4222-8333-444444444444';
const app = 'arn:aws:iam::111122223333:role/App';
const hex = '5cdaead27fe7da2de47945d73cd6d79e36494e73802f3cd3869f1d2cb0b5d7a9';

function folder(files: Readonly<Record<string, string>>): (name: string) => string {
  const path = mkdtempSync(join(tmpdir(), 'kmsim-world-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return (name) => join(path, name);
}

const yaml = `
seed: a world
account: 111122223333
region: eu-west-1
quotas: enforce
identities:
  - arn: ${app}
    policies:
      decrypt: { Version: '2012-10-17', Statement: { Effect: Allow, Action: kms:Decrypt, Resource: '*' } }
keys:
  - id: ${id}
    description: for data
    aliases: [alias/app]
    tags: { Project: x }
    material: { hex: ${hex} }
    rotationDays: 90
    grants:
      - { grantee: '${app}', operations: [Encrypt], encryptionContextSubset: { tenant: a } }
`;

test('a file: accounts, principals, keys with their ids, aliases, tags, grants, rotation, quotas', async () => {
  const at = folder({ 'kms.yaml': yaml });
  using sim = createKmsim({ world: loadWorld(at('kms.yaml')) });
  const kms = sim.as();
  const { KeyMetadata } = await kms.describeKey({ KeyId: 'alias/app' });
  expect(KeyMetadata).toMatchObject({
    Arn: `arn:aws:kms:eu-west-1:111122223333:key/${id}`,
    Description: 'for data',
    KeyState: 'Enabled',
    CreationDate: new Date('2026-01-01T00:00:00Z'),
  });
  expect((await kms.listResourceTags({ KeyId: id })).Tags).toEqual([{ TagKey: 'Project', TagValue: 'x' }]);
  expect(await kms.getKeyRotationStatus({ KeyId: id })).toMatchObject({
    KeyRotationEnabled: true,
    RotationPeriodInDays: 90,
  });
  const Plaintext = Buffer.from('secret');
  const EncryptionContext = { tenant: 'a' };
  const { CiphertextBlob = new Uint8Array() } = await sim.as(app).encrypt({ KeyId: id, Plaintext, EncryptionContext });
  await expect(sim.as(app).encrypt({ KeyId: id, Plaintext })).rejects.toMatchObject({ code: 'AccessDeniedException' });
  expect(Buffer.from((await sim.as(app).decrypt({ CiphertextBlob, EncryptionContext })).Plaintext ?? [])).toEqual(
    Plaintext,
  );
  expect(sim.quotas.mode).toBe('enforce');
  // Nobody did it: the world was so.
  expect(sim.trail.find({ operation: 'CreateKey' })).toEqual([]);
});

test('the example of the page is a world', () => {
  const page = readFileSync(new URL('../../../../docs/world-files.md', import.meta.url), 'utf8');
  const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const at = folder({ 'kms.yaml': example, 'eth-key.pem': pem });
  expect(example).toContain('keys:');
  expect(checkWorldFile(at('kms.yaml'))).toEqual([]);
});

test('the same material opens what another simulation has sealed, whatever the seed', async () => {
  const world = (seed: string): WorldContent => ({ seed, keys: [{ id, material: { hex } }] });
  const CiphertextBlob = await createKmsim({ world: worldOf(world('one')) })
    .as()
    .encrypt({ KeyId: id, Plaintext: Buffer.from('x') });
  const opened = await createKmsim({ world: worldOf(world('two')) })
    .as()
    .decrypt({ CiphertextBlob: CiphertextBlob.CiphertextBlob ?? new Uint8Array() });
  expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('x');
});

test('what is left out follows from the seed and the key, not from the keys before it', async () => {
  const one = { spec: 'HMAC_512', aliases: ['alias/mac'] } as const;
  const macOf = async (content: WorldContent): Promise<unknown> => {
    const input = { KeyId: 'alias/mac', Message: Buffer.from('m'), MacAlgorithm: 'HMAC_SHA_512' } as const;
    return createKmsim({ world: worldOf(content) })
      .as()
      .generateMac(input);
  };
  const alone = await macOf({ seed: 1, keys: [one] });
  expect(await macOf({ seed: 1, keys: [{ aliases: ['alias/other'] }, one] })).toEqual(alone);
  expect(await macOf({ seed: 2, keys: [one] })).not.toEqual(alone);
});

test('private keys in PEM, in a file beside it, and in its older form', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
  const pem = privateKey.export({ format: 'pem', type: 'sec1' }).toString();
  const at = folder({
    'key.pem': pem,
    'kms.json': JSON.stringify({
      keys: [{ usage: 'SIGN_VERIFY', aliases: ['alias/eth'], material: { file: './key.pem' } }],
    }),
  });
  using sim = createKmsim({ world: loadWorld(at('kms.json')) });
  const Message = Buffer.from('a message');
  const { Signature } = await sim.as().sign({ KeyId: 'alias/eth', Message, SigningAlgorithm: 'ECDSA_SHA_256' });
  expect(verify('sha256', Message, publicKey, Signature ?? new Uint8Array())).toBe(true);
  const foreign = sign('sha256', Message, privateKey);
  const input = { KeyId: 'alias/eth', Message, SigningAlgorithm: 'ECDSA_SHA_256', Signature: foreign } as const;
  expect(await sim.as().verify(input)).toMatchObject({ SignatureValid: true });
});

test('HMAC keys have the bytes that were given', async () => {
  using sim = createKmsim({
    world: readWorld(`keys: [{ spec: HMAC_256, aliases: [alias/mac], material: { hex: ${hex} } }]`),
  });
  const Message = Buffer.from('m');
  const { Mac } = await sim.as().generateMac({ KeyId: 'alias/mac', Message, MacAlgorithm: 'HMAC_SHA_256' });
  expect(Buffer.from(Mac ?? [])).toEqual(createHmac('sha256', Buffer.from(hex, 'hex')).update(Message).digest());
});

test('several materials: the last encrypts, all decrypt', async () => {
  const materials = [{ hex }, { base64: Buffer.alloc(32, 1).toString('base64') }];
  const before = createKmsim({ world: worldOf({ keys: [{ id, material: materials.slice(0, 1) }] }) });
  const after = createKmsim({ world: worldOf({ keys: [{ id, material: materials }] }) });
  const old = await before.as().encrypt({ KeyId: id, Plaintext: Buffer.from('old') });
  const { CiphertextBlob = new Uint8Array(), KeyId = '' } = old;
  expect(KeyId).toContain(id);
  expect(Buffer.from((await after.as().decrypt({ CiphertextBlob })).Plaintext ?? []).toString()).toBe('old');
  const fresh = await after.as().encrypt({ KeyId: id, Plaintext: Buffer.from('new') });
  await expect(before.as().decrypt({ CiphertextBlob: fresh.CiphertextBlob ?? new Uint8Array() })).rejects.toThrow();
  expect(
    (await after.as().listKeyRotations({ KeyId: id, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })).Rotations,
  ).toHaveLength(2);
});

test('states: disabled, to be deleted, awaiting its import; a policy that leaves nothing to the owner', async () => {
  const policy = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: app }, Action: 'kms:DescribeKey', Resource: '*' },
  };
  const aliases = ['disabled', 'deleted', 'external'].map((name) => [`alias/${name}`]);
  const content: WorldContent = {
    account: '111122223333',
    keys: [
      { aliases: aliases[0] ?? [], enabled: false, policy },
      { aliases: aliases[1] ?? [], deletionDays: 7, policy },
      { aliases: aliases[2] ?? [], origin: 'EXTERNAL', policy },
    ],
  };
  using sim = createKmsim({ world: worldOf(content) });
  const states = aliases.map(async ([KeyId = '']) => (await sim.as(app).describeKey({ KeyId })).KeyMetadata?.KeyState);
  expect(await Promise.all(states)).toEqual(['Disabled', 'PendingDeletion', 'PendingImport']);
  await expect(sim.as().describeKey({ KeyId: 'alias/disabled' })).rejects.toMatchObject({
    code: 'AccessDeniedException',
  });
});

test('replicas are there at once, in other accounts and Regions too, and changes have spread', async () => {
  const content: WorldContent = {
    seed: 1,
    consistency: 'eventual',
    accounts: { '222233334444': { disabledRegions: ['eu-south-1'] } },
    keys: [
      {
        multiRegion: true,
        aliases: ['alias/mr'],
        replicas: ['eu-west-1', { region: 'eu-central-1', aliases: ['alias/there'] }],
      },
      { account: '222233334444', region: 'ap-southeast-2', aliases: ['alias/theirs'] },
    ],
  };
  using sim = createKmsim({ world: worldOf(content) });
  const there = sim.as(undefined, { region: 'eu-central-1' });
  const { CiphertextBlob = new Uint8Array() } = await sim
    .as()
    .encrypt({ KeyId: 'alias/mr', Plaintext: Buffer.from('x') });
  expect(await there.decrypt({ CiphertextBlob, KeyId: 'alias/there' })).toMatchObject({
    Plaintext: new Uint8Array(Buffer.from('x')),
  });
  const theirs = sim.as('arn:aws:iam::222233334444:root', { region: 'ap-southeast-2' });
  expect((await theirs.describeKey({ KeyId: 'alias/theirs' })).KeyMetadata?.AWSAccountId).toBe('222233334444');
  expect(sim.regions.disabled({ account: '222233334444' })).toEqual(['eu-south-1']);
});

test('options go before what a world says; a fork, a mark and a trace go on with it', async () => {
  const world = worldOf({
    seed: 1,
    region: 'eu-west-1',
    start: '2030-01-01T00:00:00Z',
    keys: [{ id, aliases: ['alias/a'] }],
  });
  using sim = createKmsim({ world, region: 'us-west-2', trace: true });
  expect([sim.region, sim.clock.now().getUTCFullYear()]).toEqual(['us-west-2', 2030]);
  const mark = sim.mark();
  await sim.as().scheduleKeyDeletion({ KeyId: id });
  expect((await sim.fork().as().describeKey({ KeyId: id })).KeyMetadata?.KeyState).toBe('PendingDeletion');
  sim.rewind(mark);
  expect((await sim.as().describeKey({ KeyId: id })).KeyMetadata?.KeyState).toBe('Enabled');
  expect(kmsimErrorOf(() => createKmsim({ world, snapshot: sim.snapshot() })).message).toContain('leave world out');
  expect(kmsimErrorOf(() => createKmsim({ world: './kms.yaml' as never })).message).toContain(
    "loadWorld('./kms.yaml')",
  );
});
