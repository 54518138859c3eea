// Decapsulate: https://docs.aws.amazon.com/kms/latest/APIReference/API_Decapsulate.html

import { describe, expect, test } from 'vitest';
import { expectOwnBytes, hex, Keys, octets, spoilt } from '../asymmetric-keys.ts';
import { TestEngine, texts } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { aboutKey } from './key-suite.ts';
import { mlKemCases } from './ml-kem-cases.ts';

await librariesLoaded();

aboutKey({
  operation: 'Decapsulate',
  key: { KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' },
  prepare: (engine, keyArn) => {
    const asked = { KeyId: keyArn, EncapsulationAlgorithm: 'ML_KEM' } as const;
    const { SharedSecretCiphertextBlob = expect.fail() } = engine.call('Encapsulate', asked);
    return (KeyId) => ({ ...asked, KeyId, SharedSecretCiphertextBlob });
  },
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

describe.each(mlKemCases)('%s', (spec, length) => {
  const { key } = keys.of(spec, 'ENCAPSULATE_DECAPSULATE');
  const asked = { KeyId: key.KeyId ?? '', EncapsulationAlgorithm: 'ML_KEM' } as const;
  const { SharedSecret, SharedSecretCiphertextBlob = expect.fail() } = engine.call('Encapsulate', asked);
  const input = { ...asked, SharedSecretCiphertextBlob };
  const secretOf = (one: typeof input): string => hex(engine.call('Decapsulate', one).SharedSecret);

  test('answers with key ARN, secret and algorithm, and nothing else', () => {
    const answer = engine.call('Decapsulate', input);
    expect(answer).toStrictEqual({ KeyId: key.Arn, SharedSecret, EncapsulationAlgorithm: 'ML_KEM' });
    expectOwnBytes(answer.SharedSecret, 32);
  });

  // FIPS 203 section 6.3, implicit rejection; https://docs.aws.amazon.com/kms/latest/APIReference/API_Decapsulate.html
  test('a ciphertext that was changed gives a secret too, another one and always the same', () => {
    const spoiltOnes = [0, 1, length >> 1, length - 1].map((at) => spoilt(SharedSecretCiphertextBlob, at));
    const others = [...spoiltOnes, new Uint8Array(length), new Uint8Array(length).fill(255)];
    const secrets = others.map((blob) => secretOf({ ...input, SharedSecretCiphertextBlob: blob }));
    expect(new Set([...secrets, hex(SharedSecret)]).size).toBe(others.length + 1);
    for (const secret of secrets) expect(secret).toHaveLength(64);
    expect(others.map((blob) => secretOf({ ...input, SharedSecretCiphertextBlob: blob }))).toEqual(secrets);
  });

  test('so does the ciphertext of another key: each key a secret of its own', () => {
    const other = engine.createKey({ KeySpec: spec, KeyUsage: 'ENCAPSULATE_DECAPSULATE' });
    const secret = secretOf({ ...input, KeyId: other.Arn });
    expect(secret).not.toBe(hex(SharedSecret));
    const third = engine.createKey({ KeySpec: spec, KeyUsage: 'ENCAPSULATE_DECAPSULATE' });
    expect(secretOf({ ...input, KeyId: third.Arn })).not.toBe(secret);
  });

  test('a ciphertext of another length is invalid, without a message', () => {
    const others = [1, 32, length - 1, length + 1, ...mlKemCases.map(([, other]) => other).filter((n) => n !== length)];
    for (const other of others) {
      const wrong = { ...input, SharedSecretCiphertextBlob: octets(other) };
      const invalid = { code: 'InvalidCiphertextException', message: undefined };
      expect(engine.refusal('Decapsulate', wrong)).toEqual(invalid);
      expect(engine.refusal('Decapsulate', { ...wrong, DryRun: true })).toEqual(invalid);
    }
  });

  test('a dry run succeeds with any ciphertext of the right length', () => {
    const dry = { code: 'DryRunOperationException', message: texts.dryRun };
    expect(engine.refusal('Decapsulate', { ...input, DryRun: true })).toEqual(dry);
    const other = { ...input, SharedSecretCiphertextBlob: octets(length), DryRun: true };
    expect(engine.refusal('Decapsulate', other)).toEqual(dry);
  });
});

test.each([
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'],
  ['ECC_NIST_P256', 'KEY_AGREEMENT'],
] as const)('a %s key for %s is of the wrong usage', (spec, usage) => {
  const { by, key } = keys.of(spec, usage);
  const input = { KeyId: key.Arn, EncapsulationAlgorithm: 'ML_KEM', SharedSecretCiphertextBlob: octets(768) } as const;
  expect(engine.refusal('Decapsulate', input, by)).toEqual({
    code: 'InvalidKeyUsageException',
    message: `${key.Arn} key usage is ${usage} which is not valid for Decapsulate.`,
  });
});
