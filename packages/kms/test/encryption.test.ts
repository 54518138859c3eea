// Encrypt and Decrypt under asymmetric keys: limits, contexts, what does not open and what is not told of it.

import type { EncryptionAlgorithm, KeySpec } from '@kmsim/hsm-core';
import { describe, expect, test } from 'vitest';
import { expectOwnBytes, hex, Keys, octets, spoilt } from './asymmetric-keys.ts';
import { TestEngine, texts, utf8 } from './engine.ts';
import { librariesLoaded } from './libraries.ts';

await librariesLoaded();

const engine = new TestEngine();
const keys = new Keys(engine);
const invalid = { code: 'InvalidCiphertextException', message: undefined };

// RFC 8017 section 7.1.1 for RSA, https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html for all; a ciphertext of RSA is
// as long as the modulus, and one of SM2PKE is DER (GM/T 0009).
const rows: readonly (readonly [KeySpec, EncryptionAlgorithm, limit: number, ciphertextLength: number | undefined])[] =
  [
    ['RSA_2048', 'RSAES_OAEP_SHA_1', 214, 256],
    ['RSA_2048', 'RSAES_OAEP_SHA_256', 190, 256],
    ['RSA_3072', 'RSAES_OAEP_SHA_1', 342, 384],
    ['RSA_3072', 'RSAES_OAEP_SHA_256', 318, 384],
    ['RSA_4096', 'RSAES_OAEP_SHA_1', 470, 512],
    ['RSA_4096', 'RSAES_OAEP_SHA_256', 446, 512],
    ['SM2', 'SM2PKE', 1024, undefined],
  ];

describe.each(rows)('%s with %s', (spec, EncryptionAlgorithm, limit, ciphertextLength) => {
  const { by, key } = keys.of(spec, 'ENCRYPT_DECRYPT');
  const named = { KeyId: key.KeyId ?? '', EncryptionAlgorithm };
  const sealed = (Plaintext: Uint8Array): Uint8Array =>
    engine.call('Encrypt', { ...named, Plaintext }, by).CiphertextBlob ?? expect.fail('no ciphertext');

  test('Encrypt answers with ciphertext, key ARN and algorithm, and nothing else', () => {
    const answer = engine.call('Encrypt', { ...named, Plaintext: utf8('secret') }, by);
    expect(answer).toStrictEqual({ CiphertextBlob: expect.any(Uint8Array), KeyId: key.Arn, EncryptionAlgorithm });
    expectOwnBytes(answer.CiphertextBlob, ciphertextLength);
  });

  // Only a ciphertext of a symmetric key names its material.
  test('Decrypt answers with key ARN, plaintext and algorithm, without a KeyMaterialId', () => {
    const answer = engine.call('Decrypt', { ...named, CiphertextBlob: sealed(utf8('secret')) }, by);
    expect(answer).toEqual({ KeyId: key.Arn, Plaintext: utf8('secret'), EncryptionAlgorithm });
    expectOwnBytes(answer.Plaintext, 6);
  });

  test(`takes from 1 to ${limit} bytes, and no two ciphertexts are the same`, () => {
    for (const length of [1, 32, limit]) {
      const Plaintext = octets(length);
      const [one, two] = [sealed(Plaintext), sealed(Plaintext)];
      expect(hex(one)).not.toBe(hex(two));
      for (const CiphertextBlob of [one, two])
        expect(hex(engine.call('Decrypt', { ...named, CiphertextBlob }, by).Plaintext)).toBe(hex(Plaintext));
    }
  });

  // Recordings encrypt-too-large-*.
  test('one byte more is too large, and so is the most that any key takes', () => {
    for (const length of [limit + 1, 4096]) {
      const refused = {
        code: 'ValidationException',
        message: `Algorithm ${EncryptionAlgorithm} and key spec ${spec} cannot encrypt data larger than ${limit} bytes.`,
      };
      expect(engine.refusal('Encrypt', { ...named, Plaintext: octets(length) }, by)).toEqual(refused);
      expect(engine.refusal('Encrypt', { ...named, Plaintext: octets(length), DryRun: true }, by)).toEqual(refused);
    }
  });

  test('what is no ciphertext of the key is invalid, without a message', () => {
    const blob = sealed(utf8('secret'));
    const others: Readonly<Record<string, Uint8Array>> = {
      'first byte': spoilt(blob, 0),
      'a byte in the middle': spoilt(blob, blob.length >> 1),
      'last byte': spoilt(blob, blob.length - 1),
      'cut short': blob.slice(0, -1),
      longer: Uint8Array.of(...blob, 0),
      'with a zero in front': Uint8Array.of(0, ...blob),
      zeros: new Uint8Array(blob.length),
      ones: new Uint8Array(blob.length).fill(255),
      'one byte': Uint8Array.of(1),
      'the most that fits': octets(6144),
      'a ciphertext of a symmetric key': engine.encrypt(keys.of('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT').key.Arn),
    };
    for (const [what, CiphertextBlob] of Object.entries(others)) {
      expect(engine.refusal('Decrypt', { ...named, CiphertextBlob }, by), what).toEqual(invalid);
      expect(engine.refusal('Decrypt', { ...named, CiphertextBlob, DryRun: true }, by), what).toEqual(invalid);
    }
  });

  // API_Encrypt and API_Decrypt, EncryptionContext; docs/decisions/key-pairs.md.
  test('an encryption context is refused, an empty one is none', () => {
    const refused = {
      code: 'ValidationException',
      message: 'EncryptionContext is not supported by asymmetric KMS keys.',
    };
    const CiphertextBlob = sealed(utf8('x'));
    const EncryptionContext = { a: 'b' };
    expect(engine.refusal('Encrypt', { ...named, Plaintext: utf8('x'), EncryptionContext }, by)).toEqual(refused);
    expect(engine.refusal('Decrypt', { ...named, CiphertextBlob, EncryptionContext }, by)).toEqual(refused);
    engine.call('Encrypt', { ...named, Plaintext: utf8('x'), EncryptionContext: {} }, by);
    engine.call('Decrypt', { ...named, CiphertextBlob, EncryptionContext: {} }, by);
  });

  test('a dry run stops at success', () => {
    const dry = { code: 'DryRunOperationException', message: texts.dryRun };
    expect(engine.refusal('Encrypt', { ...named, Plaintext: utf8('x'), DryRun: true }, by)).toEqual(dry);
    expect(engine.refusal('Decrypt', { ...named, CiphertextBlob: sealed(utf8('x')), DryRun: true }, by)).toEqual(dry);
  });

  test('without an algorithm the symmetric one is meant, which does not fit', () => {
    const refused = {
      code: 'InvalidKeyUsageException',
      message: `Algorithm SYMMETRIC_DEFAULT is incompatible with key spec ${spec}.`,
    };
    const { KeyId } = named;
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') }, by)).toEqual(refused);
    expect(engine.refusal('Decrypt', { KeyId, CiphertextBlob: sealed(utf8('x')) }, by)).toEqual(refused);
  });

  test('a ciphertext does not name its key', () => {
    const CiphertextBlob = sealed(utf8('x'));
    expect(engine.refusal('Decrypt', { CiphertextBlob, EncryptionAlgorithm }, by)).toEqual({
      code: 'ValidationException',
      message: `KeyId is required for the algorithm ${EncryptionAlgorithm}.`,
    });
    expect(engine.refusal('Decrypt', { CiphertextBlob }, by)).toEqual(invalid);
  });
});

test('a ciphertext of one RSA algorithm is none of the other', () => {
  const { key } = keys.of('RSA_2048', 'ENCRYPT_DECRYPT');
  const [one, other] = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] as const;
  const input = { KeyId: key.Arn, Plaintext: utf8('x') };
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    const { CiphertextBlob } = engine.call('Encrypt', { ...input, EncryptionAlgorithm: from });
    expect(engine.refusal('Decrypt', { KeyId: key.Arn, CiphertextBlob, EncryptionAlgorithm: to })).toEqual(invalid);
  }
});

test.each([
  ['RSA_2048', 'RSAES_OAEP_SHA_256', 'SM2PKE'],
  ['SM2', 'SM2PKE', 'RSAES_OAEP_SHA_256'],
] as const)(
  'the ciphertext of another %s key is invalid, and %s does not fit %s',
  (KeySpec, EncryptionAlgorithm, misfit) => {
    const { by, key } = keys.of(KeySpec, 'ENCRYPT_DECRYPT');
    const other = engine.createKey({ KeySpec, KeyUsage: 'ENCRYPT_DECRYPT' }, by);
    const input = { KeyId: key.Arn, Plaintext: utf8('x') };
    const { CiphertextBlob } = engine.call('Encrypt', { ...input, EncryptionAlgorithm }, by);
    const wrongKey = { KeyId: other.Arn, CiphertextBlob, EncryptionAlgorithm };
    expect(engine.refusal('Decrypt', wrongKey, by)).toEqual(invalid);
    const refused = {
      code: 'InvalidKeyUsageException',
      message: `Algorithm ${misfit} is incompatible with key spec ${KeySpec}.`,
    };
    expect(engine.refusal('Encrypt', { ...input, EncryptionAlgorithm: misfit }, by)).toEqual(refused);
    expect(engine.refusal('Decrypt', { ...wrongKey, EncryptionAlgorithm: misfit }, by)).toEqual(refused);
  },
);

describe('the state of an asymmetric key', () => {
  test.each([
    ['DisableKey', 'DisabledException', 'is disabled.'],
    ['ScheduleKeyDeletion', 'KMSInvalidStateException', 'is pending deletion.'],
  ] as const)('%s: %s, before the plaintext, the context or the ciphertext is looked at', (bring, code, words) => {
    const fresh = new TestEngine();
    const { Arn } = fresh.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    fresh.call(bring, { KeyId: Arn });
    const named = { KeyId: Arn, EncryptionAlgorithm: 'RSAES_OAEP_SHA_1', EncryptionContext: { a: 'b' } } as const;
    const refused = { code, message: `${Arn} ${words}` };
    expect(fresh.refusal('Encrypt', { ...named, Plaintext: octets(4096) })).toEqual(refused);
    expect(fresh.refusal('Decrypt', { ...named, CiphertextBlob: octets(5) })).toEqual(refused);
  });
});
