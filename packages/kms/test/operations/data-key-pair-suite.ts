// What holds for both operations that make data key pairs.

import { type KeySpec, keySpecs, offeredIn } from '@kmsim/hsm-core';
import { describe, expect, test } from 'vitest';
import type { OperationInputs } from '../../src/api/types.ts';
import { hex, inChina, Keys, userOf } from '../asymmetric-keys.ts';
import { admin, TestEngine, texts } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

type PairOperation = 'GenerateDataKeyPair' | 'GenerateDataKeyPairWithoutPlaintext';
export type PairSpec = OperationInputs['GenerateDataKeyPair']['KeyPairSpec'];

/**
 * KeyPairSpec of https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html: no ML-DSA.
 * The larger RSA keys stand where their primes come soon (asymmetric-keys.ts).
 */
export const pairSpecs: readonly PairSpec[] = [
  'RSA_2048',
  'ECC_NIST_P256',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_SECG_P256K1',
  'ECC_NIST_EDWARDS25519',
  'ML_KEM_512',
  'ML_KEM_768',
  'RSA_4096',
  'RSA_3072',
  'ML_KEM_1024',
  'SM2',
];

export function aboutDataKeyPairs(operation: PairOperation): void {
  aboutKey({
    operation,
    prepare: () => (KeyId) => ({ KeyId, KeyPairSpec: 'ECC_NIST_P256' }),
    names: 'any',
    otherAccounts: true,
    disabled: 'DisabledException',
    pendingDeletion: 'KMSInvalidStateException',
    pendingImport: 'KMSInvalidStateException',
    used: true,
    invalidArn: 'NotFoundException',
  });

  const engine = new TestEngine();
  const keys = new Keys(engine);

  describe('the specs', () => {
    test.each(pairSpecs)('%s comes where its Region has it', (KeyPairSpec) => {
      const offered = ['aws', 'aws-cn'].map((partition) => offeredIn(keySpecs[KeyPairSpec], partition));
      for (const [at, by] of [admin, inChina(engine)].entries()) {
        const { KeyId = '' } = engine.createKey({}, by);
        if (offered[at]) {
          // Larger RSA keys have a suite of their own.
          if (!KeyPairSpec.startsWith('RSA')) engine.call(operation, { KeyId, KeyPairSpec }, by);
          continue;
        }
        const refused = {
          code: 'UnsupportedOperationException',
          message: `KeyPairSpec ${KeyPairSpec} is not supported in the Region ${by.region}.`,
        };
        expect(engine.refusal(operation, { KeyId, KeyPairSpec }, by)).toEqual(refused);
        expect(engine.refusal(operation, { KeyId, KeyPairSpec, DryRun: true }, by)).toEqual(refused);
      }
    });

    test('ML-DSA is none of them', () => {
      const { KeyId = '' } = engine.createKey();
      for (const KeyPairSpec of ['ML_DSA_44', 'HMAC_256', 'SYMMETRIC_DEFAULT', 'RSA_1024']) {
        const { code, message } = engine.refusal(operation, { KeyId, KeyPairSpec: KeyPairSpec as PairSpec });
        expect(code).toBe('ValidationException');
        expect(message).toContain(`Value '${KeyPairSpec}' at 'keyPairSpec' failed to satisfy constraint`);
      }
    });

    test.each<PairSpec>(['ECC_NIST_P256', 'ECC_NIST_EDWARDS25519', 'ML_KEM_768', 'SM2'])(
      '%s is another pair every time',
      (KeyPairSpec) => {
        const by = userOf(engine, KeyPairSpec);
        const { KeyId = '' } = engine.createKey({}, by);
        const publicKeys = Array.from({ length: 5 }, () =>
          hex(engine.call(operation, { KeyId, KeyPairSpec }, by).PublicKey),
        );
        expect(new Set(publicKeys).size).toBe(5);
      },
    );
  });

  describe('the private key under its key', () => {
    const EncryptionContext = { tenant: '1', purpose: 'sign' };
    const input = { KeyPairSpec: 'ECC_NIST_P256', EncryptionContext } as const;
    const invalid = { code: 'InvalidCiphertextException', message: undefined };

    test('opens under the same encryption context and no other', () => {
      const { KeyId = '' } = engine.createKey();
      const { PrivateKeyCiphertextBlob: CiphertextBlob } = engine.call(operation, { KeyId, ...input });
      expect(engine.call('Decrypt', { CiphertextBlob, EncryptionContext }).Plaintext?.[0]).toBe(0x30);
      for (const other of [undefined, { tenant: '1' }, { ...EncryptionContext, purpose: 'verify' }]) {
        expect(engine.refusal('Decrypt', { CiphertextBlob, EncryptionContext: other })).toEqual(invalid);
      }
    });

    test('names the material that it was encrypted with, which a rotation does not change', () => {
      const { KeyId = '', CurrentKeyMaterialId } = engine.createKey();
      const before = engine.call(operation, { KeyId, ...input });
      expect(before.KeyMaterialId).toBe(CurrentKeyMaterialId);
      engine.call('RotateKeyOnDemand', { KeyId });
      engine.wait(60_000);
      const after = engine.call(operation, { KeyId, ...input });
      expect(after.KeyMaterialId).not.toBe(CurrentKeyMaterialId);
      for (const { PrivateKeyCiphertextBlob: CiphertextBlob, KeyMaterialId } of [before, after])
        expect(engine.call('Decrypt', { CiphertextBlob, EncryptionContext })).toMatchObject({ KeyMaterialId });
    });

    // crypto facts: bytes 0 to 2 of a ciphertext, here of a data key that was asked for by its spec.
    test('is a ciphertext as that of a data key by KeySpec', () => {
      const { KeyId = '' } = engine.createKey();
      const pair = engine.call(operation, { KeyId, ...input }).PrivateKeyCiphertextBlob ?? expect.fail();
      const key = engine.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }).CiphertextBlob ?? expect.fail();
      expect(hex(pair.subarray(0, 37))).toBe(hex(key.subarray(0, 37)));
    });

    test('a context too large for the ciphertext is refused', () => {
      const { KeyId = '' } = engine.createKey();
      const tooLarge = { KeyId, ...input, EncryptionContext: { key: 'v'.repeat(9000) } };
      expect(engine.refusal(operation, tooLarge)).toEqual({
        code: 'ValidationException',
        message: 'The encryption context is longer than 8192 bytes.',
      });
    });
  });

  describe('what the key cannot', () => {
    test.each([
      ['RSA_2048', 'ENCRYPT_DECRYPT', 'Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048.'],
      ['SM2', 'ENCRYPT_DECRYPT', 'Algorithm SYMMETRIC_DEFAULT is incompatible with key spec SM2.'],
      ['HMAC_256', 'GENERATE_VERIFY_MAC', undefined],
      ['ECC_NIST_P256', 'SIGN_VERIFY', undefined],
      ['ML_KEM_512', 'ENCAPSULATE_DECAPSULATE', undefined],
    ] as const)('a %s key for %s makes none', (spec: KeySpec, usage, words) => {
      const { by, key } = keys.of(spec, usage);
      expect(engine.refusal(operation, { KeyId: key.Arn, KeyPairSpec: 'ECC_NIST_P256' }, by)).toEqual({
        code: 'InvalidKeyUsageException',
        message: words ?? `${key.Arn} key usage is ${usage} which is not valid for ${operation}.`,
      });
    });
  });

  // Recordings generate-data-key-pair-dry-run and generate-data-key-pair-without-plaintext-dry-run.
  test('a dry run fails as the call would, or says that it would succeed, and takes no turn', () => {
    const { KeyId = '' } = engine.createKey();
    const input = { KeyId, KeyPairSpec: 'ECC_NIST_P256' } as const;
    const twin = new TestEngine({ snapshot: engine.snapshot() });
    const dry = { code: 'DryRunOperationException', message: texts.dryRun };
    expect(twin.refusal(operation, { ...input, DryRun: true })).toEqual(dry);
    const tooLarge = { ...input, EncryptionContext: { key: 'v'.repeat(9000) }, DryRun: true };
    expect(twin.refusal(operation, tooLarge).code).toBe('ValidationException');
    expect(twin.call(operation, input)).toEqual(engine.call(operation, input));
  });
}
