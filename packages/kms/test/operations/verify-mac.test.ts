// VerifyMac: https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html

import { describe, expect, test } from 'vitest';
import { Keys, octets, spoilt } from '../asymmetric-keys.ts';
import { TestEngine, texts, utf8 } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { aboutKey } from './key-suite.ts';
import { macCases } from './mac-cases.ts';

await librariesLoaded();

aboutKey({
  operation: 'VerifyMac',
  key: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
  prepare: (engine, keyArn) => {
    const input = { Message: utf8('message'), MacAlgorithm: 'HMAC_SHA_256' } as const;
    const { Mac = expect.fail() } = engine.call('GenerateMac', { KeyId: keyArn, ...input });
    return (KeyId) => ({ KeyId, ...input, Mac });
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
// Recording verify-mac-wrong-message: no message.
const invalid = { code: 'KMSInvalidMacException', message: undefined };

describe.each(macCases)('%s', (spec, MacAlgorithm, _hash, length) => {
  const { key } = keys.of(spec, 'GENERATE_VERIFY_MAC');
  const asked = { KeyId: key.KeyId ?? '', Message: octets(100), MacAlgorithm };
  const { Mac = expect.fail() } = engine.call('GenerateMac', asked);
  const input = { ...asked, Mac };

  test('answers with key ARN, true and algorithm, and nothing else', () => {
    expect(engine.call('VerifyMac', input)).toStrictEqual({ KeyId: key.Arn, MacValid: true, MacAlgorithm });
  });

  test('a dry run judges the MAC too', () => {
    const dry = { code: 'DryRunOperationException', message: texts.dryRun };
    expect(engine.refusal('VerifyMac', { ...input, DryRun: true })).toEqual(dry);
    expect(engine.refusal('VerifyMac', { ...input, Mac: spoilt(Mac, 0), DryRun: true })).toEqual(invalid);
  });

  test('another message, however little it differs', () => {
    for (const Message of [spoilt(asked.Message, 99), octets(99), Uint8Array.of(...asked.Message, 0)])
      expect(engine.refusal('VerifyMac', { ...input, Message })).toEqual(invalid);
  });

  test('a MAC with any byte changed', () => {
    for (let at = 0; at < length; at++)
      expect(engine.refusal('VerifyMac', { ...input, Mac: spoilt(Mac, at) })).toEqual(invalid);
  });

  test('a MAC that is cut or goes on: KMS takes none but whole ones', () => {
    for (const other of [Mac.slice(0, -1), Mac.slice(0, 16), Uint8Array.of(...Mac, 0), new Uint8Array(6144)])
      expect(engine.refusal('VerifyMac', { ...input, Mac: other })).toEqual(invalid);
  });

  test('the MAC of another key', () => {
    const { Arn } = engine.createKey({ KeySpec: spec, KeyUsage: 'GENERATE_VERIFY_MAC' });
    expect(engine.refusal('VerifyMac', { ...input, KeyId: Arn })).toEqual(invalid);
  });

  // Recording verify-mac-algorithm-mismatch: before the MAC is looked at.
  test.each(macCases.map(([, algorithm]) => algorithm).filter((other) => other !== MacAlgorithm))(
    'does not fit %s',
    (other) => {
      for (const mac of [Mac, octets(1)]) {
        expect(engine.refusal('VerifyMac', { ...input, Mac: mac, MacAlgorithm: other })).toEqual({
          code: 'InvalidKeyUsageException',
          message: `Algorithm ${other} is incompatible with key spec ${spec}.`,
        });
      }
    },
  );
});

test.each([
  [0, 'greater than or equal to 1'],
  [6145, 'less than or equal to 6144'],
])('a MAC of %i bytes has no such length', (length, words) => {
  const { key } = keys.of('HMAC_256', 'GENERATE_VERIFY_MAC');
  const input = { KeyId: key.Arn, Message: utf8('m'), MacAlgorithm: 'HMAC_SHA_256' } as const;
  expect(engine.refusal('VerifyMac', { ...input, Mac: new Uint8Array(length) })).toEqual({
    code: 'ValidationException',
    message: `1 validation error detected: Value at 'mac' failed to satisfy constraint: Member must have length ${words}`,
  });
});

test.each([
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'],
  ['RSA_2048', 'SIGN_VERIFY'],
] as const)('a %s key for %s is of the wrong usage', (spec, usage) => {
  const { by, key } = keys.of(spec, usage);
  const input = { KeyId: key.Arn, Message: utf8('m'), Mac: octets(32), MacAlgorithm: 'HMAC_SHA_256' } as const;
  expect(engine.refusal('VerifyMac', input, by)).toEqual({
    code: 'InvalidKeyUsageException',
    message: `${key.Arn} key usage is ${usage} which is not valid for VerifyMac.`,
  });
});
