// Keys in external key stores: what the proxy is told, what of its answers is taken, and what is refused with nothing changed.

import { describe, expect, test } from 'vitest';
import type { XksAnswer } from '../../src/key-stores/xks-transport.ts';
import { admin, utf8 } from '../engine.ts';
import { Rig } from './rig.ts';
import { changed, error, ok } from './test-proxy.ts';

const uninterpretable =
  'AWS KMS cannot interpret the response from the external key store proxy. If you see this error repeatedly, report it to your external key store proxy administrator.';
const inner =
  'The ciphertext that the external key store proxy submitted for decryption, or the encryption context, is corrupted, missing, or otherwise invalid.';

function made() {
  const rig = new Rig();
  const store = rig.externalStore();
  const KeyId = rig.externalKey(store).Arn;
  return { rig, engine: rig.engine, proxy: rig.proxy, store, KeyId };
}

describe('what the proxy is told', () => {
  test('of the request, and nothing that it need not know', () => {
    const { engine, KeyId, proxy } = made();
    expect(proxy.requests.map(({ path }) => path)).toEqual([
      '/kms/xks/v1/health',
      '/kms/xks/v1/health',
      '/kms/xks/v1/keys/one/metadata',
    ]);
    expect(JSON.parse(proxy.requests[2]?.body ?? '')).toEqual({
      requestMetadata: {
        awsPrincipalArn: admin.principal.arn,
        kmsOperation: 'CreateKey',
        kmsRequestId: expect.any(String),
      },
    });
    const CiphertextBlob = engine.encrypt(KeyId, 'plain text', { tenant: 'a' });
    const sent = JSON.parse(proxy.requests[3]?.body ?? '');
    expect(sent).toMatchObject({
      requestMetadata: { kmsKeyArn: KeyId, kmsOperation: 'Encrypt' },
      encryptionAlgorithm: 'AES_GCM',
      ciphertextDataIntegrityValueAlgorithm: 'SHA_256',
    });
    // Encrypted already: the plaintext does not leave KMS.
    expect(Buffer.from(sent.plaintext, 'base64').includes('plain text')).toBe(false);
    expect(Buffer.from(sent.additionalAuthenticatedData, 'base64').length).toBeLessThanOrEqual(8192);
    engine.decrypt(CiphertextBlob, { tenant: 'a' });
    expect(JSON.parse(proxy.requests[4]?.body ?? '')).toMatchObject({
      requestMetadata: { kmsOperation: 'Decrypt' },
      ciphertextMetadata: Buffer.from('v=1').toString('base64'),
    });
  });

  test('4,096 bytes stay within what a proxy must take', () => {
    const { engine, KeyId, proxy } = made();
    engine.call('Encrypt', { KeyId, Plaintext: new Uint8Array(4096) });
    const { plaintext } = JSON.parse(proxy.requests.at(-1)?.body ?? '');
    expect(Buffer.from(plaintext, 'base64').length).toBeLessThanOrEqual(4300);
  });

  test('the VPC endpoint of a caller of the own account, and the service that calls for him', () => {
    const { engine, KeyId, proxy } = made();
    expect(engine.kms.endpoints.put({ id: 'vpce-1', vpc: 'vpc-1', account: admin.principal.account })).toBeUndefined();
    engine.call('Encrypt', { KeyId, Plaintext: utf8('x') }, { ...admin, endpoint: 'vpce-1' });
    expect(JSON.parse(proxy.requests.at(-1)?.body ?? '').requestMetadata).toMatchObject({
      awsSourceVpc: 'vpc-1',
      awsSourceVpce: 'vpce-1',
    });
  });
});

describe('CreateKey', () => {
  test('asks for a key that is there, of AES_256, enabled, for both uses', () => {
    const { engine, proxy, store } = made();
    const refused = (XksKeyId: string) =>
      engine.refusal('CreateKey', { Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: store, XksKeyId });
    expect(refused('one').code).toBe('XksKeyAlreadyInUseException');
    expect(refused('none').code).toBe('XksKeyNotFoundException');
    const two = { spec: 'AES_256', status: 'ENABLED', usage: ['ENCRYPT', 'DECRYPT'] };
    proxy.keys.set('two', { ...two, spec: 'RSA_2048' });
    expect(refused('two')).toEqual({
      code: 'XksKeyInvalidConfigurationException',
      message: 'The key spec of the external key must be AES_256. The key spec of specified external key is RSA_2048.',
    });
    proxy.keys.set('two', { ...two, status: 'DISABLED' });
    expect(refused('two').message).toBe(
      'The status of the external key must be ENABLED. The status of specified external key is DISABLED.',
    );
    proxy.keys.set('two', { ...two, usage: ['ENCRYPT', 'SIGN'] });
    expect(refused('two').message).toBe(
      'The key usage of the external key must include ENCRYPT and DECRYPT. The key use of specified external key is ENCRYPT, SIGN.',
    );
  });

  test.each([
    [() => error(400, 'ValidationException'), 'CustomKeyStoreInvalidStateException'],
    [() => error(400, 'InvalidStateException'), 'XksKeyInvalidConfigurationException'],
    [() => error(400, 'InvalidKeyUsageException'), 'XksKeyInvalidConfigurationException'],
    [() => error(401, 'AuthenticationFailedException'), 'CustomKeyStoreInvalidStateException'],
    [() => error(403, 'AccessDeniedException'), 'CustomKeyStoreInvalidStateException'],
    [() => error(404, 'InvalidUriPathException'), 'CustomKeyStoreInvalidStateException'],
    [() => error(501, 'UnsupportedOperationException'), 'CustomKeyStoreInvalidStateException'],
    [() => ok({ keySpec: 'AES_256', keyStatus: 'ENABLED' }), 'CustomKeyStoreInvalidStateException'],
    [() => ok({ keySpec: 'AES_256', keyStatus: 'ENABLED', keyUsage: [1] }), 'CustomKeyStoreInvalidStateException'],
    [() => ({ failure: 'timed out' as const }), 'CustomKeyStoreInvalidStateException'],
  ])('fails with what went wrong (%#)', (answer, code) => {
    const { engine, proxy, store } = made();
    proxy.change = answer;
    const input = { Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: store, XksKeyId: 'two' } as const;
    expect(engine.refusal('CreateKey', input).code).toBe(code);
  });

  test('a second KMS key of the same external key opens nothing of the first', () => {
    const { engine, KeyId, rig, store } = made();
    const CiphertextBlob = engine.encrypt(KeyId);
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    engine.wait(7 * 86_400_000);
    const again = rig.externalKey(store).Arn;
    expect(engine.refusal('Decrypt', { CiphertextBlob, KeyId: again }).code).toBe('IncorrectKeyException');
  });
});

describe('a proxy that is not as it should be', () => {
  const messages: readonly (readonly [answer: XksAnswer, message: RegExp])[] = [
    [error(400, 'ValidationException'), /^AWS KMS cannot interpret the response/],
    [error(400, 'InvalidStateException'), /is not enabled in the external key manager\./],
    [error(400, 'InvalidCiphertextException'), /specified ciphertext or encryption context is corrupted/],
    [error(400, 'InvalidKeyUsageException'), /does not support the requested operation\. Enable/],
    [error(401, 'AuthenticationFailedException'), /could not authenticate AWS KMS\./],
    [error(403, 'AccessDeniedException'), /denied access to the operation\./],
    [error(404, 'KeyNotFoundException'), /was not found in its external key manager\./],
    [error(404, 'InvalidUriPathException'), /because of an invalid URI path\./],
    [error(429, 'ThrottlingException'), /due to a very high request rate\./],
    [error(500, 'InternalException'), /cannot communicate with the external key manager\./],
    [error(501, 'UnsupportedOperationException'), /does not support the requested operation\. If you see/],
    [error(503, 'DependencyTimeoutException'), /did not respond to the request in the time allotted\./],
    [error(500, '__proto__'), /^AWS KMS cannot interpret the response/],
    [{ status: 500, body: '' }, /^AWS KMS cannot interpret the response/],
    [{ status: 307, body: '{}' }, /^AWS KMS cannot interpret the response/],
    [{ status: 200, body: 'null' }, /^AWS KMS cannot interpret the response/],
    [{ status: 200, body: '{"connection":1,"message":"x"}' }, /^AWS KMS cannot interpret the response/],
    [{ failure: 'unreachable' }, /^AWS KMS cannot communicate with the external key store proxy\./],
    [{ failure: 'tls' }, /^AWS KMS cannot establish a TLS connection/],
    [{ failure: 'timed out' }, /did not respond in time\./],
  ];

  test.each(messages)('%j', (answer, message) => {
    const { engine, KeyId, proxy } = made();
    const CiphertextBlob = engine.encrypt(KeyId);
    proxy.change = () => answer;
    for (const refusal of [
      engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') }),
      engine.refusal('Decrypt', { CiphertextBlob }),
      engine.refusal('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }),
    ]) {
      expect(refusal.code).toBe('KMSInvalidStateException');
      expect(refusal.message).toMatch(message);
      expect(refusal.message).not.toContain('never relayed');
    }
    // Nothing has changed: it works when the proxy does.
    proxy.change = (same) => same;
    expect(engine.keyState(KeyId)).toBe('Enabled');
    expect(engine.decrypt(CiphertextBlob)).toBe('secret');
  });

  const twist = (text: unknown): string => {
    const bytes = Buffer.from(String(text), 'base64');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    return bytes.toString('base64');
  };
  const lies: readonly (readonly [
    what: string,
    change: (members: Record<string, unknown>) => Record<string, unknown>,
  ])[] = [
    ['no ciphertext', ({ ciphertext: _, ...rest }) => rest],
    ['a ciphertext of another length', ({ ciphertext, ...rest }) => ({ ...rest, ciphertext: `AAAA${ciphertext}` })],
    ['another ciphertext', ({ ciphertext, ...rest }) => ({ ...rest, ciphertext: twist(ciphertext) })],
    ['an IV of 13 bytes', (rest) => ({ ...rest, initializationVector: Buffer.alloc(13).toString('base64') })],
    ['another IV', (rest) => ({ ...rest, initializationVector: twist(rest['initializationVector']) })],
    ['a tag of 12 bytes', (rest) => ({ ...rest, authenticationTag: Buffer.alloc(12).toString('base64') })],
    ['another tag', (rest) => ({ ...rest, authenticationTag: twist(rest['authenticationTag']) })],
    ['21 bytes of metadata', (rest) => ({ ...rest, ciphertextMetadata: Buffer.alloc(21).toString('base64') })],
    ['other metadata', (rest) => ({ ...rest, ciphertextMetadata: twist(rest['ciphertextMetadata']) })],
    ['no integrity value', ({ ciphertextDataIntegrityValue: _, ...rest }) => rest],
    ['a number', (rest) => ({ ...rest, authenticationTag: 7 })],
    ['no base64', (rest) => ({ ...rest, ciphertext: '%%%%' })],
  ];

  test.each(lies)('answers Encrypt with %s', (_what, change) => {
    const { engine, KeyId, proxy } = made();
    proxy.change = (answer) => changed(answer, change);
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') })).toEqual({
      code: 'KMSInvalidStateException',
      message: uninterpretable,
    });
  });

  test('repeats an earlier answer', () => {
    const { engine, KeyId, proxy } = made();
    const kept: XksAnswer[] = [];
    proxy.change = (answer) => {
      kept.push(answer);
      return answer;
    };
    const [first, second] = [engine.encrypt(KeyId, 'first!'), engine.encrypt(KeyId, 'second')];
    engine.decrypt(first);
    const [encrypted, , decrypted] = kept;
    proxy.change = () => encrypted ?? error(500, 'InternalException');
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('third!') }).message).toBe(uninterpretable);
    proxy.change = () => decrypted ?? error(500, 'InternalException');
    expect(engine.refusal('Decrypt', { CiphertextBlob: second }).message).toBe(inner);
  });

  test('decrypts to something else', () => {
    const { engine, KeyId, proxy } = made();
    const CiphertextBlob = engine.encrypt(KeyId);
    proxy.change = (answer) => changed(answer, ({ plaintext }) => ({ plaintext: twist(plaintext) }));
    expect(engine.refusal('Decrypt', { CiphertextBlob }).message).toBe(inner);
    proxy.change = (answer) => changed(answer, ({ plaintext }) => ({ plaintext: `AAAA${plaintext}` }));
    expect(engine.refusal('Decrypt', { CiphertextBlob }).message).toBe(uninterpretable);
  });

  test('throws, or cannot be reached at all', () => {
    const { engine, KeyId, rig } = made();
    rig.proxy.change = () => {
      throw new Error('a transport that breaks');
    };
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') }).message).toMatch(/^AWS KMS cannot communicate/);
  });
});

test('the inner layer alone opens nothing: both are needed', () => {
  const { engine, KeyId, proxy } = made();
  engine.encrypt(KeyId);
  const layer = Buffer.from(JSON.parse(proxy.requests.at(-1)?.body ?? '').plaintext, 'base64');
  expect(engine.refusal('Decrypt', { CiphertextBlob: new Uint8Array(layer), KeyId }).code).toBe(
    'InvalidCiphertextException',
  );
});

test('GenerateRandom has no external key store to ask', () => {
  const { engine, store } = made();
  expect(engine.refusal('GenerateRandom', { NumberOfBytes: 8, CustomKeyStoreId: store }).code).toBe(
    'UnsupportedOperationException',
  );
});
