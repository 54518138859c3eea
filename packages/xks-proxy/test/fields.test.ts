// What a request may and may not say.

import { describe, expect, test } from 'vitest';
import { decryptBody, encryptBody, healthBody, metadataOf } from './bodies.ts';
import { ask, errorOf } from './proxy-of.ts';

describe('members of a request', () => {
  const sealed = async (): Promise<Record<string, unknown>> =>
    decryptBody((await ask('/keys/k/encrypt', encryptBody())).json);
  const zeros = (length: number): string => Buffer.alloc(length).toString('base64');
  const invalid = '400 ValidationException';
  const unsupported = '501 UnsupportedOperationException';

  test.each<[string, Record<string, unknown>, string]>([
    ['plaintext that is no text', { plaintext: 5 }, invalid],
    ['plaintext without its padding', { plaintext: 'QQ' }, invalid],
    ['plaintext in the alphabet of URLs', { plaintext: '-_8=' }, invalid],
    ['plaintext on two lines', { plaintext: 'SGVs\nbG8=' }, invalid],
    ['4,301 bytes of plaintext', { plaintext: zeros(4301) }, unsupported],
    ['4,300 bytes of plaintext', { plaintext: zeros(4300) }, '200 undefined'],
    ['no plaintext, but none that is missing', { plaintext: '' }, '200 undefined'],
    ['8,193 bytes of additional data', { additionalAuthenticatedData: zeros(8193) }, unsupported],
    ['8,192 bytes of additional data', { additionalAuthenticatedData: zeros(8192) }, '200 undefined'],
    ['additional data that is null', { additionalAuthenticatedData: null }, invalid],
    ['no algorithm', { encryptionAlgorithm: undefined }, invalid],
    ['another algorithm', { encryptionAlgorithm: 'AES_CBC' }, invalid],
    ['another hash', { ciphertextDataIntegrityValueAlgorithm: 'SHA_512' }, invalid],
    ['a member that nobody knows', { tomorrow: { is: 'another day' } }, '200 undefined'],
    [
      'metadata that nobody knows',
      { requestMetadata: { ...metadataOf('BulkEncrypt'), sourceIdentity: 5 } },
      '200 undefined',
    ],
    ['metadata without a key', { requestMetadata: { ...metadataOf('Encrypt'), kmsKeyArn: undefined } }, invalid],
    ['metadata with another kind of VPC', { requestMetadata: { ...metadataOf('Encrypt'), awsSourceVpc: 5 } }, invalid],
    [
      'an ARN of 2,048 characters',
      { requestMetadata: { ...metadataOf('Encrypt'), awsPrincipalArn: 'a'.repeat(2048) } },
      '200 undefined',
    ],
  ])('Encrypt with %s: %3$s', async (_, change, expected) => {
    expect(await errorOf('/keys/k/encrypt', { ...encryptBody(), ...change })).toBe(expected);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['13 bytes of vector', { initializationVector: zeros(13) }, invalid],
    ['no vector', { initializationVector: undefined }, invalid],
    ['15 bytes of tag', { authenticationTag: zeros(15) }, invalid],
    ['another tag', { authenticationTag: zeros(16) }, '400 InvalidCiphertextException'],
    ['another vector', { initializationVector: zeros(12) }, '400 InvalidCiphertextException'],
    ['a vector of the other length', { initializationVector: zeros(16) }, '400 InvalidCiphertextException'],
    ['21 bytes of metadata', { ciphertextMetadata: zeros(21) }, invalid],
    ['20 bytes of metadata', { ciphertextMetadata: zeros(20) }, '400 InvalidCiphertextException'],
    ['no metadata', { ciphertextMetadata: undefined }, '400 InvalidCiphertextException'],
    ['more ciphertext than there can be', { ciphertext: zeros(4301) }, unsupported],
    ['another ciphertext', { ciphertext: zeros(12) }, '400 InvalidCiphertextException'],
    ['another algorithm', { encryptionAlgorithm: 'AES' }, invalid],
  ])('Decrypt with %s: %3$s', async (_, change, expected) => {
    expect(await errorOf('/keys/k/decrypt', { ...(await sealed()), ...change })).toBe(expected);
  });

  test('GetKeyMetadata needs no key ARN, and GetHealthStatus no principal', async () => {
    const { kmsKeyArn: _arn, ...requestMetadata } = metadataOf('CreateKey');
    expect(await errorOf('/keys/k/metadata', { requestMetadata })).toBe('200 undefined');
    expect(await errorOf('/health', healthBody)).toBe('200 undefined');
  });

  test.each(['', 'null', '[]', '"x"', '5', '{', '{"requestMetadata":', '\u0000', '<xml/>', '['.repeat(5_000)])(
    'a body that is no object: %j',
    async (body) => {
      expect(await errorOf('/keys/k/encrypt', body)).toBe(invalid);
      expect(await errorOf('/health', body)).toBe(invalid);
    },
  );

  test('more than 64 KiB', async () => {
    expect(await errorOf('/health', { ...healthBody, more: 'x'.repeat(65_536) })).toBe(invalid);
  });
});
