// What a simulation has just written down, replayed as it stands: no log file in between.

import { constants, publicEncrypt } from 'node:crypto';
import { XksProxy } from '@kmsim/xks-proxy';
import { expect, test } from 'vitest';
import { createKmsim, type Kmsim, type KmsMethods, replayCloudTrail } from '../../src/index.ts';

const home = '111122223333';
const role = `arn:aws:iam::${home}:role/Orders`;
const worker = `arn:aws:iam::${home}:role/Worker`;
const auditor = `arn:aws:iam::${home}:user/Ann`;
const partner = 'arn:aws:iam::444455556666:role/Partner';
const Plaintext = new TextEncoder().encode('4711');
const EncryptionContext = { tenant: 'acme' };
const none = new Uint8Array();

function allow(...actions: readonly string[]) {
  return {
    policies: { use: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: actions, Resource: '*' } } },
  };
}

// As they stand in the run. The administrator is the simulation's own.
const identities = [
  { arn: role, ...allow('kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:DescribeKey') },
  { arn: worker },
  { arn: auditor, ...allow('kms:Describe*', 'kms:List*', 'kms:Get*') },
  { arn: partner, ...allow('kms:*') },
  { arn: `arn:aws:iam::${home}:user/administrator`, ...allow('*') },
];
const endpoints = [{ id: 'vpce-0a1b2c3d', vpc: 'vpc-1', account: home }];

/** Refusals and failures are part of a run. */
async function tried(...calls: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(calls);
}

async function made(kms: KmsMethods, input: Parameters<KmsMethods['createKey']>[0]): Promise<string> {
  return (await kms.createKey(input)).KeyMetadata?.Arn ?? '';
}

async function ofKeysOfItsOwn(sim: Kmsim): Promise<string> {
  const [kms, orders] = [sim.as(), sim.as(role)];
  const arn = await made(kms, { Tags: [{ TagKey: 'team', TagValue: 'orders' }] });
  const [, KeyId = ''] = arn.split('/');
  await kms.createAlias({ AliasName: 'alias/orders', TargetKeyId: KeyId });
  const { CiphertextBlob } = await orders.encrypt({ KeyId: 'alias/orders', Plaintext, EncryptionContext });
  await orders.decrypt({ CiphertextBlob, EncryptionContext });
  await orders.generateDataKey({ KeyId, KeySpec: 'AES_256' });
  await orders.reEncrypt({ CiphertextBlob, SourceEncryptionContext: EncryptionContext, DestinationKeyId: KeyId });
  await sim.as(role, { session: { name: 'run-7' }, endpoint: 'vpce-0a1b2c3d' }).describeKey({ KeyId });
  await sim.as(role, { via: 's3' }).decrypt({ CiphertextBlob, EncryptionContext });
  await sim.as(auditor).listKeys();
  await tried(
    orders.decrypt({ CiphertextBlob }),
    orders.scheduleKeyDeletion({ KeyId }),
    sim.as(worker).decrypt({ CiphertextBlob, EncryptionContext }),
    sim.as(partner).decrypt({ CiphertextBlob, EncryptionContext }),
    orders.describeKey({ KeyId: 'alias/none' }),
  );
  const { GrantId = '' } = await kms.createGrant({
    KeyId,
    GranteePrincipal: worker,
    Operations: ['Decrypt'],
    Constraints: { EncryptionContextSubset: EncryptionContext },
  });
  await sim.as(worker).decrypt({ CiphertextBlob, EncryptionContext });
  await tried(sim.as(worker).encrypt({ KeyId, Plaintext }));
  await kms.revokeGrant({ KeyId, GrantId });
  await tried(sim.as(worker).decrypt({ CiphertextBlob, EncryptionContext }));
  // Somebody of another account is let in, and shut out again.
  const Policy = (AWS: readonly string[]) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS }, Action: 'kms:*', Resource: '*' },
    });
  await kms.putKeyPolicy({ KeyId, Policy: Policy([`arn:aws:iam::${home}:root`, partner]) });
  await sim.as(partner).decrypt({ CiphertextBlob, EncryptionContext });
  sim.clock.advance('1 minute');
  await kms.putKeyPolicy({ KeyId, Policy: Policy([`arn:aws:iam::${home}:root`]) });
  await tried(sim.as(partner).describeKey({ KeyId: arn }));
  return KeyId;
}

async function ofStates(sim: Kmsim, KeyId: string): Promise<void> {
  const [kms, orders] = [sim.as(), sim.as(role)];
  await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
  sim.clock.advance('91 days');
  await kms.disableKey({ KeyId });
  await tried(orders.encrypt({ KeyId, Plaintext }));
  await kms.enableKey({ KeyId });
  await orders.encrypt({ KeyId, Plaintext });
  await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  await tried(orders.encrypt({ KeyId, Plaintext }), orders.describeKey({ KeyId }));
  await kms.cancelKeyDeletion({ KeyId });
  await tried(orders.encrypt({ KeyId, Plaintext }));
  await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  sim.clock.advance('8 days');
  await tried(orders.encrypt({ KeyId, Plaintext }));
}

async function ofOtherKinds(sim: Kmsim): Promise<void> {
  const kms = sim.as();
  const signer = await made(kms, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const signing = { KeyId: signer, Message: Plaintext, SigningAlgorithm: 'ECDSA_SHA_256' } as const;
  const { Signature = none } = await kms.sign(signing);
  await kms.verify({ ...signing, Signature });
  await tried(kms.encrypt({ KeyId: signer, Plaintext }), sim.as(auditor).sign(signing));
  const KeyId = await made(kms, { Origin: 'EXTERNAL' });
  await tried(kms.encrypt({ KeyId, Plaintext }));
  const parameters = { KeyId, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;
  const { ImportToken = none, PublicKey = none } = await kms.getParametersForImport(parameters);
  const key = { key: Buffer.from(PublicKey), format: 'der', type: 'spki', oaepHash: 'sha256' } as const;
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const EncryptedKeyMaterial = new Uint8Array(publicEncrypt({ ...key, padding }, Buffer.alloc(32, 7)));
  const ValidTo = sim.clock.now().getTime() + 3_600_000;
  await kms.importKeyMaterial({ KeyId, ImportToken, EncryptedKeyMaterial, ValidTo: new Date(ValidTo) });
  await kms.encrypt({ KeyId, Plaintext });
  sim.clock.advance('2 hours');
  await tried(kms.encrypt({ KeyId, Plaintext }));
  const [, related = ''] = (await made(kms, { MultiRegion: true })).split('/');
  await kms.replicateKey({ KeyId: related, ReplicaRegion: 'eu-west-1' });
  sim.clock.advance('1 minute');
  await sim.as(undefined, { region: 'eu-west-1' }).encrypt({ KeyId: related, Plaintext });
  await tried(sim.as(worker, { region: 'eu-west-1' }).encrypt({ KeyId: related, Plaintext }));
}

async function ofKeyStores(sim: Kmsim, proxy: XksProxy): Promise<void> {
  const kms = sim.as();
  const cluster = sim.cloudHsm.launch();
  const { CustomKeyStoreId: hsm = '' } = await kms.createCustomKeyStore({
    CustomKeyStoreName: 'hsm',
    CloudHsmClusterId: cluster.id,
    TrustAnchorCertificate: cluster.trustAnchor,
    KeyStorePassword: 'kmsPassword',
  });
  const { CustomKeyStoreId: outside = '' } = await kms.createCustomKeyStore({
    CustomKeyStoreName: 'outside',
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
    XksProxyUriEndpoint: 'https://xks.example.com',
    XksProxyUriPath: proxy.uriPath,
    XksProxyAuthenticationCredential: {
      AccessKeyId: proxy.credential.accessKeyId,
      RawSecretAccessKey: proxy.credential.secretAccessKey,
    },
  });
  for (const CustomKeyStoreId of [hsm, outside]) await kms.connectCustomKeyStore({ CustomKeyStoreId });
  await tried(sim.as(auditor).describeCustomKeyStores(), sim.as(role).describeCustomKeyStores());
  sim.clock.advance('20 minutes');
  for (const input of [
    { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: hsm } as const,
    { Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: outside, XksKeyId: 'one' } as const,
  ]) {
    const KeyId = await made(kms, input);
    const { CiphertextBlob } = await sim.as(role).encrypt({ KeyId, Plaintext });
    await sim.as(role).decrypt({ CiphertextBlob });
    await tried(sim.as(worker).decrypt({ CiphertextBlob }));
    await kms.disconnectCustomKeyStore({ CustomKeyStoreId: input.CustomKeyStoreId });
    sim.clock.advance('20 minutes');
    // Unavailable: the state of its store, which is no state of the key.
    await tried(sim.as(role).decrypt({ CiphertextBlob }), kms.disableKey({ KeyId }));
  }
}

test('sim.trail.events of a varied run replay without a difference', async () => {
  const proxy = new XksProxy({ seed: 'proxy', keys: ['one'] });
  const xksEndpoints = { 'https://xks.example.com': proxy };
  const sim = createKmsim({ seed: 'live', account: home, identities, endpoints, xksEndpoints });
  const KeyId = await ofKeysOfItsOwn(sim);
  await ofOtherKinds(sim);
  await ofKeyStores(sim, proxy);
  await ofStates(sim, KeyId);

  const report = await replayCloudTrail(sim.trail.events, { identities, endpoints });
  expect(report.differences).toEqual([]);
  expect(report.uncertain).toEqual([]);
  expect(report.gaps).toEqual([]);
  expect(report.outOfOrder).toBe(0);
  expect(report.events).toMatchObject({ unreadable: 0, ofOtherServices: 0, different: 0, uncertain: 0 });
  const { copies, kms, notJudged, ofTheService, same } = report.events;
  expect(kms).toBe(sim.trail.events.length);
  expect(same + notJudged + copies + ofTheService).toBe(kms);
  expect(same).toBeGreaterThan(60);
  const names = new Set(sim.trail.events.map(({ errorCode }) => errorCode));
  expect(names.size).toBeGreaterThan(5);
  // Whose key it was, CloudTrail keeps to itself.
  expect(report.notJudged).toEqual([{ name: 'refused, and the record does not say for which key', count: 6 }]);
});

test('whoever loses the permission for key stores is found in every call that he made of them', async () => {
  const sim = createKmsim({ seed: 'live', account: home, identities, xksEndpoints: {} });
  const cluster = sim.cloudHsm.launch();
  const kms = sim.as();
  const { CustomKeyStoreId = '' } = await kms.createCustomKeyStore({
    CustomKeyStoreName: 'hsm',
    CloudHsmClusterId: cluster.id,
    TrustAnchorCertificate: cluster.trustAnchor,
    KeyStorePassword: 'kmsPassword',
  });
  await kms.connectCustomKeyStore({ CustomKeyStoreId });
  sim.clock.advance('20 minutes');
  await kms.createKey({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId });
  const without = identities.map(({ arn, ...rest }) => ({
    arn,
    ...(arn.endsWith('administrator') ? allow('kms:Create*') : rest),
  }));
  const { differences } = await replayCloudTrail(sim.trail.events, { identities: without });
  expect(differences.map(({ operation, recorded, replayed }) => [operation, recorded, replayed])).toEqual([
    ['ConnectCustomKeyStore', 'allowed', 'AccessDenied'],
  ]);
});
