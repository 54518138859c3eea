import { Readable } from 'node:stream';
import {
  CreateKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateRandomCommand,
  KMSClient,
  NotFoundException,
} from '@aws-sdk/client-kms';
import { kmsError } from '@kmsim/kms';
import { afterEach, describe, expect, test } from 'vitest';
import { maxBodyBytes } from '../src/json-body.ts';
import { type SdkHttpRequest, sdkRequestHandler, signedRegion } from '../src/sdk-door.ts';
import { alice, KmsDouble } from './kms-double.ts';

const clients: KMSClient[] = [];

/** The real SDK in front of a double. */
function clientOf(kms: KmsDouble, onInternalError?: (error: unknown) => void): KMSClient {
  const client = new KMSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: sdkRequestHandler(kms, () => alice, { onInternalError }),
    maxAttempts: 1,
  });
  clients.push(client);
  return client;
}

afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

describe('through the AWS SDK', () => {
  test('a request arrives and an answer returns, bytes as bytes', async () => {
    const kms = new KmsDouble();
    kms.respond = () => ({
      CiphertextBlob: Uint8Array.of(1, 2, 255),
      KeyId: 'arn',
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    });
    const output = await clientOf(kms).send(
      new EncryptCommand({ KeyId: 'alias/é', Plaintext: Buffer.from('hi'), EncryptionContext: { tenant: '1' } }),
    );
    expect(kms.visits).toMatchObject([
      { operation: 'Encrypt', input: { KeyId: 'alias/é', Plaintext: 'aGk=', EncryptionContext: { tenant: '1' } } },
    ]);
    expect(output.CiphertextBlob).toEqual(Uint8Array.of(1, 2, 255));
    expect(output).toMatchObject({ KeyId: 'arn', $metadata: { httpStatusCode: 200, requestId: 'visit-1' } });
  });

  test('who calls, and where, is what the door was told: not the region or the key of the client', async () => {
    const kms = new KmsDouble();
    await clientOf(kms).send(new DisableKeyCommand({ KeyId: 'k' }));
    const host = 'kms.us-east-1.amazonaws.com';
    const userAgent = expect.stringMatching(/^aws-sdk-js\//);
    expect(kms.visits[0]?.caller).toEqual({ ...alice, client: { host, userAgent } });
  });

  test('an instant keeps its milliseconds', async () => {
    const kms = new KmsDouble();
    const created = new Date(1_700_000_000_123);
    kms.respond = () => ({ KeyMetadata: { KeyId: 'k', CreationDate: created } });
    const { KeyMetadata } = await clientOf(kms).send(new CreateKeyCommand({}));
    expect(KeyMetadata?.CreationDate).toEqual(created);
  });

  test('an answer without members resolves', async () => {
    const { $metadata } = await clientOf(new KmsDouble()).send(new DisableKeyCommand({ KeyId: 'k' }));
    expect($metadata).toMatchObject({ httpStatusCode: 200, requestId: 'visit-1' });
  });

  test("an error is the SDK's own class, with its text and its request id", async () => {
    const kms = new KmsDouble();
    kms.respond = () => {
      throw kmsError('NotFoundException', 'Alias alias/a is not found.');
    };
    const error = await clientOf(kms)
      .send(new DisableKeyCommand({ KeyId: 'k' }))
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NotFoundException);
    expect(error).toMatchObject({
      message: 'Alias alias/a is not found.',
      $metadata: { httpStatusCode: 400, requestId: 'visit-1' },
    });
  });

  test.each([
    ['AccessDeniedException', 'User: u is not authorized', 'User: u is not authorized'],
    // The SDK's word for a missing message.
    ['InvalidCiphertextException', undefined, 'UnknownError'],
  ] as const)('%s has the message %s', async (code, message, text) => {
    const kms = new KmsDouble();
    kms.respond = () => Promise.reject(kmsError(code, message));
    const failing = clientOf(kms).send(new DisableKeyCommand({ KeyId: 'k' }));
    await expect(failing).rejects.toMatchObject({ name: code, message: text });
  });

  test('a defect reaches the hook, and the client as InternalFailure', async () => {
    const kms = new KmsDouble();
    const defect = new TypeError('inner');
    kms.respond = () => {
      throw defect;
    };
    const seen: unknown[] = [];
    const failing = clientOf(kms, (error) => seen.push(error)).send(new GenerateRandomCommand({ NumberOfBytes: 1 }));
    await expect(failing).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
    expect(seen).toEqual([defect]);
  });

  test('a request past the limit is refused', async () => {
    const kms = new KmsDouble();
    const command = new EncryptCommand({ KeyId: 'k', Plaintext: new Uint8Array(maxBodyBytes) });
    await expect(clientOf(kms).send(command)).rejects.toMatchObject({ $metadata: { httpStatusCode: 413 } });
    expect(kms.visits).toEqual([]);
  });

  test('an abort before the call: nothing was asked', async () => {
    const kms = new KmsDouble();
    const abortSignal = AbortSignal.abort();
    const aborted = clientOf(kms).send(new DisableKeyCommand({ KeyId: 'k' }), { abortSignal });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    expect(kms.visits).toEqual([]);
  });

  test('an abort while the KMS waits', async () => {
    const kms = new KmsDouble();
    const abort = new AbortController();
    kms.respond = () => {
      abort.abort();
      return new Promise(() => {});
    };
    const aborted = clientOf(kms).send(new DisableKeyCommand({ KeyId: 'k' }), { abortSignal: abort.signal });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('many at once do not mix', async () => {
    const kms = new KmsDouble();
    kms.respond = async ({ input }) => ({ KeyId: (input as { KeyId: string }).KeyId });
    const client = clientOf(kms);
    const ids = Array.from({ length: 50 }, (_, at) => `k${at}`);
    const outputs = await Promise.all(
      ids.map((KeyId) => client.send(new EncryptCommand({ KeyId, Plaintext: Uint8Array.of(1) }))),
    );
    expect(outputs.map((output) => output.KeyId)).toEqual(ids);
  });
});

describe('the handler alone', () => {
  const target = { 'x-amz-target': 'TrentService.DescribeKey' };

  test.each([
    ['Credential=k/20260101/eu-west-1/kms/aws4_request, SignedHeaders=host, Signature=0', 'eu-west-1'],
    ['Credential=k/20260101/local/kms/aws4_request, SignedHeaders=host, Signature=0', 'local'],
    ['Credential=k/20260101/eu-west-1, SignedHeaders=host, Signature=0', undefined],
    ['SignedHeaders=host, Signature=0', undefined],
  ])('reads the Region of a signature: %s', (claim, region) => {
    expect(signedRegion({ headers: { authorization: `AWS4-HMAC-SHA256 ${claim}` } })).toBe(region);
    expect(signedRegion({ headers: { Authorization: `AWS4-HMAC-SHA256 ${claim}` } })).toBe(region);
  });

  test('reads no Region where there is no signature', () => {
    expect(signedRegion({ headers: {} })).toBeUndefined();
  });

  test('takes the target under any spelling, and only as a header of its own', async () => {
    const kms = new KmsDouble();
    const { handle } = sdkRequestHandler(kms, () => alice);
    const statusOf = async (headers: Record<string, string>): Promise<number> =>
      (await handle({ headers, body: '{}' })).response.statusCode;
    expect(await statusOf({ 'X-Amz-Target': 'TrentService.DescribeKey' })).toBe(200);
    expect(await statusOf(target)).toBe(200);
    expect(await statusOf(Object.create(target) as Record<string, string>)).toBe(400);
    expect(await statusOf({})).toBe(400);
  });

  test('asks who calls with the request in hand', async () => {
    const kms = new KmsDouble();
    const asked: SdkHttpRequest[] = [];
    const handler = sdkRequestHandler(kms, (request) => {
      asked.push(request);
      return alice;
    });
    const request = { headers: target, body: '{}' };
    await handler.handle(request);
    expect(asked).toEqual([request]);
  });

  test('answers a request of a stream', async () => {
    const kms = new KmsDouble();
    await sdkRequestHandler(kms, () => alice).handle({ headers: target, body: Readable.from(['{"KeyId"', ':"k"}']) });
    expect(kms.visits[0]?.input).toEqual({ KeyId: 'k' });
  });

  test('an abort while the body is read: nothing was asked', async () => {
    const kms = new KmsDouble();
    const abort = new AbortController();
    const body = Readable.from(
      (async function* () {
        yield '{';
        abort.abort();
        yield '}';
      })(),
    );
    const aborted = sdkRequestHandler(kms, () => alice).handle(
      { headers: target, body },
      { abortSignal: abort.signal },
    );
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError', message: 'Request aborted' });
    expect(kms.visits).toEqual([]);
  });

  test('an abort tells its reason', async () => {
    const abort = new AbortController();
    const kms = new KmsDouble();
    kms.respond = () => new Promise(() => {});
    const options = { abortSignal: abort.signal };
    const aborted = sdkRequestHandler(kms, () => alice).handle({ headers: target, body: '{}' }, options);
    abort.abort(new Error('enough'));
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError', cause: { message: 'enough' } });
  });

  test('leaves no listener on a signal that outlives the request', async () => {
    let listeners = 0;
    const abortSignal = {
      aborted: false,
      addEventListener: () => {
        listeners += 1;
      },
      removeEventListener: () => {
        listeners -= 1;
      },
    };
    const handler = sdkRequestHandler(new KmsDouble(), () => alice);
    await handler.handle({ headers: target, body: '{}' }, { abortSignal });
    expect(listeners).toBe(0);
  });
});
