// A simulation full of secrets that the trial knows: imported material, material drawn from the seed, passwords, credentials, plaintexts.

import { constants, publicEncrypt } from 'node:crypto';
import { createKmsim, type Kmsim, type KmsimOptions } from 'kmsim';
import type { Canary } from '../../../packages/kms/test/audit/canaries.ts';
import { XksProxy } from '../../../packages/xks-proxy/src/index.ts';
import type { Dice } from '../wire/dice.ts';
import { canary } from './secrets.ts';

export interface Planted {
  readonly sim: Kmsim;
  readonly canaries: readonly Canary[];
}

const role = 'arn:aws:iam::000000000000:role/App';
const endpoint = 'https://xks.example.com';
const given = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('The answer has no such member.');
  return value;
};

export async function plant(seed: string, dice: Dice): Promise<Planted> {
  const secretAccessKey = Buffer.from(dice.bytes(30)).toString('base64url');
  const kmsUserPassword = Buffer.from(dice.bytes(20)).toString('hex').slice(0, 32);
  const proxy = new XksProxy({ seed: `${seed} proxy`, keys: ['one'] });
  const options: KmsimOptions = {
    seed,
    trace: true,
    accessKeys: [{ accessKeyId: 'AKIACANARY', secretAccessKey }],
    identities: [
      {
        arn: role,
        policies: { all: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } } },
      },
    ],
    xksEndpoints: { [endpoint]: proxy },
  };
  const drawn = drawnMaterials(createKmsim(options), 3);
  const sim = createKmsim(options);
  const kms = sim.as();
  const KeyId = given((await kms.createKey({})).KeyMetadata?.KeyId);
  for (let n = 1; n < drawn.length; n++) await kms.createKey({});
  const material = dice.bytes(32);
  const external = given((await kms.createKey({ Origin: 'EXTERNAL' })).KeyMetadata?.KeyId);
  await importMaterial(sim, external, material);
  const plaintext = dice.bytes(48);
  for (const key of [KeyId, external]) {
    const { CiphertextBlob } = await kms.encrypt({ KeyId: key, Plaintext: plaintext });
    await kms.decrypt({ CiphertextBlob: given(CiphertextBlob) });
  }
  const dataKey = given((await kms.generateDataKey({ KeyId: external, KeySpec: 'AES_256' })).Plaintext);
  const random = given((await kms.generateRandom({ NumberOfBytes: 40 })).Plaintext);
  await clusterStore(sim, kmsUserPassword);
  await externalStore(sim, proxy, plaintext);
  const assumed = sim.kms.sts.assumeRole(sim.caller(), {
    RoleArn: role,
    RoleSessionName: 'canary',
    others: [],
    Tags: [],
    DurationSeconds: undefined,
    Policy: undefined,
    ExternalId: undefined,
    SourceIdentity: undefined,
  });
  if (!assumed.ok) throw new Error(assumed.message);
  const { SecretAccessKey, SessionToken } = assumed.output.Credentials;
  const canaries = [
    ...drawn.map((bytes, at) => canary(`material of key ${at}`, bytes)),
    canary('imported material', material),
    canary('plaintext', plaintext),
    canary('data key', Uint8Array.from(dataKey)),
    canary('random bytes', Uint8Array.from(random)),
    canary('secret access key', secretAccessKey),
    canary('kmsuser password', kmsUserPassword),
    canary('XKS credential', proxy.credential.secretAccessKey),
    canary('secret of a session', SecretAccessKey),
    canary('token of a session', SessionToken),
  ];
  return { sim, canaries };
}

/** The same seed draws the same: what follows the id of a key in the stream of CreateKey is its material. */
function drawnMaterials(twin: Kmsim, count: number): readonly Uint8Array[] {
  const cursor = twin.kms.world.cursor(`${twin.account}/${twin.region}/CreateKey`);
  return Array.from({ length: count }, () => {
    const stream = cursor.take();
    stream.draw(16);
    return Uint8Array.from(stream.draw(32));
  });
}

async function importMaterial(sim: Kmsim, KeyId: string, material: Uint8Array): Promise<void> {
  const kms = sim.as();
  const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;
  const { ImportToken, PublicKey } = await kms.getParametersForImport({ KeyId, ...wrapping });
  const EncryptedKeyMaterial = wrapped(given(PublicKey), material);
  await kms.importKeyMaterial({
    KeyId,
    ImportToken: given(ImportToken),
    EncryptedKeyMaterial,
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  });
}

export function wrapped(publicKey: Uint8Array, material: Uint8Array): Uint8Array {
  const key = { key: Buffer.from(publicKey), format: 'der', type: 'spki', oaepHash: 'sha256' } as const;
  return publicEncrypt({ ...key, padding: constants.RSA_PKCS1_OAEP_PADDING }, material);
}

async function clusterStore(sim: Kmsim, kmsUserPassword: string): Promise<void> {
  const kms = sim.as();
  const { id, trustAnchor } = sim.cloudHsm.launch({ kmsUserPassword });
  const { CustomKeyStoreId } = await kms.createCustomKeyStore({
    CustomKeyStoreName: 'hsm',
    CloudHsmClusterId: id,
    TrustAnchorCertificate: trustAnchor,
    KeyStorePassword: kmsUserPassword,
  });
  await kms.connectCustomKeyStore({ CustomKeyStoreId: given(CustomKeyStoreId) });
  sim.clock.advance('20 minutes');
  const { KeyMetadata } = await kms.createKey({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: given(CustomKeyStoreId) });
  await kms.generateDataKey({ KeyId: given(KeyMetadata?.KeyId), KeySpec: 'AES_256' });
  const wrong = { CustomKeyStoreId: given(CustomKeyStoreId), KeyStorePassword: `${kmsUserPassword.slice(0, -1)}!` };
  await kms.updateCustomKeyStore(wrong).catch(() => undefined);
}

async function externalStore(sim: Kmsim, proxy: XksProxy, Plaintext: Uint8Array): Promise<void> {
  const kms = sim.as();
  const { accessKeyId: AccessKeyId, secretAccessKey: RawSecretAccessKey } = proxy.credential;
  const { CustomKeyStoreId } = await kms.createCustomKeyStore({
    CustomKeyStoreName: 'outside',
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
    XksProxyUriEndpoint: endpoint,
    XksProxyUriPath: proxy.uriPath,
    XksProxyAuthenticationCredential: { AccessKeyId, RawSecretAccessKey },
  });
  await kms.connectCustomKeyStore({ CustomKeyStoreId: given(CustomKeyStoreId) });
  sim.clock.advance('5 minutes');
  const { KeyMetadata } = await kms.createKey({
    Origin: 'EXTERNAL_KEY_STORE',
    CustomKeyStoreId: given(CustomKeyStoreId),
    XksKeyId: 'one',
  });
  const KeyId = given(KeyMetadata?.KeyId);
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext });
  await kms.decrypt({ CiphertextBlob: given(CiphertextBlob) });
}
