// GenerateMac: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html

import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { expectOwnBytes, hex, Keys, octets } from '../asymmetric-keys.ts';
import { TestEngine, texts, utf8 } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { aboutKey } from './key-suite.ts';
import { macCases, materialOfKey } from './mac-cases.ts';

await librariesLoaded();
await librariesLoaded('portable');

aboutKey({
  operation: 'GenerateMac',
  key: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
  prepare: () => (KeyId) => ({ KeyId, Message: utf8('message'), MacAlgorithm: 'HMAC_SHA_256' }),
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

describe.each(macCases)('%s', (spec, MacAlgorithm, hash, length) => {
  const { key } = keys.of(spec, 'GENERATE_VERIFY_MAC');
  const input = { KeyId: key.KeyId ?? '', Message: octets(100), MacAlgorithm };

  test('answers with MAC, algorithm and key ARN, and nothing else', () => {
    const answer = engine.call('GenerateMac', input);
    expect(answer).toStrictEqual({ Mac: expect.any(Uint8Array), MacAlgorithm, KeyId: key.Arn });
    expectOwnBytes(answer.Mac, length);
    engine.call('VerifyMac', { ...input, Mac: answer.Mac ?? expect.fail() });
  });

  test.each(['native', 'portable'] as const)('on %s the MAC is that of node:crypto under the same bytes', (backend) => {
    const secret = materialOfKey(new TestEngine({ backend }), spec);
    const fresh = new TestEngine({ backend });
    const { Arn } = fresh.createKey({ KeySpec: spec, KeyUsage: 'GENERATE_VERIFY_MAC' });
    for (const size of [1, 63, 64, 65, 127, 128, 129, 4096]) {
      const { Mac } = fresh.call('GenerateMac', { ...input, KeyId: Arn, Message: octets(size) });
      expect(hex(Mac)).toBe(createHmac(hash, secret).update(octets(size)).digest('hex'));
    }
  });

  test('is the same for the same message and key, and no other', () => {
    const other = engine.createKey({ KeySpec: spec, KeyUsage: 'GENERATE_VERIFY_MAC' });
    const macs = [input, input, { ...input, Message: octets(100, 2) }, { ...input, KeyId: other.Arn }].map((one) =>
      hex(engine.call('GenerateMac', one).Mac),
    );
    expect(macs[0]).toBe(macs[1]);
    expect(new Set(macs).size).toBe(3);
  });

  test('a dry run stops at success', () => {
    const dry = { code: 'DryRunOperationException', message: texts.dryRun };
    expect(engine.refusal('GenerateMac', { ...input, DryRun: true })).toEqual(dry);
  });

  // Recording generate-mac-algorithm-mismatch.
  test.each(macCases.map(([, algorithm]) => algorithm).filter((other) => other !== MacAlgorithm))(
    'does not fit %s',
    (other) => {
      for (const DryRun of [false, true]) {
        expect(engine.refusal('GenerateMac', { ...input, MacAlgorithm: other, DryRun })).toEqual({
          code: 'InvalidKeyUsageException',
          message: `Algorithm ${other} is incompatible with key spec ${spec}.`,
        });
      }
    },
  );
});

test.each([
  [0, 'greater than or equal to 1'],
  [4097, 'less than or equal to 4096'],
])('a message of %i bytes has no such length', (length, words) => {
  const { key } = keys.of('HMAC_256', 'GENERATE_VERIFY_MAC');
  const input = { KeyId: key.Arn, Message: new Uint8Array(length), MacAlgorithm: 'HMAC_SHA_256' } as const;
  expect(engine.refusal('GenerateMac', input)).toEqual({
    code: 'ValidationException',
    message: `1 validation error detected: Value at 'message' failed to satisfy constraint: Member must have length ${words}`,
  });
});

test.each([
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'],
  ['ECC_NIST_P256', 'SIGN_VERIFY'],
  ['ML_KEM_512', 'ENCAPSULATE_DECAPSULATE'],
  ['SM2', 'ENCRYPT_DECRYPT'],
] as const)('a %s key for %s is of the wrong usage', (spec, usage) => {
  const { by, key } = keys.of(spec, usage);
  const input = { KeyId: key.Arn, Message: utf8('m'), MacAlgorithm: 'HMAC_SHA_256' } as const;
  expect(engine.refusal('GenerateMac', input, by)).toEqual({
    code: 'InvalidKeyUsageException',
    message: `${key.Arn} key usage is ${usage} which is not valid for GenerateMac.`,
  });
});
