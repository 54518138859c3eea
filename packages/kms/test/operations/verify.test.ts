// Verify: https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html

import { createHash } from 'node:crypto';
import { keySpecs } from '@kmsim/hsm-core';
import { describe, expect, test } from 'vitest';
import { hex, Keys, octets, spoilt } from '../asymmetric-keys.ts';
import { TestEngine, texts, utf8 } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { aboutKey } from './key-suite.ts';
import { messageTypes, type SigningCase, signingCases, signingForms } from './signing-cases.ts';

await librariesLoaded();

aboutKey({
  operation: 'Verify',
  key: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
  prepare: (engine, keyArn) => {
    const input = { Message: utf8('message'), SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    const { Signature = expect.fail() } = engine.call('Sign', { KeyId: keyArn, ...input });
    return (KeyId) => ({ KeyId, ...input, Signature });
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
// Recordings sign-verify-*: no message.
const invalid = { code: 'KMSInvalidSignatureException', message: undefined };

// The larger RSA keys differ in their numbers only: the suite of Sign has them all.
const isNew = ({ spec }: SigningCase): boolean => spec !== 'RSA_3072' && spec !== 'RSA_4096';
const forms = signingForms.filter(isNew);
const cases = signingCases.filter(isNew);

describe.each(forms)('$spec with $algorithm of a $type message', (form) => {
  const { algorithm: SigningAlgorithm, messageLength, spec, type: MessageType } = form;
  const { by, key } = keys.of(spec, 'SIGN_VERIFY');
  const Message = octets(messageLength, 5);
  const signed = { KeyId: key.KeyId ?? '', Message, MessageType, SigningAlgorithm };
  const { Signature = expect.fail() } = engine.call('Sign', signed, by);
  const input = { ...signed, Signature };

  test('answers with key ARN, true and algorithm, and nothing else', () => {
    expect(engine.call('Verify', input, by)).toStrictEqual({ KeyId: key.Arn, SignatureValid: true, SigningAlgorithm });
  });

  test('a dry run judges the signature too', () => {
    const dry = { code: 'DryRunOperationException', message: texts.dryRun };
    expect(engine.refusal('Verify', { ...input, DryRun: true }, by)).toEqual(dry);
    expect(engine.refusal('Verify', { ...input, Message: spoilt(Message, 0), DryRun: true }, by)).toEqual(invalid);
  });

  test('a message with any of its ends changed is another', () => {
    for (const at of [0, messageLength - 1])
      expect(engine.refusal('Verify', { ...input, Message: spoilt(Message, at) }, by)).toEqual(invalid);
  });

  test('a damaged signature is none', () => {
    // The families prove every byte of theirs; here are eight, the first and the last among them.
    const places = Array.from({ length: 7 }, (_, at) => at * Math.floor(Signature.length / 7));
    for (const at of [...places, Signature.length - 1])
      expect(engine.refusal('Verify', { ...input, Signature: spoilt(Signature, at) }, by), `byte ${at}`).toEqual(
        invalid,
      );
  });

  test('bytes of another length or of nothing are no signature', () => {
    const others: Readonly<Record<string, Uint8Array>> = {
      'cut short': Signature.slice(0, -1),
      'without its first byte': Signature.slice(1),
      'with a byte more': Uint8Array.of(...Signature, 0),
      'with a zero in front': Uint8Array.of(0, ...Signature),
      'of one byte': Uint8Array.of(1),
      'of zeros': new Uint8Array(Signature.length),
      'of ones': new Uint8Array(Signature.length).fill(255),
      'of 6144 bytes': new Uint8Array(6144).fill(48),
    };
    for (const [what, other] of Object.entries(others))
      expect(engine.refusal('Verify', { ...input, Signature: other }, by), what).toEqual(invalid);
  });
});

describe.each(forms.filter(({ type }) => type !== 'RAW'))('$spec with $algorithm of a $type message', (form) => {
  const { algorithm: SigningAlgorithm, messageLength, spec, type: MessageType } = form;
  const { by, key } = keys.of(spec, 'SIGN_VERIFY');

  // Recordings sign-verify-*.
  test.each([messageLength - 1, messageLength + 1, 1])('of %i bytes is refused before the signature is', (length) => {
    const input = { KeyId: key.Arn, Message: octets(length), MessageType, SigningAlgorithm };
    const words = MessageType === 'DIGEST' ? 'Digest' : 'Message of type EXTERNAL_MU';
    expect(engine.refusal('Verify', { ...input, Signature: octets(64) }, by)).toEqual({
      code: 'ValidationException',
      message: `${words} is invalid length for algorithm ${SigningAlgorithm}.`,
    });
  });
});

describe.each(cases)('$spec with $algorithm', ({ algorithm: SigningAlgorithm, spec, types }) => {
  const { by, key } = keys.of(spec, 'SIGN_VERIFY');
  const KeyId = key.Arn;

  test.each(messageTypes.filter((type) => !(type in types)))('takes no message of type %s', (MessageType) => {
    const input = { KeyId, SigningAlgorithm, MessageType, Message: octets(64), Signature: octets(64) };
    expect(engine.refusal('Verify', input, by)).toEqual({
      code: 'ValidationException',
      message: `MessageType ${MessageType} is not supported for algorithm ${SigningAlgorithm}.`,
    });
  });
});

describe('one message in two forms', () => {
  const digested = cases.filter(({ hash, types }) => typeof hash === 'string' && 'DIGEST' in types);

  test.each(digested)('$spec with $algorithm: the digest of a message has the signature of the message', (row) => {
    const { algorithm: SigningAlgorithm, hash, spec } = row;
    const { by, key } = keys.of(spec, 'SIGN_VERIFY');
    const raw = { KeyId: key.Arn, SigningAlgorithm, Message: octets(300), MessageType: 'RAW' } as const;
    const Message = digestOf(hash ?? '', raw.Message);
    const digest = { ...raw, Message, MessageType: 'DIGEST' } as const;
    const { Signature = expect.fail() } = engine.call('Sign', raw, by);
    engine.call('Verify', { ...digest, Signature }, by);
    engine.call('Verify', { ...raw, Signature: engine.call('Sign', digest, by).Signature ?? expect.fail() }, by);
    // A digest that is taken for the message is another message.
    expect(engine.refusal('Verify', { ...digest, MessageType: 'RAW', Signature }, by)).toEqual(invalid);
  });

  test('Ed25519 and Ed25519ph have nothing to do with each other', () => {
    const { key } = keys.of('ECC_NIST_EDWARDS25519', 'SIGN_VERIFY');
    const Message = octets(64);
    const pure = { KeyId: key.Arn, Message, SigningAlgorithm: 'ED25519_SHA_512' } as const;
    const prehashed = { ...pure, MessageType: 'DIGEST', SigningAlgorithm: 'ED25519_PH_SHA_512' } as const;
    const one = engine.call('Sign', pure).Signature ?? expect.fail();
    const other = engine.call('Sign', prehashed).Signature ?? expect.fail();
    expect(engine.refusal('Verify', { ...pure, Signature: other })).toEqual(invalid);
    expect(engine.refusal('Verify', { ...prehashed, Signature: one })).toEqual(invalid);
  });
});

function digestOf(hash: string, message: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash(hash).update(message).digest());
}

describe('a signature of something else', () => {
  test.each([...new Set(forms.map(({ spec }) => spec))])('of another %s key is none', (KeySpec) => {
    const { by, key } = keys.of(KeySpec, 'SIGN_VERIFY');
    const other = engine.createKey({ KeySpec, KeyUsage: 'SIGN_VERIFY' }, by);
    for (const SigningAlgorithm of keySpecs[KeySpec].signingAlgorithms) {
      const MessageType = SigningAlgorithm === 'ED25519_PH_SHA_512' ? 'DIGEST' : 'RAW';
      const input = { Message: octets(64), MessageType, SigningAlgorithm } as const;
      const { Signature = expect.fail() } = engine.call('Sign', { KeyId: other.Arn, ...input }, by);
      expect(engine.refusal('Verify', { KeyId: key.Arn, ...input, Signature }, by)).toEqual(invalid);
      engine.call('Verify', { KeyId: other.Arn, ...input, Signature }, by);
    }
  });

  test('of another algorithm of the same key is none', () => {
    const { key } = keys.of('RSA_2048', 'SIGN_VERIFY');
    const input = { KeyId: key.Arn, Message: octets(64) };
    for (const SigningAlgorithm of keySpecs.RSA_2048.signingAlgorithms) {
      const { Signature = expect.fail() } = engine.call('Sign', { ...input, SigningAlgorithm });
      for (const other of keySpecs.RSA_2048.signingAlgorithms.filter((name) => name !== SigningAlgorithm))
        expect(engine.refusal('Verify', { ...input, SigningAlgorithm: other, Signature })).toEqual(invalid);
    }
  });

  // KMS does not bring s into the lower half (FIPS 186-5 section 6.4.1 has no such step), and takes both.
  test('ECDSA: n - s in the place of s is as good', () => {
    const { key } = keys.of('ECC_SECG_P256K1', 'SIGN_VERIFY');
    const n = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const input = { KeyId: key.Arn, Message: octets(64), SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    const der = engine.call('Sign', input).Signature ?? expect.fail();
    const sAt = 4 + (der[3] ?? 0);
    const s = BigInt(`0x${hex(der.subarray(sAt + 2))}`);
    const flipped = `00${(n - s).toString(16).padStart(64, '0')}`.replace(/^00(?=[0-7])/, '');
    const integer = Buffer.from(flipped, 'hex');
    const body = Buffer.concat([der.subarray(2, sAt), Uint8Array.of(2, integer.length), integer]);
    const Signature = Uint8Array.of(0x30, body.length, ...body);
    expect(hex(Signature)).not.toBe(hex(der));
    engine.call('Verify', { ...input, Signature });
  });
});

describe('what the key cannot', () => {
  test.each([
    ['HMAC_256', 'GENERATE_VERIFY_MAC'],
    ['RSA_2048', 'ENCRYPT_DECRYPT'],
    ['ECC_NIST_P384', 'KEY_AGREEMENT'],
  ] as const)('a %s key for %s is of the wrong usage', (spec, usage) => {
    const { by, key } = keys.of(spec, usage);
    const input = {
      KeyId: key.Arn,
      Message: octets(5),
      Signature: octets(5),
      SigningAlgorithm: 'ECDSA_SHA_256',
    } as const;
    expect(engine.refusal('Verify', input, by)).toEqual({
      code: 'InvalidKeyUsageException',
      message: `${key.Arn} key usage is ${usage} which is not valid for Verify.`,
    });
  });

  test('an algorithm of another spec comes before message and signature', () => {
    const { key } = keys.of('ECC_NIST_P256', 'SIGN_VERIFY');
    const input = { KeyId: key.Arn, Message: octets(5), Signature: octets(5), MessageType: 'DIGEST' } as const;
    expect(engine.refusal('Verify', { ...input, SigningAlgorithm: 'ECDSA_SHA_384' })).toEqual({
      code: 'InvalidKeyUsageException',
      message: 'Algorithm ECDSA_SHA_384 is incompatible with key spec ECC_NIST_P256.',
    });
  });

  test.each([
    [0, 'greater than or equal to 1'],
    [6145, 'less than or equal to 6144'],
  ])('a signature of %i bytes has no such length', (length, words) => {
    const { key } = keys.of('ECC_NIST_P256', 'SIGN_VERIFY');
    const input = { KeyId: key.Arn, Message: octets(5), SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    expect(engine.refusal('Verify', { ...input, Signature: new Uint8Array(length) })).toEqual({
      code: 'ValidationException',
      message: `1 validation error detected: Value at 'signature' failed to satisfy constraint: Member must have length ${words}`,
    });
  });
});
