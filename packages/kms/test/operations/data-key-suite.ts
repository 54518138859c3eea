// What holds for both operations that make symmetric data keys.

import { describe, expect, test } from 'vitest';
import { TestEngine, texts } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

export function aboutDataKeys(operation: 'GenerateDataKey' | 'GenerateDataKeyWithoutPlaintext'): void {
  aboutKey({
    operation,
    prepare: () => (KeyId) => ({ KeyId, KeySpec: 'AES_256' }),
    names: 'any',
    otherAccounts: true,
    disabled: 'DisabledException',
    pendingDeletion: 'KMSInvalidStateException',
    pendingImport: 'KMSInvalidStateException',
    used: true,
    invalidArn: 'NotFoundException',
  });

  describe('the data key', () => {
    test.each([
      ['neither', {}],
      ['both', { KeySpec: 'AES_256', NumberOfBytes: 32 }],
    ] as const)('%s of KeySpec and NumberOfBytes is refused, also for a key that is not there', (_what, length) => {
      const engine = new TestEngine();
      const refused = { code: 'ValidationException', message: 'Please specify either number of bytes or key spec.' };
      expect(engine.refusal(operation, { KeyId: engine.createKey().KeyId, ...length })).toEqual(refused);
      expect(engine.refusal(operation, { KeyId: 'none', ...length })).toEqual(refused);
    });

    test.each([
      [0, 'greater than or equal to 1'],
      [1025, 'less than or equal to 1024'],
    ])('NumberOfBytes %i is out of range', (NumberOfBytes, words) => {
      const engine = new TestEngine();
      const { KeyId } = engine.createKey();
      expect(engine.refusal(operation, { KeyId, NumberOfBytes })).toEqual({
        code: 'ValidationException',
        message: `1 validation error detected: Value '${NumberOfBytes}' at 'numberOfBytes' failed to satisfy constraint: Member must have value ${words}`,
      });
    });

    test('is another one every time', () => {
      const engine = new TestEngine();
      const { KeyId } = engine.createKey();
      const texts = Array.from({ length: 20 }, () => {
        const { CiphertextBlob } = engine.call(operation, { KeyId, KeySpec: 'AES_128' });
        return String(engine.call('Decrypt', { CiphertextBlob }).Plaintext);
      });
      expect(new Set(texts).size).toBe(20);
    });

    test('comes from symmetric encryption keys only', () => {
      const engine = new TestEngine();
      const rsa = engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
      const hmac = engine.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
      expect(engine.refusal(operation, { KeyId: rsa.Arn, KeySpec: 'AES_256' })).toEqual({
        code: 'InvalidKeyUsageException',
        message: 'Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048.',
      });
      expect(engine.refusal(operation, { KeyId: hmac.Arn, KeySpec: 'AES_256' })).toEqual({
        code: 'InvalidKeyUsageException',
        message: `${hmac.Arn} key usage is GENERATE_VERIFY_MAC which is not valid for ${operation}.`,
      });
    });

    test('a dry run fails as the call would, or says that it would succeed', () => {
      const engine = new TestEngine();
      const { KeyId, Arn } = engine.createKey();
      const dry = { KeyId, KeySpec: 'AES_256', DryRun: true } as const;
      expect(engine.refusal(operation, dry)).toEqual({ code: 'DryRunOperationException', message: texts.dryRun });
      expect(engine.refusal(operation, { ...dry, EncryptionContext: { a: 'b'.repeat(9000) } }).code).toBe(
        'ValidationException',
      );
      engine.call('DisableKey', { KeyId });
      expect(engine.refusal(operation, dry)).toEqual({ code: 'DisabledException', message: `${Arn} is disabled.` });
    });
  });
}
