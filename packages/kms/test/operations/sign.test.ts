// Sign: https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html

import { keySpecs } from '@kmsim/hsm-core';
import { describe, expect, test } from 'vitest';
import { expectOwnBytes, hex, Keys, octets, specsFor } from '../asymmetric-keys.ts';
import { admin, delegatingTo, ours, stranger, TestEngine, texts, theirs, utf8 } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { aboutKey } from './key-suite.ts';
import { messageTypes, signingCases, signingForms } from './signing-cases.ts';

await librariesLoaded();

aboutKey({
  operation: 'Sign',
  key: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
  prepare: () => (KeyId) => ({ KeyId, Message: utf8('message'), SigningAlgorithm: 'ECDSA_SHA_256' }),
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

describe.each(signingForms)('$spec with $algorithm of a $type message', (form) => {
  const { algorithm: SigningAlgorithm, length, messageLength, spec, type: MessageType } = form;
  const { by, key } = keys.of(spec, 'SIGN_VERIFY');
  const Message = octets(messageLength, 5);
  const input = { KeyId: key.KeyId ?? '', Message, MessageType, SigningAlgorithm };

  test('answers with key ARN, signature and algorithm, and nothing else', () => {
    const answer = engine.call('Sign', input, by);
    expect(answer).toStrictEqual({ KeyId: key.Arn, Signature: expect.any(Uint8Array), SigningAlgorithm });
    expectOwnBytes(answer.Signature);
    if ('exact' in length) expect(answer.Signature).toHaveLength(length.exact);
    else expect(answer.Signature?.length).toBeLessThanOrEqual(length.most);
    engine.call('Verify', { ...input, Signature: answer.Signature ?? expect.fail() }, by);
  });

  test('stops at success when it is a dry run', () => {
    const dry = { code: 'DryRunOperationException', message: texts.dryRun };
    expect(engine.refusal('Sign', { ...input, DryRun: true }, by)).toEqual(dry);
  });
});

// API_Sign, MessageType: a digest is as long as those of the algorithm's hash, a mu has 64 bytes. The words for digests: recordings sign-verify-*.
describe.each(signingForms.filter(({ type }) => type !== 'RAW'))('$spec with $algorithm of a $type message', (form) => {
  const { algorithm: SigningAlgorithm, messageLength, spec, type: MessageType } = form;
  const { by, key } = keys.of(spec, 'SIGN_VERIFY');

  test.each([messageLength - 1, messageLength + 1, 1, 4096])('refuses one of another length: %i bytes', (length) => {
    const input = { KeyId: key.Arn, Message: octets(length), MessageType, SigningAlgorithm };
    const words = MessageType === 'DIGEST' ? 'Digest' : 'Message of type EXTERNAL_MU';
    const refused = {
      code: 'ValidationException',
      message: `${words} is invalid length for algorithm ${SigningAlgorithm}.`,
    };
    expect(engine.refusal('Sign', input, by)).toEqual(refused);
    expect(engine.refusal('Sign', { ...input, DryRun: true }, by)).toEqual(refused);
  });
});

describe.each(signingCases)('$spec with $algorithm', ({ algorithm: SigningAlgorithm, spec, types }) => {
  const { by, key } = keys.of(spec, 'SIGN_VERIFY');
  const KeyId = key.Arn;

  test.each(messageTypes.filter((type) => !(type in types)))('takes no message of type %s', (MessageType) => {
    for (const length of [32, 48, 64]) {
      expect(engine.refusal('Sign', { KeyId, SigningAlgorithm, MessageType, Message: octets(length) }, by)).toEqual({
        code: 'ValidationException',
        message: `MessageType ${MessageType} is not supported for algorithm ${SigningAlgorithm}.`,
      });
    }
  });

  test('a message is RAW when nothing else is said', () => {
    const Message = octets(64);
    const input = { KeyId, SigningAlgorithm, Message };
    if (!('RAW' in types)) {
      expect(engine.refusal('Sign', input, by).message).toBe(
        `MessageType RAW is not supported for algorithm ${SigningAlgorithm}.`,
      );
      return;
    }
    const { Signature = expect.fail() } = engine.call('Sign', input, by);
    engine.call('Verify', { ...input, MessageType: 'RAW', Signature }, by);
  });

  test('messages from 1 to 4096 bytes, none shorter or longer', () => {
    const input = { KeyId, SigningAlgorithm };
    if ('RAW' in types) {
      for (const length of [1, 4096]) engine.call('Sign', { ...input, Message: octets(length) }, by);
    }
    for (const [length, words] of [
      [0, 'greater than or equal to 1'],
      [4097, 'less than or equal to 4096'],
    ] as const) {
      expect(engine.refusal('Sign', { ...input, Message: octets(length) }, by)).toEqual({
        code: 'ValidationException',
        message: `1 validation error detected: Value at 'message' failed to satisfy constraint: Member must have length ${words}`,
      });
    }
  });
});

// The standards: PKCS #1 v1.5 and Ed25519 follow from key and message, PSS has a salt and ML-DSA is hedged (FIPS 204 section 3.4).
test.each([
  ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256', 1],
  ['ECC_NIST_EDWARDS25519', 'ED25519_SHA_512', 1],
  ['RSA_2048', 'RSASSA_PSS_SHA_512', 5],
  ['ML_DSA_44', 'ML_DSA_SHAKE_256', 5],
] as const)('five signatures of one message with a %s key and %s: %i different', (spec, SigningAlgorithm, count) => {
  const { by, key } = keys.of(spec, 'SIGN_VERIFY');
  const input = { KeyId: key.Arn, Message: utf8('m'), SigningAlgorithm };
  const signatures = Array.from({ length: 5 }, () => hex(engine.call('Sign', input, by).Signature));
  expect(new Set(signatures).size).toBe(count);
});

describe('what the key cannot', () => {
  // Recording verify-mac-algorithm-mismatch has the form of the words.
  test.each(specsFor('SIGN_VERIFY'))('%s refuses every algorithm of another spec, whatever the message', (spec) => {
    const { by, key } = keys.of(spec, 'SIGN_VERIFY');
    const own: readonly string[] = keySpecs[spec].signingAlgorithms;
    const others = new Set(signingCases.map(({ algorithm }) => algorithm).filter((name) => !own.includes(name)));
    for (const SigningAlgorithm of others) {
      for (const MessageType of messageTypes) {
        expect(
          engine.refusal('Sign', { KeyId: key.Arn, Message: octets(5), MessageType, SigningAlgorithm }, by),
        ).toEqual({
          code: 'InvalidKeyUsageException',
          message: `Algorithm ${SigningAlgorithm} is incompatible with key spec ${spec}.`,
        });
      }
    }
    expect(others.size).toBeGreaterThan(6);
  });

  // Recording error-messages-for-wrong-key-usage: the usage before the algorithm.
  test.each([
    ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'],
    ['HMAC_256', 'GENERATE_VERIFY_MAC'],
    ['RSA_2048', 'ENCRYPT_DECRYPT'],
    ['ECC_NIST_P256', 'KEY_AGREEMENT'],
    ['ML_KEM_512', 'ENCAPSULATE_DECAPSULATE'],
    ['SM2', 'KEY_AGREEMENT'],
  ] as const)('a %s key for %s is of the wrong usage', (spec, usage) => {
    const { by, key } = keys.of(spec, usage);
    for (const SigningAlgorithm of ['ECDSA_SHA_256', 'RSASSA_PSS_SHA_256', 'SM2DSA'] as const) {
      expect(engine.refusal('Sign', { KeyId: key.Arn, Message: octets(5), SigningAlgorithm }, by)).toEqual({
        code: 'InvalidKeyUsageException',
        message: `${key.Arn} key usage is ${usage} which is not valid for Sign.`,
      });
    }
  });

  test.each([
    ['SigningAlgorithm', { SigningAlgorithm: 'ECDSA_SHA_224' }, 'signingAlgorithm'],
    ['MessageType', { MessageType: 'raw' }, 'messageType'],
  ])('an unknown %s is refused with the known ones', (_name, member, label) => {
    const { key } = keys.of('ECC_NIST_P256', 'SIGN_VERIFY');
    const input = { KeyId: key.Arn, Message: octets(5), SigningAlgorithm: 'ECDSA_SHA_256', ...member } as never;
    const { code, message } = engine.refusal('Sign', input);
    expect(code).toBe('ValidationException');
    expect(message).toContain(`at '${label}' failed to satisfy constraint: Member must satisfy enum value set`);
  });
});

test('a disabled key is refused before its message is looked at', () => {
  const fresh = new TestEngine();
  const { Arn } = fresh.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  fresh.call('DisableKey', { KeyId: Arn });
  const input = { KeyId: Arn, Message: octets(5), MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' } as const;
  expect(fresh.refusal('Sign', input)).toEqual({ code: 'DisabledException', message: `${Arn} is disabled.` });
  fresh.call('EnableKey', { KeyId: Arn });
  expect(fresh.refusal('Sign', input).code).toBe('ValidationException');
});

test('the key stays the same when it was disabled, and in a snapshot', () => {
  const fresh = new TestEngine();
  const { Arn } = fresh.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const input = { KeyId: Arn, Message: octets(5), SigningAlgorithm: 'ECDSA_SHA_256' } as const;
  const { Signature = expect.fail() } = fresh.call('Sign', input);
  fresh.call('DisableKey', { KeyId: Arn });
  fresh.call('EnableKey', { KeyId: Arn });
  const again = new TestEngine({ snapshot: fresh.snapshot() });
  for (const one of [fresh, again]) expect(one.call('Verify', { ...input, Signature }).SignatureValid).toBe(true);
});

test('another account signs by the key’s ARN, and the key is its owner’s', () => {
  const fresh = new TestEngine();
  const Policy = delegatingTo(ours, theirs);
  const { Arn } = fresh.createKey({ KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY', Policy });
  const input = { KeyId: Arn, Message: octets(5), SigningAlgorithm: 'ED25519_SHA_512' } as const;
  const { KeyId, Signature } = fresh.call('Sign', input, stranger);
  expect(KeyId).toBe(Arn);
  expect(hex(Signature)).toBe(hex(fresh.call('Sign', input, admin).Signature));
});
