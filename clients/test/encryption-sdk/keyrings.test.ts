// Keyrings of the AWS Encryption SDK over keys of the simulation.

import { KMS, KmsKeyringNode, limitRegions } from '@aws-crypto/client-node';
import OldKms from 'aws-sdk/clients/kms.js';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { account, asked, clientsOf, decrypt, encrypt, newKey, simulation } from './room.ts';

const sim = simulation('keyrings');
const clientProvider = clientsOf(sim);
const [generatorKeyId, second, inIreland] = [await newKey(sim), await newKey(sim), await newKey(sim, 'eu-west-1')];
const encryptionContext = { tenant: 'acme' };

async function sealed(keyIds: string[] = []): Promise<Buffer> {
  const keyring = new KmsKeyringNode({ clientProvider, generatorKeyId, keyIds });
  return (await encrypt(keyring, '4711', { encryptionContext })).result;
}

async function opened(keyring: KmsKeyringNode, message: Buffer): Promise<string> {
  return (await decrypt(keyring, message)).plaintext.toString();
}

describe('a message to several keys', () => {
  test('is opened by each of them alone, in the Region of its ARN', async () => {
    const message = await sealed([second, inIreland]);
    expect(asked(sim, 'GenerateDataKey')).toBe(1);
    expect(sim.trail.find({ operation: 'Encrypt' }).map(({ awsRegion }) => awsRegion)).toEqual([
      'us-east-1',
      'eu-west-1',
    ]);
    for (const keyId of [generatorKeyId, second, inIreland]) {
      const keyring = new KmsKeyringNode({ clientProvider, keyIds: [keyId] });
      expect(await opened(keyring, message)).toBe('4711');
      expect(sim.trail.last()?.resources).toMatchObject([{ ARN: keyId }]);
    }
  });

  test('is opened by nobody else', async () => {
    const keyring = new KmsKeyringNode({ clientProvider, keyIds: [await newKey(sim)] });
    const before = asked(sim, 'Decrypt');
    await expect(opened(keyring, await sealed())).rejects.toThrow('unencryptedDataKey has not been set');
    expect(asked(sim, 'Decrypt')).toBe(before);
  });

  test('says what was encrypted with it, and KMS has heard it', async () => {
    const { messageHeader } = await decrypt(new KmsKeyringNode({ clientProvider, discovery: true }), await sealed());
    expect(messageHeader.encryptionContext).toMatchObject(encryptionContext);
    expect(sim.trail.last()?.requestParameters?.['encryptionContext']).toEqual({ ...messageHeader.encryptionContext });
  });

  test('whose context was changed is refused by KMS', async () => {
    const message = await sealed();
    message.write('evil', message.indexOf('acme'));
    await expect(opened(new KmsKeyringNode({ clientProvider, discovery: true }), message)).rejects.toThrow(
      'InvalidCiphertextException',
    );
  });

  test('whose data key was changed is refused by KMS', async () => {
    const message = await sealed();
    const at = message.indexOf(generatorKeyId) + generatorKeyId.length + 60;
    message.writeUInt8(message.readUInt8(at) ^ 1, at);
    const before = sim.trail.find({ operation: 'Decrypt', errorCode: 'InvalidCiphertextException' }).length;
    await expect(opened(new KmsKeyringNode({ clientProvider, discovery: true }), message)).rejects.toThrow();
    const after = sim.trail.find({ operation: 'Decrypt', errorCode: 'InvalidCiphertextException' }).length;
    expect(after).toBe(before + 1);
  });
});

describe('a discovery keyring', () => {
  const discovery = true;

  test('asks the key that the message names, if its account is in the filter', async () => {
    const ours = new KmsKeyringNode({
      clientProvider,
      discovery,
      discoveryFilter: { accountIDs: [account], partition: 'aws' },
    });
    expect(await opened(ours, await sealed())).toBe('4711');
  });

  test.each([
    { accountIDs: ['444455556666'], partition: 'aws' },
    { accountIDs: [account], partition: 'aws-cn' },
  ])('asks nobody where the filter is $accountIDs of $partition', async (discoveryFilter) => {
    const message = await sealed();
    const before = asked(sim, 'Decrypt');
    const theirs = new KmsKeyringNode({ clientProvider, discovery, discoveryFilter });
    await expect(opened(theirs, message)).rejects.toThrow('unencryptedDataKey has not been set');
    expect(asked(sim, 'Decrypt')).toBe(before);
  });

  test('asks no Region that its clients leave out', async () => {
    const message = await sealed([inIreland]);
    const here = new KmsKeyringNode({ clientProvider: limitRegions(['eu-west-1'], clientProvider), discovery });
    expect(await opened(here, message)).toBe('4711');
    expect(sim.trail.last()).toMatchObject({ eventName: 'Decrypt', awsRegion: 'eu-west-1' });
  });
});

describe('an alias', () => {
  test('generates, and the message names its key', async () => {
    const AliasName = 'alias/orders';
    await sim.as().createAlias({ AliasName, TargetKeyId: second });
    const alias = `arn:aws:kms:us-east-1:${account}:${AliasName}`;
    const keyring = new KmsKeyringNode({ clientProvider, generatorKeyId: alias });
    const { result } = await encrypt(keyring, '4711');
    expect(result.includes(second)).toBe(true);
    // It compares ARNs of keys, so what knows only the alias opens nothing.
    await expect(opened(keyring, result)).rejects.toThrow();
    expect(await opened(new KmsKeyringNode({ clientProvider, keyIds: [second] }), result)).toBe('4711');
  });
});

describe('clients', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('of the keyring itself meet the simulation where it intercepts', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test').stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    using _ = await sim.intercept();
    const keyring = new KmsKeyringNode({ generatorKeyId: inIreland });
    expect(await opened(keyring, (await encrypt(keyring, '4711')).result)).toBe('4711');
    const { awsRegion, tlsDetails, userAgent } = sim.trail.last() ?? {};
    expect(awsRegion).toBe('eu-west-1');
    expect(tlsDetails).toMatchObject({ clientProvidedHostHeader: 'kms.eu-west-1.amazonaws.com' });
    expect(userAgent).toContain('AwsEncryptionSdkJavascriptNodejs');
  });

  test('of version 2 of the AWS SDK will do', async () => {
    using _ = await sim.intercept();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const keyring = new KmsKeyringNode({
      clientProvider: (region) => new OldKms({ region, credentials }),
      generatorKeyId,
      keyIds: [inIreland],
    });
    const { result } = await encrypt(keyring, '4711');
    expect(await opened(keyring, result)).toBe('4711');
    expect(sim.trail.last()?.userAgent).toContain('aws-sdk-nodejs/2');
  });

  test('that are attached lend the keyring an answer, which it overwrites, and lose nothing', async () => {
    // The keyring fills each plaintext with zeros; through a client that is attached that is the very object that KMS made.
    const keyring = new KmsKeyringNode({
      generatorKeyId,
      clientProvider: (region) => {
        const client = new KMS({ region });
        sim.attach(client);
        return client as never;
      },
    });
    const { result } = await encrypt(keyring, '4711');
    expect([await opened(keyring, result), await opened(keyring, result)]).toEqual(['4711', '4711']);
  });
});
