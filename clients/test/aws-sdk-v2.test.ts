// Version 2 of the AWS SDK for JavaScript: it takes no request handler, so it meets a simulation over HTTP or at AWS's own addresses.

import { createPublicKey, publicEncrypt } from 'node:crypto';
import type { AWSError } from 'aws-sdk';
import KMS from 'aws-sdk/clients/kms.js';
import { createKmsim, type KmsimServer, serve } from 'kmsim';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

const sim = createKmsim({ seed: 'aws-sdk v2', accessKeys: [credentials], account: '111122223333' });
let server: KmsimServer;
let kms: KMS;

beforeAll(async () => {
  server = await serve(sim);
  kms = client();
});

afterAll(() => server.close());

function client(more: KMS.ClientConfiguration = {}): KMS {
  return new KMS({ endpoint: server.url, region: 'us-east-1', credentials, ...more });
}

async function keyId(input: KMS.CreateKeyRequest = {}): Promise<string> {
  const { KeyMetadata } = await kms.createKey(input).promise();
  return KeyMetadata?.KeyId ?? '';
}

async function failure(call: Promise<unknown>): Promise<AWSError> {
  return call.then(
    () => expect.fail('the call was expected to fail'),
    (error: AWSError) => error,
  );
}

describe('calls with promises', () => {
  test('encrypt and decrypt, with text and octets', async () => {
    const KeyId = await keyId({ Description: 'orders', Tags: [{ TagKey: 'team', TagValue: 'orders' }] });
    const EncryptionContext = { tenant: 'acme' };
    for (const Plaintext of ['4711', Buffer.from('4711'), new Uint8Array(Buffer.from('4711'))]) {
      const { CiphertextBlob = '' } = await kms.encrypt({ KeyId, Plaintext, EncryptionContext }).promise();
      const opened = await kms.decrypt({ CiphertextBlob, EncryptionContext }).promise();
      expect(String(opened.Plaintext)).toBe('4711');
      expect(opened.KeyId).toBe(`arn:aws:kms:us-east-1:111122223333:key/${KeyId}`);
    }
  });

  test('a data key opens to itself', async () => {
    const { Plaintext, CiphertextBlob = '' } = await kms
      .generateDataKey({ KeyId: await keyId(), KeySpec: 'AES_256' })
      .promise();
    expect(Plaintext).toHaveLength(32);
    expect((await kms.decrypt({ CiphertextBlob }).promise()).Plaintext).toEqual(Plaintext);
  });

  test('sign and verify, and the MAC of a message', async () => {
    const KeyId = await keyId({ KeySpec: 'ECC_NIST_P384', KeyUsage: 'SIGN_VERIFY' });
    const signed = { KeyId, Message: 'pay 10', SigningAlgorithm: 'ECDSA_SHA_384' };
    const { Signature = '' } = await kms.sign(signed).promise();
    expect((await kms.verify({ ...signed, Signature }).promise()).SignatureValid).toBe(true);
    const forged = await failure(kms.verify({ ...signed, Message: 'pay 99', Signature }).promise());
    expect(forged).toMatchObject({ code: 'KMSInvalidSignatureException', statusCode: 400 });

    const hmac = { KeyId: await keyId({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }), Message: 'pay 10' };
    const { Mac = '' } = await kms.generateMac({ ...hmac, MacAlgorithm: 'HMAC_SHA_256' }).promise();
    const verified = await kms.verifyMac({ ...hmac, Mac, MacAlgorithm: 'HMAC_SHA_256' }).promise();
    expect(verified.MacValid).toBe(true);
  });

  test('dates go in and come back as dates', async () => {
    const KeyId = await keyId({ Origin: 'EXTERNAL' });
    const wanted = { KeyId, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
    const { ImportToken = '', PublicKey } = await kms.getParametersForImport(wanted).promise();
    const key = createPublicKey({ key: PublicKey as Buffer, format: 'der', type: 'spki' });
    const EncryptedKeyMaterial = publicEncrypt({ key, oaepHash: 'sha256' }, Buffer.alloc(32, 7));
    const ValidTo = new Date('2026-02-01T00:00:00Z');
    await kms.importKeyMaterial({ KeyId, ImportToken, EncryptedKeyMaterial, ValidTo }).promise();
    const { KeyMetadata } = await kms.describeKey({ KeyId }).promise();
    expect(KeyMetadata).toMatchObject({ CreationDate: sim.clock.now(), ValidTo, Enabled: true });
    const { DeletionDate } = await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 }).promise();
    expect(DeletionDate).toEqual(new Date('2026-01-08T00:00:00Z'));
  });
});

describe('calls with callbacks', () => {
  test('an answer is the second argument', async () => {
    const KeyId = await keyId();
    const answer = await new Promise((resolve, reject) => {
      kms.describeKey({ KeyId }, (error, data) => (error ? reject(error) : resolve(data.KeyMetadata?.KeyState)));
    });
    expect(answer).toBe('Enabled');
  });

  test('an error is the first one', async () => {
    const [error, data] = await new Promise<[AWSError, unknown]>((resolve) => {
      kms.describeKey({ KeyId: 'alias/nowhere' }, (...both) => resolve(both));
    });
    expect(data).toBeNull();
    expect(error).toMatchObject({ code: 'NotFoundException', retryable: false, statusCode: 400 });
    expect(error.message).toBe('Alias arn:aws:kms:us-east-1:111122223333:alias/nowhere is not found.');
  });

  test('lists are turned page by page', async () => {
    const KeyId = await keyId();
    const names = ['alias/page-1', 'alias/page-2', 'alias/page-3'];
    for (const AliasName of names) await kms.createAlias({ AliasName, TargetKeyId: KeyId }).promise();
    const pages: number[] = [];
    const seen: unknown[] = [];
    await new Promise<void>((resolve, reject) => {
      kms.listAliases({ KeyId, Limit: 2 }).eachPage((error, data) => {
        if (error) reject(error);
        else if (data === null) resolve();
        else {
          pages.push(data.Aliases?.length ?? 0);
          seen.push(...(data.Aliases ?? []).map(({ AliasName }) => AliasName));
        }
        return true;
      });
    });
    expect(pages).toEqual([2, 1]);
    expect(seen.toSorted()).toEqual(names);
  });
});

describe('errors', () => {
  test('of the caller are not tried again', async () => {
    const context = { KeyId: await keyId(), Plaintext: '4711', EncryptionContext: { tenant: 'acme' } };
    const { CiphertextBlob = '' } = await kms.encrypt(context).promise();
    const error = await failure(kms.decrypt({ CiphertextBlob }).promise());
    expect(error).toMatchObject({ code: 'InvalidCiphertextException', statusCode: 400, retryable: false });
    expect(error.requestId).toBe(sim.trail.last()?.requestID);
  });

  test('of a secret that is wrong name the signature', async () => {
    const stranger = client({ credentials: { ...credentials, secretAccessKey: 'guessed' } });
    expect(await failure(stranger.listKeys().promise())).toMatchObject({ code: 'InvalidSignatureException' });
    const nobody = client({ credentials: { ...credentials, accessKeyId: 'AKIDUNKNOWN' } });
    expect(await failure(nobody.listKeys().promise())).toMatchObject({ code: 'UnrecognizedClientException' });
  });

  test.each([
    ['ThrottlingException', { code: 'ThrottlingException', statusCode: 400 }],
    ['KMSInternalException', { code: 'KMSInternalException', statusCode: 500 }],
    // What it calls a connection that ends.
    ['ConnectionReset', { code: 'TimeoutError' }],
  ])('%s is tried again, and in the end it is an error that says so', async (raise, last) => {
    const KeyId = await keyId();
    const patient = client({ maxRetries: 3, retryDelayOptions: { customBackoff: () => 1 } });
    sim.faults.set({ services: [{ raise, operations: ['Encrypt'], count: 2 }] });
    const answer = await patient.encrypt({ KeyId, Plaintext: '4711' }).promise();
    expect(answer.$response).toMatchObject({ retryCount: 2 });

    sim.faults.set({ services: [{ raise, operations: ['Encrypt'] }] });
    const error = await failure(patient.encrypt({ KeyId, Plaintext: '4711' }).promise());
    sim.faults.set({});
    expect(error).toMatchObject({ ...last, retryable: true });
  });
});

test('code without an endpoint reaches the simulation where it intercepts, in the Region of the client', async () => {
  using _ = await sim.intercept();
  const [virginia, ireland] = ['us-east-1', 'eu-west-1'].map((region) => new KMS({ region, credentials }));
  const { KeyMetadata } = (await ireland?.createKey().promise()) ?? {};
  expect(KeyMetadata?.Arn).toMatch(/^arn:aws:kms:eu-west-1:111122223333:key\//);
  expect(sim.trail.last()?.tlsDetails).toMatchObject({ clientProvidedHostHeader: 'kms.eu-west-1.amazonaws.com' });
  const elsewhere = await failure(
    virginia?.describeKey({ KeyId: KeyMetadata?.KeyId ?? '' }).promise() ?? expect.fail(),
  );
  expect(elsewhere).toMatchObject({ code: 'NotFoundException', retryable: false });
});
