// CreateKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html

import { describe, expect, test } from 'vitest';
import type { OperationInputs } from '../../src/api/types.ts';
import {
  abroad,
  admin,
  administratorOf,
  caller,
  everything,
  home,
  ours,
  policyText,
  TestEngine,
  texts,
} from '../engine.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('CreateKey', () => {
  // Recordings create-key, create-single-region-key: absent members are absent, not null.
  test('answers with the metadata that DescribeKey gives, and nothing else', () => {
    const engine = new TestEngine();
    const { KeyMetadata } = engine.call('CreateKey', {});
    const KeyId = KeyMetadata?.KeyId ?? '';
    expect(KeyId).toMatch(uuid);
    expect(KeyMetadata).toStrictEqual({
      AWSAccountId: ours,
      KeyId,
      Arn: `arn:aws:kms:${home}:${ours}:key/${KeyId}`,
      CreationDate: new Date(engine.now),
      Enabled: true,
      Description: '',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyState: 'Enabled',
      Origin: 'AWS_KMS',
      KeyManager: 'CUSTOMER',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      MultiRegion: false,
      CurrentKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(engine.call('DescribeKey', { KeyId })).toStrictEqual({ KeyMetadata });
  });

  // Recordings create-hmac-key, create-key: only the list of the own usage, material ids for symmetric encryption keys alone.
  test.each([
    ['RSA_2048', 'ENCRYPT_DECRYPT', { EncryptionAlgorithms: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] }],
    ['ECC_NIST_P256', 'SIGN_VERIFY', { SigningAlgorithms: ['ECDSA_SHA_256'] }],
    ['ECC_NIST_P384', 'KEY_AGREEMENT', { KeyAgreementAlgorithms: ['ECDH'] }],
    ['HMAC_224', 'GENERATE_VERIFY_MAC', { MacAlgorithms: ['HMAC_SHA_224'] }],
    ['ML_KEM_768', 'ENCAPSULATE_DECAPSULATE', { EncapsulationAlgorithms: ['ML_KEM'] }],
  ] as const)('%s for %s', (KeySpec, KeyUsage, algorithms) => {
    const key = new TestEngine().createKey({ KeySpec, KeyUsage });
    expect(key).toMatchObject({ KeySpec, CustomerMasterKeySpec: KeySpec, KeyUsage, ...algorithms });
    const lists = Object.keys(key).filter((name) => name.endsWith('Algorithms'));
    expect(lists).toEqual(Object.keys(algorithms));
    expect(key).not.toHaveProperty('CurrentKeyMaterialId');
  });

  test('CustomerMasterKeySpec is the older name of KeySpec', () => {
    const key = new TestEngine().createKey({ CustomerMasterKeySpec: 'RSA_4096', KeyUsage: 'SIGN_VERIFY' });
    expect(key.KeySpec).toBe('RSA_4096');
  });

  // Recording create-multi-region-key.
  test('a multi-Region key has its own form of id and is a primary without replicas', () => {
    const { KeyId, Arn, MultiRegion, MultiRegionConfiguration } = new TestEngine().createKey({ MultiRegion: true });
    expect(KeyId).toMatch(/^mrk-[0-9a-f]{32}$/);
    expect(MultiRegion).toBe(true);
    expect(MultiRegionConfiguration).toStrictEqual({
      MultiRegionKeyType: 'PRIMARY',
      PrimaryKey: { Arn, Region: home },
      ReplicaKeys: [],
    });
  });

  // Recording import-key-symmetric.
  test('a key for imported material starts pending import, without material', () => {
    const key = new TestEngine().createKey({ Origin: 'EXTERNAL' });
    expect(key).toMatchObject({
      Origin: 'EXTERNAL',
      KeyState: 'PendingImport',
      Enabled: false,
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    });
    for (const absent of ['CurrentKeyMaterialId', 'ExpirationModel', 'ValidTo']) expect(key).not.toHaveProperty(absent);
  });

  test('keeps what it is given', () => {
    const engine = new TestEngine();
    const Tags = [
      { TagKey: 'b', TagValue: '2' },
      { TagKey: 'a', TagValue: '' },
    ];
    const Policy = policyText({ ...everything, Principal: { AWS: administratorOf(ours) } });
    const { KeyId, Description } = engine.createKey({ Description: 'for orders', Tags, Policy });
    expect(Description).toBe('for orders');
    expect(engine.call('GetKeyPolicy', { KeyId }).Policy).toBe(Policy);
    expect(engine.call('ListResourceTags', { KeyId }).Tags).toHaveLength(2);
  });

  test('each key is another', () => {
    const engine = new TestEngine();
    const keys = Array.from({ length: 20 }, () => engine.createKey());
    expect(new Set(keys.map(({ KeyId }) => KeyId)).size).toBe(20);
    expect(new Set(keys.map(({ CurrentKeyMaterialId }) => CurrentKeyMaterialId)).size).toBe(20);
  });

  // Recordings create-hmac-key-invalid, create-key-key-agreement-rsa and the tag recordings; the rest is not recorded.
  test.each<[string, OperationInputs['CreateKey'], string, string | RegExp]>([
    [
      'a usage is missing',
      { KeySpec: 'HMAC_256' },
      'ValidationException',
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    ],
    [
      'usage and spec do not fit',
      { KeySpec: 'RSA_2048', KeyUsage: 'KEY_AGREEMENT' },
      'ValidationException',
      'KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_2048',
    ],
    [
      'a symmetric key is to sign',
      { KeyUsage: 'SIGN_VERIFY' },
      'ValidationException',
      'KeyUsage SIGN_VERIFY is not compatible with KeySpec SYMMETRIC_DEFAULT',
    ],
    [
      'both names of the spec',
      { KeySpec: 'RSA_2048', CustomerMasterKeySpec: 'RSA_2048' },
      'ValidationException',
      /KeySpec/,
    ],
    ['SM2 outside China', { KeySpec: 'SM2', KeyUsage: 'SIGN_VERIFY' }, 'UnsupportedOperationException', /SM2/],
    ['a store for a plain key', { CustomKeyStoreId: 'cks-1' }, 'ValidationException', /CustomKeyStoreId/],
    ['an external id for a plain key', { XksKeyId: 'x' }, 'ValidationException', /XksKeyId/],
    ['no store', { Origin: 'AWS_CLOUDHSM' }, 'ValidationException', /CustomKeyStoreId is required/],
    ['no external id', { Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: 'cks-1' }, 'ValidationException', /XksKeyId/],
    [
      'RSA in a store',
      { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1', KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
      'UnsupportedOperationException',
      /RSA_2048/,
    ],
    [
      'multi-Region in a store',
      { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1', MultiRegion: true },
      'UnsupportedOperationException',
      /Multi-Region/,
    ],
    [
      'no such store',
      { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1' },
      'CustomKeyStoreNotFoundException',
      /cks-1/,
    ],
    [
      'a reserved tag',
      { Tags: [{ TagKey: 'AWS:x', TagValue: '' }] },
      'TagException',
      'Tags beginning with aws: are reserved',
    ],
    [
      'a tag twice',
      {
        Tags: [
          { TagKey: 'x', TagValue: '' },
          { TagKey: 'x', TagValue: '2' },
        ],
      },
      'TagException',
      'Duplicate tag keys',
    ],
    ['a policy that is none', { Policy: '{' }, 'MalformedPolicyDocumentException', /JSON/],
    [
      'a policy that locks the caller out',
      { Policy: policyText({ ...everything, Principal: { AWS: `arn:aws:iam::${ours}:user/other` } }) },
      'MalformedPolicyDocumentException',
      'The new key policy will not allow you to update the key policy in the future.',
    ],
  ])('%s', (_what, input, code, message) => {
    const refused = new TestEngine().refusal('CreateKey', input);
    expect(refused.code).toBe(code);
    expect(refused.message).toMatch(message);
  });

  // Recording create-hmac-key-invalid: the enumeration before the rule.
  test('an unknown spec is refused before the missing usage', () => {
    const input = { KeySpec: 'HMAC_255' as 'HMAC_256' };
    expect(new TestEngine().refusal('CreateKey', input).message).toMatch(
      /^1 validation error detected: Value 'HMAC_255' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: \[/,
    );
  });

  test('the lockout check can be bypassed', () => {
    const engine = new TestEngine();
    const Policy = policyText({ ...everything, Principal: { AWS: `arn:aws:iam::${ours}:user/other` } });
    const { KeyId } = engine.createKey({ Policy, BypassPolicyLockoutSafetyCheck: true });
    expect(engine.refusal('GetKeyPolicy', { KeyId }).code).toBe('AccessDeniedException');
  });

  test('50 tags are taken, 51 are not', () => {
    const engine = new TestEngine();
    const tags = (count: number) => Array.from({ length: count }, (_, at) => ({ TagKey: `k${at}`, TagValue: '' }));
    engine.createKey({ Tags: tags(50) });
    expect(engine.refusal('CreateKey', { Tags: tags(51) })).toEqual({ code: 'TagException', message: 'Too many tags' });
  });

  test('needs one permission, and another for tags', () => {
    const engine = new TestEngine();
    const user = engine.attach(`arn:aws:iam::${ours}:user/maker`);
    expect(engine.refusal('CreateKey', {}, user).message).toBe(texts.noIdentityPolicy(user, 'kms:CreateKey', '*'));
    engine.attach(user.principal.arn, { Effect: 'Allow', Action: 'kms:CreateKey', Resource: '*' });
    engine.call('CreateKey', {}, user);
    expect(engine.refusal('CreateKey', { Tags: [{ TagKey: 'a', TagValue: '' }] }, user).message).toBe(
      texts.noIdentityPolicy(user, 'kms:TagResource', '*'),
    );
  });

  test('the key is in the Region of the call and of the account that called', () => {
    const engine = new TestEngine();
    const there = caller(administratorOf(ours), abroad);
    expect(engine.createKey({}, there).Arn).toMatch(new RegExp(`^arn:aws:kms:${abroad}:${ours}:key/`));
    expect(engine.call('ListKeys', {}, admin).Keys).toEqual([]);
  });

  // The partition is the Region's: arn:aws-cn:iam::... in Beijing, also when the account has keys elsewhere.
  test('the default policy names the root of the account in the partition of the Region', () => {
    const engine = new TestEngine();
    const inChina = caller(`arn:aws-cn:iam::${ours}:root`, 'cn-north-1');
    const [here, there] = [engine.createKey(), engine.createKey({}, inChina)];
    const root = (policy: string | undefined): unknown => JSON.parse(policy ?? '').Statement[0].Principal.AWS;
    expect(root(engine.call('GetKeyPolicy', { KeyId: here.KeyId }).Policy)).toBe(`arn:aws:iam::${ours}:root`);
    expect(root(engine.call('GetKeyPolicy', { KeyId: there.KeyId }, inChina).Policy)).toBe(
      `arn:aws-cn:iam::${ours}:root`,
    );
  });
});
