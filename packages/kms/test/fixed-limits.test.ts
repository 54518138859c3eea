// The limits that no account can have raised: each holds whatever is done about quotas.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html, parameter by parameter; tags-per-key: API_TagResource

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KmsError } from '../src/api/errors.ts';
import type { OperationName } from '../src/api/shapes.ts';
import { Visit } from '../src/operation.ts';
import { admin, dayMs, TestEngine } from './engine.ts';
import { librariesLoaded } from './libraries.ts';

await librariesLoaded();

const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(1);
const pairs = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 'v']));
const grant = (Constraints: object): object => ({
  GranteePrincipal: admin.principal.arn,
  Operations: ['Encrypt'],
  Constraints,
});

interface Limit {
  /** As the collected facts call it. */
  readonly what: string;
  readonly operation: OperationName;
  /** At the limit, and one beyond it; `key` stands for the key. */
  readonly most: object;
  readonly more: object;
  readonly code?: string;
  readonly spec?: object;
}

const signing = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };
const sign = { SigningAlgorithm: 'ECDSA_SHA_256', MessageType: 'RAW' };
const tags = (count: number): object => ({
  Tags: Array.from({ length: count }, (_, n) => ({ TagKey: `${n}`, TagValue: '' })),
});

const limits: readonly Limit[] = [
  { what: 'tags per key', operation: 'TagResource', most: tags(50), more: tags(51), code: 'TagException' },
  {
    what: 'grant tokens per request',
    operation: 'DescribeKey',
    most: {},
    more: { GrantTokens: Array(11).fill('t') },
  },
  {
    what: 'grant constraint encryption context pairs',
    operation: 'CreateGrant',
    most: grant({ EncryptionContextSubset: pairs(8) }),
    more: grant({ EncryptionContextSubset: pairs(9) }),
  },
  {
    what: 'grant constraint encryption context value length',
    operation: 'CreateGrant',
    most: grant({ EncryptionContextEquals: { k: 'v'.repeat(384) } }),
    more: grant({ EncryptionContextEquals: { k: 'v'.repeat(385) } }),
  },
  {
    what: 'Encrypt plaintext',
    operation: 'Encrypt',
    most: { Plaintext: bytes(4096) },
    more: { Plaintext: bytes(4097) },
  },
  {
    what: 'Sign/Verify/GenerateMac/VerifyMac message',
    operation: 'Sign',
    most: { ...sign, Message: bytes(4096) },
    more: { ...sign, Message: bytes(4097) },
    spec: signing,
  },
  {
    what: 'GenerateRandom / GenerateDataKey NumberOfBytes',
    operation: 'GenerateDataKey',
    most: { NumberOfBytes: 1024 },
    more: { NumberOfBytes: 1025 },
  },
  {
    what: 'description',
    operation: 'UpdateKeyDescription',
    most: { Description: 'd'.repeat(8192) },
    more: { Description: 'd'.repeat(8193) },
  },
  {
    what: 'rotation period',
    operation: 'EnableKeyRotation',
    most: { RotationPeriodInDays: 2560 },
    more: { RotationPeriodInDays: 2561 },
  },
  {
    what: 'deletion window',
    operation: 'ScheduleKeyDeletion',
    most: { PendingWindowInDays: 30 },
    more: { PendingWindowInDays: 31 },
  },
];

function outcome(engine: TestEngine, operation: OperationName, input: object): string {
  try {
    engine.kms.dispatch(new Visit(operation, input, 'direct', admin));
    return 'answered';
  } catch (error) {
    if (error instanceof KmsError) return error.code;
    throw error;
  }
}

describe.each(['enforce', 'meter', 'off'] as const)('%s', (mode) => {
  test.each(limits)('$what', ({ code = 'ValidationException', more, most, operation, spec }) => {
    const engine = new TestEngine();
    engine.kms.setQuotas({ mode, limits: [] });
    const { KeyId } = engine.createKey(spec);
    expect(outcome(engine, operation, { KeyId, ...more })).toBe(code);
    expect(outcome(engine, operation, { KeyId, ...most })).toBe('answered');
  });

  test('a ciphertext blob has 6,144 bytes at most', () => {
    const engine = new TestEngine();
    engine.kms.setQuotas({ mode, limits: [] });
    expect(outcome(engine, 'Decrypt', { CiphertextBlob: bytes(6144) })).toBe('InvalidCiphertextException');
    expect(outcome(engine, 'Decrypt', { CiphertextBlob: bytes(6145) })).toBe('ValidationException');
  });

  test('an attestation document has 262,144 bytes at most', () => {
    const engine = new TestEngine();
    engine.kms.setQuotas({ mode, limits: [] });
    const recipient = (length: number): object => ({
      NumberOfBytes: 1,
      Recipient: { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256', AttestationDocument: bytes(length) },
    });
    const words = (length: number): string => {
      try {
        engine.kms.dispatch(new Visit('GenerateRandom', recipient(length), 'direct', admin));
        return '';
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    };
    const tooLong = 'Member must have length less than or equal to 262144';
    expect(words(262_145)).toContain(tooLong);
    // Whatever it says of the document itself, it is not the length.
    expect(words(262_144)).not.toContain(tooLong);
  });

  test('imported material lasts 365 days at most, and its token 24 hours', () => {
    const engine = new TestEngine();
    engine.kms.setQuotas({ mode, limits: [] });
    const { KeyId } = engine.createKey({ Origin: 'EXTERNAL' });
    const before = engine.now;
    const { ImportToken, ParametersValidTo } = engine.call('GetParametersForImport', {
      KeyId,
      WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
      WrappingKeySpec: 'RSA_2048',
    });
    expect(ParametersValidTo?.getTime()).toBe(before + dayMs);
    const input = { KeyId, ImportToken, EncryptedKeyMaterial: bytes(256), ExpirationModel: 'KEY_MATERIAL_EXPIRES' };
    const validTo = (days: number): object => ({ ...input, ValidTo: new Date(engine.now + days * dayMs + 1000) });
    expect(outcome(engine, 'ImportKeyMaterial', validTo(365))).toBe('ValidationException');
    expect(outcome(engine, 'ImportKeyMaterial', validTo(364))).not.toBe('ValidationException');
    engine.wait(dayMs + 1);
    expect(outcome(engine, 'ImportKeyMaterial', validTo(364))).toBe('ExpiredImportTokenException');
  });
});

const facts = new URL('../../../../shared/facts/quotas.json', import.meta.url);

test.skipIf(!existsSync(facts))(
  'the collected facts have no other (skipped without ../shared beside the project)',
  () => {
    const { otherHardLimits } = JSON.parse(readFileSync(facts, 'utf8')) as { otherHardLimits: { what: string }[] };
    const alone = [
      'ciphertext blob',
      'attestation document',
      'import parameters validity',
      'imported material ValidTo',
    ];
    expect(otherHardLimits.map(({ what }) => what).sort()).toEqual(
      [...limits.map(({ what }) => what), ...alone].sort(),
    );
  },
);
