// The reader, case by case: recorded texts first, then each kind of value.

import { describe, expect, test } from 'vitest';
import { type Form, type Read, read } from '../../src/api/reader.ts';
import type { OperationName } from '../../src/api/shapes.ts';
import type { OperationInputs } from '../../src/api/types.ts';
import { refused } from './refused.ts';

const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
const base64 = (length: number): string => Buffer.alloc(length, 'x').toString('base64');
const message = (operation: OperationName, input: unknown, form: Form = 'wire'): string | undefined =>
  refused(() => read(operation, input, form)).wireMessage;

// LocalStack's aws-validated tests/aws/services/kms/test_kms.snapshot.json, by test; and two of moto's aws_verified tests.
// The enumerations have grown since they were recorded: what came later is appended in the order of the API model.
const recorded: readonly [source: string, OperationName, input: object, text: string][] = [
  [
    'TestKMS::test_create_key_with_invalid_tag_key[too_long_key]',
    'CreateKey',
    { Tags: [{ TagKey: 'k'.repeat(129), TagValue: 'v' }] },
    `Value '${'k'.repeat(129)}' at 'tags.1.member.tagKey' failed to satisfy constraint: Member must have length less than or equal to 128`,
  ],
  [
    'TestKMS::test_key_with_long_tag_value_raises_error',
    'CreateKey',
    { KeyUsage: 'ENCRYPT_DECRYPT', Tags: [{ TagKey: 'tag1', TagValue: 'v'.repeat(257) }] },
    `Value '${'v'.repeat(257)}' at 'tags.1.member.tagValue' failed to satisfy constraint: Member must have length less than or equal to 256`,
  ],
  [
    'TestKMS::test_generate_random_invalid_number_of_bytes[0]',
    'GenerateRandom',
    { NumberOfBytes: 0 },
    "Value '0' at 'numberOfBytes' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ],
  [
    'TestKMS::test_generate_random_invalid_number_of_bytes[1025]',
    'GenerateRandom',
    { NumberOfBytes: 1025 },
    "Value '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value less than or equal to 1024",
  ],
  [
    'TestKMS::test_plaintext_size_for_encrypt; moto test_encrypt_key_with_large_content',
    'Encrypt',
    { KeyId: KEY, Plaintext: base64(4097) },
    "Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
  ],
  [
    'moto test_encrypt_key_with_empty_content',
    'Encrypt',
    { KeyId: KEY, Plaintext: '' },
    "Value at 'plaintext' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    'TestKMS::test_derive_shared_secret',
    'DeriveSharedSecret',
    { KeyId: KEY, KeyAgreementAlgorithm: 'INVALID', PublicKey: base64(91) },
    "Value 'INVALID' at 'keyAgreementAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [ECDH]",
  ],
  [
    'TestKMS::test_invalid_generate_mac[HMAC_256-INVALID]',
    'GenerateMac',
    { KeyId: KEY, MacAlgorithm: 'INVALID', Message: base64(22) },
    "Value 'INVALID' at 'macAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [HMAC_SHA_384, HMAC_SHA_256, HMAC_SHA_224, HMAC_SHA_512]",
  ],
  [
    'TestKMS::test_invalid_verify_mac[HMAC_256-INVALID-some important message]',
    'VerifyMac',
    { KeyId: KEY, MacAlgorithm: 'INVALID', Message: base64(22), Mac: base64(32) },
    "Value 'INVALID' at 'macAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [HMAC_SHA_384, HMAC_SHA_256, HMAC_SHA_224, HMAC_SHA_512]",
  ],
  [
    'TestKMS::test_hmac_create_key_invalid_operations, key spec',
    'CreateKey',
    { KeySpec: 'HMAC_123' },
    "Value 'HMAC_123' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: [RSA_2048, ECC_NIST_P384, ECC_NIST_P256, ECC_NIST_P521, HMAC_384, RSA_3072, ECC_SECG_P256K1, RSA_4096, SYMMETRIC_DEFAULT, HMAC_256, HMAC_224, HMAC_512, ECC_NIST_EDWARDS25519, ML_DSA_44, ML_DSA_65, ML_DSA_87, ML_KEM_1024, ML_KEM_512, ML_KEM_768]",
  ],
  [
    'TestKMS::test_hmac_create_key_invalid_operations, key usage',
    'CreateKey',
    { KeySpec: 'HMAC_256', KeyUsage: 'OTHER' },
    "Value 'OTHER' at 'keyUsage' failed to satisfy constraint: Member must satisfy enum value set: [ENCRYPT_DECRYPT, SIGN_VERIFY, GENERATE_VERIFY_MAC, ENCAPSULATE_DECAPSULATE, KEY_AGREEMENT]",
  ],
];

test.each(recorded)('recorded: %s', (_, operation, input, text) => {
  const error = refused(() => read(operation, input, 'wire'));
  expect(error).toMatchObject({ code: 'ValidationException', status: 400, messageMember: 'message' });
  expect(error.wireMessage).toBe(`1 validation error detected: ${text}`);
});

test('recorded: NumberOfBytes null is absent (test_generate_random_invalid_number_of_bytes[None])', () => {
  expect(read('GenerateRandom', { NumberOfBytes: null }, 'wire')).toEqual({});
});

test('rooms see what was read by type: maps as Maps, at any depth', () => {
  const input = { KeyId: KEY, Operations: ['Decrypt'], Constraints: { EncryptionContextEquals: { tenant: 'a' } } };
  const grant = read('CreateGrant', input, 'direct') as Read<OperationInputs['CreateGrant']>;
  expect(grant.Constraints?.EncryptionContextEquals?.get('tenant')).toBe('a');
  expect(grant.Operations[0]).toBe('Decrypt');
});

describe('broken constraints', () => {
  const rows: readonly [string, OperationName, object, string][] = [
    [
      'a missing member',
      'DescribeKey',
      {},
      "Value null at 'keyId' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a missing member that the model calls sensitive',
      'Encrypt',
      { KeyId: KEY },
      "Value at 'plaintext' failed to satisfy constraint: Member must not be null",
    ],
    [
      'an empty key id',
      'DescribeKey',
      { KeyId: '' },
      "Value '' at 'keyId' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'a pattern',
      'CreateAlias',
      { AliasName: 'alias/a b', TargetKeyId: KEY },
      "Value 'alias/a b' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$",
    ],
    [
      'a password is not repeated',
      'UpdateCustomKeyStore',
      { CustomKeyStoreId: 'cks-1', KeyStorePassword: 'secret' },
      "Value at 'keyStorePassword' failed to satisfy constraint: Member must have length greater than or equal to 7",
    ],
    [
      'a member of a structure',
      'UpdateCustomKeyStore',
      { CustomKeyStoreId: 'cks-1', XksProxyAuthenticationCredential: { RawSecretAccessKey: 'a'.repeat(43) } },
      "Value at 'xksProxyAuthenticationCredential.accessKeyId' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a list of an enumeration, blamed as a whole',
      'CreateGrant',
      { KeyId: KEY, Operations: ['Encrypt', 'Frobnicate'] },
      "Value '[Encrypt, Frobnicate]' at 'operations' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [CreateGrant, Decapsulate, Decrypt, DeriveSharedSecret, DescribeKey, Encapsulate, Encrypt, GenerateDataKey, GenerateDataKeyPair, GenerateDataKeyPairWithoutPlaintext, GenerateDataKeyWithoutPlaintext, GenerateMac, GetPublicKey, ReEncryptFrom, ReEncryptTo, RetireGrant, Sign, Verify, VerifyMac]]",
    ],
    [
      'a list of strings',
      'UntagResource',
      { KeyId: KEY, TagKeys: ['a', ''] },
      "Value '[a, ]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]",
    ],
    [
      'a null in a list of strings',
      'UntagResource',
      { KeyId: KEY, TagKeys: ['a', null] },
      "Value '[a, null]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must not be null]",
    ],
    [
      'a null in a list of structures',
      'TagResource',
      { KeyId: KEY, Tags: [{ TagKey: 'a', TagValue: '' }, null] },
      "Value null at 'tags.2.member' failed to satisfy constraint: Member must not be null",
    ],
    [
      'too many items',
      'DescribeKey',
      { KeyId: KEY, GrantTokens: 'abcdefghijk'.split('') },
      "Value '[a, b, c, d, e, f, g, h, i, j, k]' at 'grantTokens' failed to satisfy constraint: Member must have length less than or equal to 10",
    ],
    [
      'a null in a map',
      'Decrypt',
      { EncryptionContext: { tenant: 'a', purpose: null } },
      "Value '{purpose=null}' at 'encryptionContext' failed to satisfy constraint: Map value must satisfy constraint: [Member must not be null]",
    ],
    [
      'characters are counted, not UTF-16 units',
      'CreateKey',
      { Tags: [{ TagKey: '😀'.repeat(129), TagValue: '' }] },
      `Value '${'😀'.repeat(129)}' at 'tags.1.member.tagKey' failed to satisfy constraint: Member must have length less than or equal to 128`,
    ],
    [
      'too few characters in enough UTF-16 units',
      'UpdateCustomKeyStore',
      { CustomKeyStoreId: 'cks-1', KeyStorePassword: '😀😀😀😀' },
      "Value at 'keyStorePassword' failed to satisfy constraint: Member must have length greater than or equal to 7",
    ],
    [
      'the lower end of a range',
      'ScheduleKeyDeletion',
      { KeyId: KEY, PendingWindowInDays: -1 },
      "Value '-1' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
  ];

  test.each(rows)('%s', (_, operation, input, text) => {
    expect(message(operation, input)).toBe(`1 validation error detected: ${text}`);
  });

  test('several are refused together, in the order of the model, a pattern before a length', () => {
    const input = { PublicKey: '', KeyId: '', KeyAgreementAlgorithm: null, GrantTokens: [''] };
    expect(message('DeriveSharedSecret', input)).toBe(
      '4 validation errors detected: ' +
        "Value '' at 'keyId' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
        "Value null at 'keyAgreementAlgorithm' failed to satisfy constraint: Member must not be null; " +
        "Value at 'publicKey' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
        "Value '[]' at 'grantTokens' failed to satisfy constraint: Member must satisfy constraint: " +
        '[Member must have length less than or equal to 8192, Member must have length greater than or equal to 1]',
    );
    expect(message('DeleteAlias', { AliasName: '' })).toBe(
      '2 validation errors detected: ' +
        "Value '' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$; " +
        "Value '' at 'aliasName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  });

  test('a pattern without anchors is matched against the whole value, with ASCII white space', () => {
    expect(message('GetKeyPolicy', { KeyId: KEY, PolicyName: 'a-b' })).toContain('pattern: [\\w]+');
    expect(read('GetKeyPolicy', { KeyId: KEY, PolicyName: 'default' }, 'wire')).toHaveProperty('PolicyName', 'default');
    const described = { KeyId: KEY, ImportToken: 'QQ==', EncryptedKeyMaterial: 'QQ==' };
    expect(read('ImportKeyMaterial', { ...described, KeyMaterialDescription: 'a b' }, 'wire')).toBeTruthy();
    expect(message('ImportKeyMaterial', { ...described, KeyMaterialDescription: 'a\u00a0b' })).toContain(
      '[a-zA-Z0-9:/_\\s.-]+',
    );
  });

  test('limits themselves are good', () => {
    expect(read('GenerateRandom', { NumberOfBytes: 1024 }, 'wire')).toEqual({ NumberOfBytes: 1024 });
    expect(read('Encrypt', { KeyId: '😀'.repeat(2048), Plaintext: base64(4096) }, 'wire')['Plaintext']).toHaveLength(
      4096,
    );
    expect(read('CreateKey', { Description: '', KeySpec: 'SM2' }, 'wire')).toEqual({ Description: '', KeySpec: 'SM2' });
    expect(read('DescribeKey', { KeyId: KEY, GrantTokens: [] }, 'wire')).toEqual({ KeyId: KEY, GrantTokens: [] });
  });
});
