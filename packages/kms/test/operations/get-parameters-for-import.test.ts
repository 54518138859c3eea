// GetParametersForImport: https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html

import * as crypto from 'node:crypto';
import type { KeySpec, WrappingKeySpec } from '@kmsim/hsm-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { OperationInputs } from '../../src/api/types.ts';
import { administratorOf, caller, dayMs, everything, ours, policyText, TestEngine } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { Importer, octets } from './import-suite.ts';
import { beijing, engineWithBeijing } from './key-pair-material.ts';
import { aboutKey } from './key-suite.ts';

beforeAll(() => librariesLoaded());

const usual = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;
type Input = OperationInputs['GetParametersForImport'];

aboutKey({
  operation: 'GetParametersForImport',
  key: { Origin: 'EXTERNAL' },
  prepare: () => (KeyId) => ({ KeyId, ...usual }),
  names: 'key',
  otherAccounts: false,
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'works',
});

describe('GetParametersForImport', () => {
  test.each([
    ['RSA_2048', 2048],
    ['RSA_3072', 3072],
    ['RSA_4096', 4096],
  ] as const)('%s: a public key of %i bits, a token, and 24 hours', (WrappingKeySpec, modulusLength) => {
    const engine = new TestEngine();
    const { Arn, KeyId } = engine.createKey({ Origin: 'EXTERNAL' });
    const answer = engine.call('GetParametersForImport', { KeyId, ...usual, WrappingKeySpec });
    expect(answer).toStrictEqual({
      KeyId: Arn,
      ImportToken: expect.any(Uint8Array),
      PublicKey: expect.any(Uint8Array),
      ParametersValidTo: new Date(engine.now + dayMs),
    });
    // The model of ImportKeyMaterial takes no longer one.
    expect(answer.ImportToken?.length).toBeLessThanOrEqual(6144);
    const key = crypto.createPublicKey({ key: Buffer.from(answer.PublicKey ?? []), format: 'der', type: 'spki' });
    expect(key.asymmetricKeyDetails).toEqual({ modulusLength, publicExponent: 65537n });
  });

  test('every call gives another pair, and nothing is remembered of any', () => {
    const importer = new Importer();
    const before = importer.engine.everything();
    const [one, other] = [importer.parameters(), importer.parameters()];
    expect(one.token).not.toEqual(other.token);
    expect(one.publicKey).not.toEqual(other.publicKey);
    expect(importer.engine.everything()).toBe(before);
  });

  test('the same seed gives the same key and token, on both backends', async () => {
    await librariesLoaded('portable');
    const [native, portable] = (['native', 'portable'] as const).map((backend) =>
      new Importer(new TestEngine({ backend })).parameters(),
    );
    expect(portable).toEqual(native);
  });

  test('the key of the wrapping is not told by the token', () => {
    const importer = new Importer();
    const { token } = importer.parameters();
    expect(Buffer.from(token).toString('latin1')).not.toContain(importer.key.KeyId);
  });

  // Recording get-parameters-for-import-kms-origin.
  test('a key that KMS made takes no material', () => {
    const engine = new TestEngine();
    const { Arn, KeyId } = engine.createKey();
    expect(engine.refusal('GetParametersForImport', { KeyId, ...usual })).toEqual({
      code: 'UnsupportedOperationException',
      message: `${Arn} origin is AWS_KMS which is not valid for this operation.`,
    });
  });

  test('works for a key that is in use, and for one that is disabled', () => {
    const importer = new Importer();
    importer.import(octets(1));
    importer.parameters();
    importer.engine.call('DisableKey', { KeyId: importer.key.Arn });
    importer.parameters();
  });
});

const rsaKeys: readonly WrappingKeySpec[] = ['RSA_2048', 'RSA_3072', 'RSA_4096'];
const direct = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] as const;
const through = ['RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256'] as const;

// The text of WrappingAlgorithm in the reference, key spec by key spec: what must not be.
const refused: readonly (readonly [
  KeySpec,
  NonNullable<OperationInputs['CreateKey']['KeyUsage']>,
  readonly string[],
])[] = [
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', through],
  ['HMAC_224', 'GENERATE_VERIFY_MAC', through],
  ['HMAC_256', 'GENERATE_VERIFY_MAC', through],
  ['HMAC_384', 'GENERATE_VERIFY_MAC', through],
  ['HMAC_512', 'GENERATE_VERIFY_MAC', through],
  ['RSA_2048', 'SIGN_VERIFY', direct],
  ['RSA_3072', 'ENCRYPT_DECRYPT', direct],
  ['RSA_4096', 'SIGN_VERIFY', direct],
];

describe('a wrapping algorithm that does not fit the material', () => {
  test.each(refused)('%s', (KeySpec, KeyUsage, algorithms) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Origin: 'EXTERNAL', KeySpec, KeyUsage });
    for (const WrappingKeySpec of rsaKeys)
      for (const WrappingAlgorithm of algorithms as readonly Input['WrappingAlgorithm'][]) {
        expect(engine.refusal('GetParametersForImport', { KeyId, WrappingAlgorithm, WrappingKeySpec })).toEqual({
          code: 'ValidationException',
          message: `WrappingAlgorithm ${WrappingAlgorithm} is not valid with WrappingKeySpec ${WrappingKeySpec} to import ${KeySpec} key material.`,
        });
      }
  });

  // "You cannot use the RSAES_OAEP_SHA_* wrapping algorithm with the RSA_2048 wrapping key spec to wrap ECC_NIST_P521 key material."
  test('ECC_NIST_P521 directly under RSA_2048, and only that', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Origin: 'EXTERNAL', KeySpec: 'ECC_NIST_P521', KeyUsage: 'SIGN_VERIFY' });
    for (const WrappingAlgorithm of direct) {
      const input = { KeyId, WrappingAlgorithm, WrappingKeySpec: 'RSA_2048' } as const;
      expect(engine.refusal('GetParametersForImport', input).code).toBe('ValidationException');
    }
    engine.call('GetParametersForImport', { KeyId, WrappingAlgorithm: through[0], WrappingKeySpec: 'RSA_2048' });
    engine.call('GetParametersForImport', { KeyId, WrappingAlgorithm: direct[1], WrappingKeySpec: 'RSA_3072' });
    const p384 = engine.createKey({ Origin: 'EXTERNAL', KeySpec: 'ECC_NIST_P384', KeyUsage: 'SIGN_VERIFY' });
    engine.call('GetParametersForImport', { KeyId: p384.KeyId, ...usual });
  });
});

describe('what no key takes', () => {
  test('RSAES_PKCS1_V1_5, which is still in the model', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Origin: 'EXTERNAL' });
    const input = { KeyId, WrappingAlgorithm: 'RSAES_PKCS1_V1_5', WrappingKeySpec: 'RSA_2048' } as const;
    expect(engine.refusal('GetParametersForImport', input).code).toBe('UnsupportedOperationException');
  });

  test('SM2PKE under an RSA key', () => {
    const engine = engineWithBeijing();
    const { KeyId } = engine.createKey({ Origin: 'EXTERNAL' }, beijing);
    const input = { KeyId, WrappingAlgorithm: 'SM2PKE', WrappingKeySpec: 'RSA_2048' } as const;
    expect(engine.refusal('GetParametersForImport', input, beijing)).toEqual({
      code: 'ValidationException',
      message: 'WrappingAlgorithm SM2PKE is not valid with WrappingKeySpec RSA_2048.',
    });
  });

  // "You can't import key material for ML-DSA KMS keys."
  test.each([
    ['ML_DSA_44', 'SIGN_VERIFY'],
    ['ML_KEM_768', 'ENCAPSULATE_DECAPSULATE'],
  ] as const)('material of %s', (KeySpec, KeyUsage) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Origin: 'EXTERNAL', KeySpec, KeyUsage });
    expect(engine.refusal('GetParametersForImport', { KeyId, ...usual })).toEqual({
      code: 'UnsupportedOperationException',
      message: `Key material cannot be imported into a KMS key of key spec ${KeySpec}.`,
    });
  });

  test.each(['RSA_1024', 'rsa_2048', ''])('a wrapping key of spec %j', (WrappingKeySpec) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Origin: 'EXTERNAL' });
    const input = { KeyId, ...usual, WrappingKeySpec } as unknown as Input;
    expect(engine.refusal('GetParametersForImport', input).code).toBe('ValidationException');
  });
});

describe('SM2', () => {
  const SM2 = { WrappingAlgorithm: 'SM2PKE', WrappingKeySpec: 'SM2' } as const;

  test('is for the China Regions', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Origin: 'EXTERNAL' });
    expect(engine.refusal('GetParametersForImport', { KeyId, ...SM2 }).code).toBe('UnsupportedOperationException');
  });

  // The table of the guide: https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-get-public-key-and-token.html
  test('there it wraps key pairs, and no other keys', () => {
    const engine = engineWithBeijing();
    const create = (KeySpec: KeySpec, KeyUsage: 'ENCRYPT_DECRYPT' | 'SIGN_VERIFY' | 'GENERATE_VERIFY_MAC') =>
      engine.createKey({ Origin: 'EXTERNAL', KeySpec, KeyUsage }, beijing).KeyId;
    for (const spec of ['SM2', 'RSA_2048', 'ECC_NIST_P256'] as const) {
      const { PublicKey } = engine.call(
        'GetParametersForImport',
        { KeyId: create(spec, 'SIGN_VERIFY'), ...SM2 },
        beijing,
      );
      // SubjectPublicKeyInfo of a point on a curve of 256 bits: RFC 5480.
      expect(PublicKey).toHaveLength(91);
    }
    for (const KeyId of [create('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'), create('HMAC_256', 'GENERATE_VERIFY_MAC')])
      expect(engine.refusal('GetParametersForImport', { KeyId, ...SM2 }, beijing).code).toBe('ValidationException');
  });

  test('there is no wrapping through an AES key there', () => {
    const engine = engineWithBeijing();
    const { KeyId } = engine.createKey({ Origin: 'EXTERNAL', KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }, beijing);
    for (const WrappingAlgorithm of ['RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256'] as const) {
      const input = { KeyId, WrappingAlgorithm, WrappingKeySpec: 'RSA_4096' } as const;
      expect(engine.refusal('GetParametersForImport', input, beijing)).toEqual({
        code: 'UnsupportedOperationException',
        message: `WrappingAlgorithm ${WrappingAlgorithm} is not supported in the Region cn-north-1.`,
      });
    }
  });
});

describe('a key policy can ask', () => {
  test.each([
    ['kms:WrappingAlgorithm', 'RSAES_OAEP_SHA_256', { WrappingAlgorithm: 'RSAES_OAEP_SHA_1' }],
    ['kms:WrappingKeySpec', 'RSA_2048', { WrappingKeySpec: 'RSA_3072' }],
    ['kms:KeyOrigin', 'EXTERNAL', undefined],
  ] as const)('for %s', (name, value, other) => {
    const engine = new TestEngine();
    const user = caller(`arn:aws:iam::${ours}:user/importer`);
    const Policy = policyText(
      { ...everything, Principal: { AWS: administratorOf(ours) } },
      {
        Effect: 'Allow',
        Principal: { AWS: user.principal.arn },
        Action: 'kms:GetParametersForImport',
        Resource: '*',
        Condition: { StringEquals: { [name]: value } },
      },
    );
    const { KeyId } = engine.createKey({ Origin: 'EXTERNAL', Policy });
    engine.call('GetParametersForImport', { KeyId, ...usual }, user);
    if (other === undefined) return;
    const refusedOne = engine.refusal('GetParametersForImport', { KeyId, ...usual, ...other }, user);
    expect(refusedOne.code).toBe('AccessDeniedException');
  });
});
