// Whether a request makes an RSA key pair, told beforehand.

import { beforeAll, describe, expect, test } from 'vitest';
import type { OperationName } from '../src/api/shapes.ts';
import { keyPairDue } from '../src/key-pair-due.ts';
import { Visit } from '../src/operation.ts';
import { abroad, admin, administratorOf, caller, ours, stranger, TestEngine } from './engine.ts';
import { librariesLoaded } from './libraries.ts';

beforeAll(() => librariesLoaded());

function due(engine: TestEngine, operation: OperationName, input: unknown, by = admin): string | undefined {
  return keyPairDue(engine.kms, new Visit(operation, input, 'wire', by));
}

describe('a pair of no key', () => {
  test.each([
    ['GenerateDataKeyPair', { KeyPairSpec: 'RSA_4096' }, 'each time'],
    ['GenerateDataKeyPairWithoutPlaintext', { KeyPairSpec: 'RSA_2048' }, 'each time'],
    ['GetParametersForImport', { WrappingKeySpec: 'RSA_3072' }, 'each time'],
    ['GenerateDataKeyPair', { KeyPairSpec: 'RSA_4096', DryRun: true }, undefined],
    ['GenerateDataKeyPair', { KeyPairSpec: 'ECC_NIST_P256' }, undefined],
    ['GetParametersForImport', { WrappingKeySpec: 'SM2' }, undefined],
    ['GenerateDataKey', { KeySpec: 'AES_256' }, undefined],
    ['CreateKey', { KeySpec: 'RSA_4096', KeyUsage: 'SIGN_VERIFY' }, undefined],
    ['ImportKeyMaterial', { KeyId: 'k' }, 'first use'],
  ] as const)('%s %o: %s', (operation, input, expected) => {
    expect(due(new TestEngine(), operation, input)).toBe(expected);
  });

  test.each([
    [undefined],
    [null],
    ['text'],
    [[]],
    [{}],
    [{ KeyPairSpec: 7 }],
    [{ __proto__: { KeyPairSpec: 'RSA_2048' } }],
  ])('%o is no request that makes one', (input) => {
    expect(due(new TestEngine(), 'GenerateDataKeyPair', input)).toBeUndefined();
  });
});

describe('the pair of a key', () => {
  const sign = { Message: new Uint8Array(1), SigningAlgorithm: 'RSASSA_PSS_SHA_256' } as const;

  test('is due until somebody has used it, by whatever name', () => {
    const engine = new TestEngine();
    const { Arn, KeyId } = engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    engine.call('CreateAlias', { AliasName: 'alias/rsa', TargetKeyId: Arn });
    const names = [Arn, KeyId, 'alias/rsa', Arn.replace(/key\/.*/, 'alias/rsa')];
    const asked = (): unknown[] => [
      ...names.map((name) => due(engine, 'GetPublicKey', { KeyId: name })),
      due(engine, 'Sign', { KeyId }),
      due(engine, 'Verify', { KeyId }),
    ];
    expect(new Set(asked())).toEqual(new Set(['first use']));
    engine.call('Sign', { KeyId, ...sign });
    expect(new Set(asked())).toEqual(new Set([undefined]));
  });

  test('of ReEncrypt either key', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const { KeyId: other } = engine.createKey();
    expect(due(engine, 'ReEncrypt', { SourceKeyId: other, DestinationKeyId: KeyId })).toBe('first use');
    expect(due(engine, 'ReEncrypt', { SourceKeyId: KeyId, DestinationKeyId: other })).toBe('first use');
    expect(due(engine, 'ReEncrypt', { SourceKeyId: other, DestinationKeyId: other })).toBeUndefined();
  });

  test('is none of a key that only is described, is of another kind, or has no material', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    const { KeyId: curve } = engine.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const { KeyId: empty } = engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY', Origin: 'EXTERNAL' });
    expect(due(engine, 'DescribeKey', { KeyId })).toBeUndefined();
    expect(due(engine, 'Sign', { KeyId: curve })).toBeUndefined();
    expect(due(engine, 'Sign', { KeyId: empty })).toBeUndefined();
    expect(due(engine, 'Sign', { KeyId: 'unknown' })).toBeUndefined();
  });

  test('is of another account by its ARN alone, and of another Region not at all', () => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    engine.call('CreateAlias', { AliasName: 'alias/rsa', TargetKeyId: Arn });
    expect(due(engine, 'Sign', { KeyId: Arn }, stranger)).toBe('first use');
    expect(due(engine, 'Sign', { KeyId: 'alias/rsa' }, stranger)).toBeUndefined();
    expect(due(engine, 'Sign', { KeyId: 'alias/rsa' }, caller(administratorOf(ours), abroad))).toBeUndefined();
  });

  test('asking changes nothing', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    const before = engine.everything();
    due(engine, 'Sign', { KeyId });
    due(engine, 'Sign', { KeyId: 'alias/none' }, caller(administratorOf('999999999999'), abroad));
    expect(engine.everything()).toBe(before);
  });
});
