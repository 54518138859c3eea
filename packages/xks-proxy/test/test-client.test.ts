// What AWS's test client for XKS proxies asserts, topic by topic, in process, over HTTP and with curl.
// https://github.com/aws-samples/aws-kms-xksproxy-test-client

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { XksProxy } from '../src/index.ts';
import { type Asked, type Asker, type AskOptions, inProcess, overHttp, whyNoCurl, withCurl } from './asking.ts';
import { decryptBody, encryptBody, healthBody, keyMetadataBody } from './bodies.ts';

const ways: readonly (readonly [string, (proxy: XksProxy) => Asker | Promise<Asker>, string | undefined])[] = [
  ['in process', inProcess, undefined],
  ['over HTTP', overHttp, undefined],
  ['with curl', withCurl, whyNoCurl()],
];

describe.each(ways)('%s', (_, open, reason) => {
  const proxy = new XksProxy({
    seed: 'test client',
    pathPrefix: '/example/uri/path/prefix',
    keys: [
      'foo',
      { id: 'encrypt-only', keyUsage: ['ENCRYPT'] },
      { id: 'decrypt-only', keyUsage: ['DECRYPT'] },
      { id: 'impotent', keyUsage: ['SIGN'] },
    ],
  });
  const { accessKeyId, secretAccessKey } = proxy.credential;
  const aad = 'project=nile,department=marketing';
  let asker: Asker;
  const ask = (path: string, body: unknown, options?: AskOptions): Promise<Asked> => asker.ask(path, body, options);

  beforeAll(async () => {
    asker = await open(proxy);
  });
  afterAll(() => asker?.[Symbol.asyncDispose]());

  // What is asked of every API alike.
  describe.skipIf(reason !== undefined).each([
    ['GetHealthStatus', '/health', healthBody],
    ['GetKeyMetadata', '/keys/foo/metadata', keyMetadataBody('DescribeKey')],
    ['Encrypt', '/keys/foo/encrypt', encryptBody()],
  ])('%s', (__, path, body) => {
    test('is answered', async () => {
      expect((await ask(path, body)).status).toBe(200);
    });

    test.each([
      ['access key id', { accessKeyId: `INVALID${accessKeyId.slice(7)}`, secretAccessKey }],
      ['secret access key', { accessKeyId, secretAccessKey: `Invalid${secretAccessKey.slice(7)}` }],
    ])('with another %s: AuthenticationFailedException', async (___, credential) => {
      expect(await ask(path, body, { credential })).toMatchObject({
        status: 401,
        json: { errorName: 'AuthenticationFailedException' },
      });
    });

    test('under another path: InvalidUriPathException', async () => {
      expect(await ask(path, body, { uriPath: '/example/uri/path/prefix/invalid/kms/xks/v1' })).toMatchObject({
        status: 404,
        json: { errorName: 'InvalidUriPathException' },
      });
    });

    test.each([
      ['without requestMetadata', { ...body, requestMetadata: undefined }],
      ['with empty requestMetadata', { ...body, requestMetadata: {} }],
    ])('%s: ValidationException', async (___, incomplete) => {
      expect(await ask(path, incomplete)).toMatchObject({ status: 400, json: { errorName: 'ValidationException' } });
    });
  });

  describe.skipIf(reason !== undefined)('what is answered', () => {
    test('GetHealthStatus: a fleet of proxies and key managers', async () => {
      const { json } = await ask('/health', healthBody);
      expect(Object.keys(json).sort()).toEqual([
        'ekmFleetDetails',
        'ekmVendor',
        'xksProxyFleetSize',
        'xksProxyModel',
        'xksProxyVendor',
      ]);
      expect(json['ekmFleetDetails']).toContainEqual({
        id: expect.any(String),
        model: expect.any(String),
        healthStatus: 'ACTIVE',
      });
    });

    test.each(['DescribeKey', 'CreateKey', 'BulkDescribeKey'])('GetKeyMetadata for %s', async (operation) => {
      expect((await ask('/keys/foo/metadata', keyMetadataBody(operation))).json).toEqual({
        keySpec: 'AES_256',
        keyUsage: ['ENCRYPT', 'DECRYPT'],
        keyStatus: 'ENABLED',
      });
    });

    test.each([
      ['metadata', keyMetadataBody()],
      ['encrypt', encryptBody()],
    ])('a key that is not there, for %s: KeyNotFoundException', async (operation, body) => {
      expect(await ask(`/keys/non_existing_key/${operation}`, body)).toMatchObject({
        status: 404,
        json: { errorName: 'KeyNotFoundException' },
      });
    });
  });

  describe.skipIf(reason !== undefined)('Encrypt and Decrypt', () => {
    test('without plaintext: ValidationException', async () => {
      const { plaintext: _plaintext, ...body } = encryptBody();
      expect((await ask('/keys/foo/encrypt', body)).json['errorName']).toBe('ValidationException');
    });

    test.each([
      ['without additional data', undefined, false],
      ['with additional data', aad, false],
      ['with additional data and an integrity value', aad, true],
      ['with an integrity value alone', undefined, true],
    ])('there and back %s', async (__, data, cdiv) => {
      const encrypted = await ask('/keys/foo/encrypt', encryptBody({ cdiv, ...(data !== undefined && { aad: data }) }));
      expect(encrypted.status).toBe(200);
      expect('ciphertextDataIntegrityValue' in encrypted.json).toBe(cdiv);
      if (cdiv) expect(encrypted.json['ciphertextDataIntegrityValue']).toBe(integrityValueOf(encrypted.json, data));
      const decrypted = await ask('/keys/foo/decrypt', decryptBody(encrypted.json, data));
      expect(decrypted).toEqual({ status: 200, json: { plaintext: 'SGVsbG8gV29ybGQh' } });
    });

    test.each([
      ['no additional data', undefined],
      ['other additional data', 'project=blue,department=finance'],
    ])('Decrypt with %s: InvalidCiphertextException', async (__, other) => {
      const { json } = await ask('/keys/foo/encrypt', encryptBody({ aad }));
      expect(await ask('/keys/foo/decrypt', decryptBody(json, other))).toMatchObject({
        status: 400,
        json: { errorName: 'InvalidCiphertextException' },
      });
    });

    test('4,096 bytes of plaintext with 8,192 of additional data', async () => {
      const large = { plaintext: new Uint8Array(4096).fill(7), aad: new Uint8Array(8192).fill(9) };
      const { json } = await ask('/keys/foo/encrypt', encryptBody(large));
      const decrypted = await ask('/keys/foo/decrypt', decryptBody(json, large.aad));
      expect(decrypted.json['plaintext']).toBe(Buffer.from(large.plaintext).toString('base64'));
    });
  });

  describe.skipIf(reason !== undefined)('keys that are not for everything: InvalidKeyUsageException', () => {
    const wrongUsage = { status: 400, json: { errorName: 'InvalidKeyUsageException' } };

    test.each([undefined, aad])('encrypt-only decrypts nothing (additional data: %s)', async (data) => {
      const input = data === undefined ? {} : { aad: data };
      const encrypted = await ask('/keys/encrypt-only/encrypt', encryptBody(input));
      expect(encrypted.status).toBe(200);
      expect(await ask('/keys/encrypt-only/decrypt', decryptBody(encrypted.json, data))).toMatchObject(wrongUsage);
    });

    test.each([undefined, aad])('and gives no integrity value, which a decryption must prove (%s)', async (data) => {
      const input = { cdiv: true, ...(data !== undefined && { aad: data }) };
      expect(await ask('/keys/encrypt-only/encrypt', encryptBody(input))).toMatchObject(wrongUsage);
    });

    test.each(
      ['decrypt-only', 'impotent'].flatMap((id) =>
        [undefined, aad].flatMap((data) => [false, true].map((cdiv) => [id, data, cdiv] as const)),
      ),
    )('%s encrypts nothing (additional data: %s, integrity value: %s)', async (id, data, cdiv) => {
      const input = { cdiv, ...(data !== undefined && { aad: data }) };
      expect(await ask(`/keys/${id}/encrypt`, encryptBody(input))).toMatchObject(wrongUsage);
    });
  });
});

function integrityValueOf(answer: Readonly<Record<string, unknown>>, aad = ''): string {
  const hash = createHash('sha256').update(aad);
  for (const member of ['ciphertextMetadata', 'initializationVector', 'ciphertext', 'authenticationTag'])
    hash.update(Buffer.from(String(answer[member] ?? ''), 'base64'));
  return hash.digest('base64');
}
