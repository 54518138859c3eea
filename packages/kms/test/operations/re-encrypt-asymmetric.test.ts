// ReEncrypt between keys of all kinds: https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html

import { expect, test } from 'vitest';
import { hex, inChina, Keys, octets } from '../asymmetric-keys.ts';
import { TestEngine, texts, utf8 } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';

await librariesLoaded();

const engine = new TestEngine();
const keys = new Keys(engine);
const invalid = { code: 'InvalidCiphertextException', message: undefined };

const home = {
  symmetric: { ...keys.of('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT').key, algorithm: 'SYMMETRIC_DEFAULT' },
  rsa: { ...keys.of('RSA_2048', 'ENCRYPT_DECRYPT').key, algorithm: 'RSAES_OAEP_SHA_256' },
  large: { ...keys.of('RSA_3072', 'ENCRYPT_DECRYPT').key, algorithm: 'RSAES_OAEP_SHA_1' },
} as const;
const pairs = (Object.keys(home) as (keyof typeof home)[]).flatMap((from) =>
  (Object.keys(home) as (keyof typeof home)[]).map((to) => [from, to] as const),
);

test.each(pairs)('from %s to %s', (from, to) => {
  const [source, destination] = [home[from], home[to]];
  const { CiphertextBlob } = engine.call('Encrypt', {
    KeyId: source.Arn,
    Plaintext: utf8('secret'),
    EncryptionAlgorithm: source.algorithm,
  });
  const answer = engine.call('ReEncrypt', {
    CiphertextBlob,
    SourceKeyId: source.Arn,
    SourceEncryptionAlgorithm: source.algorithm,
    DestinationKeyId: destination.Arn,
    DestinationEncryptionAlgorithm: destination.algorithm,
  });
  // toEqual: a member that is undefined is not sent.
  expect(answer).toEqual({
    CiphertextBlob: expect.any(Uint8Array),
    SourceKeyId: source.Arn,
    KeyId: destination.Arn,
    SourceEncryptionAlgorithm: source.algorithm,
    DestinationEncryptionAlgorithm: destination.algorithm,
    ...(from === 'symmetric' && { SourceKeyMaterialId: source.CurrentKeyMaterialId }),
    ...(to === 'symmetric' && { DestinationKeyMaterialId: destination.CurrentKeyMaterialId }),
  });
  const opened = engine.call('Decrypt', {
    CiphertextBlob: answer.CiphertextBlob,
    KeyId: destination.Arn,
    EncryptionAlgorithm: destination.algorithm,
  });
  expect(opened.Plaintext).toEqual(utf8('secret'));
});

const { CiphertextBlob: ofSymmetric } = engine.call('Encrypt', { KeyId: home.symmetric.Arn, Plaintext: octets(191) });

test('a plaintext that is too large for the destination is refused, and nothing else of it is told', () => {
  const input = {
    CiphertextBlob: ofSymmetric,
    DestinationKeyId: home.rsa.Arn,
    DestinationEncryptionAlgorithm: home.rsa.algorithm,
  };
  expect(engine.refusal('ReEncrypt', input)).toEqual({
    code: 'ValidationException',
    message: 'Algorithm RSAES_OAEP_SHA_256 and key spec RSA_2048 cannot encrypt data larger than 190 bytes.',
  });
});

test('an encryption context is refused on the side of the asymmetric key, and on that alone', () => {
  const refused = {
    code: 'ValidationException',
    message: 'EncryptionContext is not supported by asymmetric KMS keys.',
  };
  const { CiphertextBlob } = engine.call('Encrypt', {
    KeyId: home.rsa.Arn,
    Plaintext: utf8('x'),
    EncryptionAlgorithm: home.rsa.algorithm,
  });
  const input = {
    CiphertextBlob,
    SourceKeyId: home.rsa.Arn,
    SourceEncryptionAlgorithm: home.rsa.algorithm,
    DestinationKeyId: home.symmetric.Arn,
  };
  expect(engine.refusal('ReEncrypt', { ...input, SourceEncryptionContext: { a: 'b' } })).toEqual(refused);
  engine.call('ReEncrypt', { ...input, DestinationEncryptionContext: { a: 'b' } });
  const back = {
    CiphertextBlob: engine.encrypt(home.symmetric.Arn, 'x', { a: 'b' }),
    SourceEncryptionContext: { a: 'b' },
    DestinationKeyId: home.rsa.Arn,
    DestinationEncryptionAlgorithm: home.rsa.algorithm,
  };
  expect(engine.refusal('ReEncrypt', { ...back, DestinationEncryptionContext: { a: 'b' } })).toEqual(refused);
  engine.call('ReEncrypt', back);
});

test('an asymmetric source needs its key', () => {
  const input = {
    CiphertextBlob: octets(256),
    SourceEncryptionAlgorithm: home.rsa.algorithm,
    DestinationKeyId: home.symmetric.Arn,
  };
  expect(engine.refusal('ReEncrypt', input).message).toBe('KeyId is required for the algorithm RSAES_OAEP_SHA_256.');
  expect(engine.refusal('ReEncrypt', { ...input, SourceKeyId: home.rsa.Arn })).toEqual(invalid);
});

test('a dry run stops at success, with both sides looked at', () => {
  const input = {
    CiphertextBlob: engine.encrypt(home.symmetric.Arn, 'x'),
    DestinationKeyId: home.rsa.Arn,
    DestinationEncryptionAlgorithm: home.rsa.algorithm,
    DryRun: true,
  };
  expect(engine.refusal('ReEncrypt', input)).toEqual({ code: 'DryRunOperationException', message: texts.dryRun });
  expect(engine.refusal('ReEncrypt', { ...input, CiphertextBlob: ofSymmetric }).code).toBe('ValidationException');
});

test('SM2 in China, to a symmetric key and back', () => {
  const by = inChina(engine);
  const { key } = keys.of('SM2', 'ENCRYPT_DECRYPT');
  const symmetric = engine.createKey({}, by);
  const blob = engine.call('Encrypt', { KeyId: symmetric.Arn, Plaintext: octets(1024) }, by).CiphertextBlob;
  const there = engine.call(
    'ReEncrypt',
    { CiphertextBlob: blob, DestinationKeyId: key.Arn, DestinationEncryptionAlgorithm: 'SM2PKE' },
    by,
  );
  const back = engine.call(
    'ReEncrypt',
    {
      CiphertextBlob: there.CiphertextBlob,
      SourceKeyId: key.Arn,
      SourceEncryptionAlgorithm: 'SM2PKE',
      DestinationKeyId: symmetric.Arn,
    },
    by,
  );
  const { Plaintext } = engine.call('Decrypt', { CiphertextBlob: back.CiphertextBlob }, by);
  expect(hex(Plaintext)).toBe(hex(octets(1024)));
});
