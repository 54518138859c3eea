// The actions of KMS.

import { describe, expect, test } from 'vitest';
import { carriesEncryptionContext, grantOperationOf, isGrantOperation, isUnknownAction } from '../src/actions.ts';
import { CONDITION_KEYS } from '../src/condition-keys.ts';

describe('an action', () => {
  test.each([
    ['kms:Decrypt', false],
    ['KMS:decrypt', false],
    ['kms:ReEncryptFrom', false],
    ['kms:ReEncrypt', true],
    ['kms:Decript', true],
    ['kms:', true],
    ['kms:constructor', true],
    ['s3:GetObject', false],
    ['*', false],
  ])('%s is unknown: %s', (action, unknown) => {
    expect(isUnknownAction(action)).toBe(unknown);
  });

  test('of a condition key is one of them', () => {
    const named = CONDITION_KEYS.flatMap(({ where }) => (typeof where === 'string' ? [] : where));
    expect(named.length).toBeGreaterThan(50);
    for (const name of named) expect(isUnknownAction(`kms:${name}`)).toBe(false);
  });
});

describe('an operation of a grant', () => {
  test('is found by its action in any case', () => {
    expect(grantOperationOf('kms:Decrypt')).toBe('Decrypt');
    expect(grantOperationOf('KMS:GENERATEDATAKEY')).toBe('GenerateDataKey');
    expect(grantOperationOf('kms:PutKeyPolicy')).toBeUndefined();
    expect(grantOperationOf('kms:constructor')).toBeUndefined();
  });

  test('may have an encryption context to be held to', () => {
    const all = [
      'CreateGrant',
      'Decrypt',
      'DescribeKey',
      'GenerateMac',
      'GetPublicKey',
      'ReEncryptTo',
      'RetireGrant',
      'Sign',
    ];
    expect(all.every(isGrantOperation)).toBe(true);
    expect(all.filter(carriesEncryptionContext)).toEqual(['CreateGrant', 'Decrypt', 'ReEncryptTo']);
    expect(isGrantOperation('constructor')).toBe(false);
  });
});
