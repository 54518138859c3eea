// Encrypt: https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html

import { describe, expect, test } from 'vitest';
import { TestEngine, texts, utf8 } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'Encrypt',
  prepare: () => (KeyId) => ({ KeyId, Plaintext: utf8('secret') }),
  names: 'any',
  otherAccounts: true,
  disabled: 'DisabledException',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'KMSInvalidStateException',
  used: true,
  invalidArn: 'NotFoundException',
});

await librariesLoaded();

describe('Encrypt', () => {
  test('answers with the ciphertext, the key ARN and the algorithm, and nothing else', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    const answer = engine.call('Encrypt', { KeyId, Plaintext: utf8('secret') });
    expect(answer).toStrictEqual({
      CiphertextBlob: expect.any(Uint8Array),
      KeyId: Arn,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    });
    expect(engine.decrypt(answer.CiphertextBlob as Uint8Array)).toBe('secret');
  });

  test('never gives the same ciphertext twice', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const blobs = Array.from({ length: 100 }, () => Buffer.from(engine.encrypt(KeyId)).toString('hex'));
    expect(new Set(blobs).size).toBe(100);
  });

  test.each([1, 4096])('takes %i bytes', (length) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const { CiphertextBlob } = engine.call('Encrypt', { KeyId, Plaintext: new Uint8Array(length).fill(7) });
    const { Plaintext } = engine.call('Decrypt', { CiphertextBlob });
    expect(Plaintext).toStrictEqual(new Uint8Array(length).fill(7));
  });

  // Recording encrypt-plaintext-over-4096.
  test.each([
    [0, 'Member must have length greater than or equal to 1'],
    [4097, 'Member must have length less than or equal to 4096'],
  ])('refuses %i bytes', (length, words) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: new Uint8Array(length) })).toEqual({
      code: 'ValidationException',
      message: `1 validation error detected: Value at 'plaintext' failed to satisfy constraint: ${words}`,
    });
  });

  test('a dry run stops at success, and only there', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    const dry = { KeyId, Plaintext: utf8('secret'), DryRun: true };
    expect(engine.refusal('Encrypt', dry)).toEqual({ code: 'DryRunOperationException', message: texts.dryRun });
    const tooLarge = { key: 'v'.repeat(9000) };
    expect(engine.refusal('Encrypt', { ...dry, EncryptionContext: tooLarge })).toEqual(
      engine.refusal('Encrypt', { ...dry, EncryptionContext: tooLarge, DryRun: false }),
    );
    engine.call('DisableKey', { KeyId });
    expect(engine.refusal('Encrypt', dry)).toEqual({ code: 'DisabledException', message: `${Arn} is disabled.` });
  });

  test('a context too large for the ciphertext is refused', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const EncryptionContext = { key: 'v'.repeat(9000) };
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x'), EncryptionContext })).toEqual({
      code: 'ValidationException',
      message: 'The encryption context is longer than 8192 bytes.',
    });
  });

  test.each(['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE'] as const)('%s does not fit', (EncryptionAlgorithm) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x'), EncryptionAlgorithm })).toEqual({
      code: 'InvalidKeyUsageException',
      message: `Algorithm ${EncryptionAlgorithm} is incompatible with key spec SYMMETRIC_DEFAULT.`,
    });
  });

  // Recording error-messages-for-wrong-key-usage: the usage speaks before the algorithm.
  test.each([
    ['HMAC_256', 'GENERATE_VERIFY_MAC', undefined],
    ['RSA_2048', 'SIGN_VERIFY', 'RSAES_OAEP_SHA_256'],
    ['RSA_2048', 'SIGN_VERIFY', undefined],
  ] as const)('a %s key for %s is of the wrong usage', (KeySpec, KeyUsage, EncryptionAlgorithm) => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey({ KeySpec, KeyUsage });
    expect(engine.refusal('Encrypt', { KeyId: Arn, Plaintext: utf8('x'), EncryptionAlgorithm })).toEqual({
      code: 'InvalidKeyUsageException',
      message: `${Arn} key usage is ${KeyUsage} which is not valid for Encrypt.`,
    });
  });

  // Recordings encrypt-too-large-*; the limits are those of RFC 8017 section 7.1.1.
  test.each([
    ['RSA_2048', 'RSAES_OAEP_SHA_1', 214],
    ['RSA_2048', 'RSAES_OAEP_SHA_256', 190],
    ['RSA_3072', 'RSAES_OAEP_SHA_256', 318],
    ['RSA_4096', 'RSAES_OAEP_SHA_256', 446],
  ] as const)('%s with %s takes %i bytes', (KeySpec, EncryptionAlgorithm, limit) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ KeySpec, KeyUsage: 'ENCRYPT_DECRYPT' });
    const input = { KeyId, EncryptionAlgorithm };
    expect(engine.refusal('Encrypt', { ...input, Plaintext: new Uint8Array(limit + 1) })).toEqual({
      code: 'ValidationException',
      message: `Algorithm ${EncryptionAlgorithm} and key spec ${KeySpec} cannot encrypt data larger than ${limit} bytes.`,
    });
    const Plaintext = new Uint8Array(limit).fill(7);
    const { CiphertextBlob } = engine.call('Encrypt', { ...input, Plaintext });
    expect(engine.call('Decrypt', { ...input, CiphertextBlob }).Plaintext).toEqual(Plaintext);
  });

  test('an asymmetric key takes no encryption context', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const input = { KeyId, EncryptionAlgorithm: 'RSAES_OAEP_SHA_1', Plaintext: utf8('x') } as const;
    expect(engine.refusal('Encrypt', { ...input, EncryptionContext: { a: 'b' } }).code).toBe('ValidationException');
  });

  test('a grant token that is none is refused', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x'), GrantTokens: ['token'] }).code).toBe(
      'InvalidGrantTokenException',
    );
    engine.call('Encrypt', { KeyId, Plaintext: utf8('x'), GrantTokens: [] });
  });
});
