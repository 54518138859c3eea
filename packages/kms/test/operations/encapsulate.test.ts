// Encapsulate: https://docs.aws.amazon.com/kms/latest/APIReference/API_Encapsulate.html

import { describe, expect, test } from 'vitest';
import { expectOwnBytes, hex, inChina, Keys } from '../asymmetric-keys.ts';
import { admin, TestEngine, texts } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { aboutKey } from './key-suite.ts';
import { mlKemCases } from './ml-kem-cases.ts';

await librariesLoaded();

aboutKey({
  operation: 'Encapsulate',
  key: { KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' },
  prepare: () => (KeyId) => ({ KeyId, EncapsulationAlgorithm: 'ML_KEM' }),
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

describe.each(mlKemCases)('%s', (spec, ciphertextLength) => {
  const { key } = keys.of(spec, 'ENCAPSULATE_DECAPSULATE');
  const input = { KeyId: key.KeyId ?? '', EncapsulationAlgorithm: 'ML_KEM' } as const;

  test('answers with key ARN, secret, its ciphertext and algorithm, and nothing else', () => {
    const answer = engine.call('Encapsulate', input);
    expect(answer).toStrictEqual({
      KeyId: key.Arn,
      SharedSecret: expect.any(Uint8Array),
      SharedSecretCiphertextBlob: expect.any(Uint8Array),
      EncapsulationAlgorithm: 'ML_KEM',
    });
    expectOwnBytes(answer.SharedSecret, 32);
    expectOwnBytes(answer.SharedSecretCiphertextBlob, ciphertextLength);
  });

  test('the ciphertext holds the secret', () => {
    const { SharedSecret, SharedSecretCiphertextBlob = expect.fail() } = engine.call('Encapsulate', input);
    const opened = engine.call('Decapsulate', { ...input, SharedSecretCiphertextBlob });
    expect(hex(opened.SharedSecret)).toBe(hex(SharedSecret));
  });

  test('no two secrets and no two ciphertexts are the same', () => {
    const answers = Array.from({ length: 10 }, () => engine.call('Encapsulate', input));
    expect(new Set(answers.map(({ SharedSecret }) => hex(SharedSecret))).size).toBe(10);
    expect(new Set(answers.map(({ SharedSecretCiphertextBlob }) => hex(SharedSecretCiphertextBlob))).size).toBe(10);
  });

  test('a dry run makes none and takes no turn', () => {
    const dry = { code: 'DryRunOperationException', message: texts.dryRun };
    const twin = new TestEngine({ snapshot: engine.snapshot() });
    expect(twin.refusal('Encapsulate', { ...input, DryRun: true })).toEqual(dry);
    expect(twin.call('Encapsulate', input)).toEqual(engine.call('Encapsulate', input));
  });
});

test.each([
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'],
  ['RSA_2048', 'ENCRYPT_DECRYPT'],
  ['ECC_NIST_P256', 'KEY_AGREEMENT'],
  ['ML_DSA_44', 'SIGN_VERIFY'],
  ['SM2', 'KEY_AGREEMENT'],
] as const)('a %s key for %s is of the wrong usage', (spec, usage) => {
  const { by, key } = keys.of(spec, usage);
  expect(engine.refusal('Encapsulate', { KeyId: key.Arn, EncapsulationAlgorithm: 'ML_KEM' }, by)).toEqual({
    code: 'InvalidKeyUsageException',
    message: `${key.Arn} key usage is ${usage} which is not valid for Encapsulate.`,
  });
});

test('the algorithm is required, and there is one', () => {
  const { key } = keys.of('ML_KEM_512', 'ENCAPSULATE_DECAPSULATE');
  const without = engine.refusal('Encapsulate', { KeyId: key.Arn } as never);
  expect(without).toEqual({
    code: 'ValidationException',
    message:
      "1 validation error detected: Value null at 'encapsulationAlgorithm' failed to satisfy constraint: Member must not be null",
  });
  const other = engine.refusal('Encapsulate', { KeyId: key.Arn, EncapsulationAlgorithm: 'ML_KEM_512' as never });
  expect(other.message).toContain("Value 'ML_KEM_512' at 'encapsulationAlgorithm' failed to satisfy constraint");
});

// API_CreateKey: ML-KEM is not offered in the China Regions, so there is no such key to use.
test.each(mlKemCases)('%s keys cannot be made in the China Regions', (KeySpec) => {
  const input = { KeySpec, KeyUsage: 'ENCAPSULATE_DECAPSULATE' } as const;
  expect(engine.refusal('CreateKey', input, inChina(engine))).toEqual({
    code: 'UnsupportedOperationException',
    message: `KeySpec ${KeySpec} is not supported in the Region cn-north-1.`,
  });
  engine.call('CreateKey', input, admin);
});
