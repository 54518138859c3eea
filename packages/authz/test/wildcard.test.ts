// One pattern against one text.

import { describe, expect, test } from 'vitest';
import { type CaseRule, compilePattern, isEverything, isLiteral, matchesPattern } from '../src/wildcard.ts';

const matches = (pattern: string, subject: string, caseRule: CaseRule = 'exact case'): boolean =>
  matchesPattern(compilePattern(pattern, caseRule), subject);

describe('a pattern', () => {
  test.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['**', 'anything', true],
    ['?', 'a', true],
    ['?', '', false],
    ['?', 'ab', false],
    ['kms:*', 'kms:Decrypt', true],
    ['kms:*', 'kms:', true],
    ['kms:*', 'kms', false],
    ['kms:*', 's3:GetObject', false],
    ['*Key', 'kms:DisableKey', true],
    ['*Key', 'kms:DisableKeyRotation', false],
    ['kms:*Key*', 'kms:GenerateDataKeyPair', true],
    ['kms:Generate*Pair', 'kms:GenerateDataKeyPair', true],
    ['kms:Generate*Pair', 'kms:GenerateDataKeyPairWithoutPlaintext', false],
    ['kms:Sig?', 'kms:Sign', true],
    ['aba*aba', 'aba', false],
    ['aba*aba', 'ababa', false],
    ['aba*aba', 'abaaba', true],
    ['a*b?d*e', 'a-bxd-bcd-e', true],
    ['*aab*', 'aaab', true],
    ['*abab?*', 'ababab', true],
    ['arn:aws:kms:*:111122223333:key/*', 'arn:aws:kms:us-west-2:111122223333:key/1234', true],
    ['arn:aws:kms:*:111122223333:key/*', 'arn:aws:kms:us-west-2:111122223333:alias/app', false],
    ['arn:aws:kms:*', 'arn:aws:kms:us-west-2:111122223333:key/1234', true],
    ['a.c', 'abc', false],
    ['[a-z]', 'b', false],
    ['\\*', '*', false],
  ])('%s on %s: %s', (pattern, subject, expected) => {
    expect(matches(pattern, subject)).toBe(expected);
  });

  test('of an action ignores ASCII case only', () => {
    expect(matches('KMS:decrypt', 'kms:Decrypt', 'any case')).toBe(true);
    expect(matches('kms:DE*PT', 'kms:Decrypt', 'any case')).toBe(true);
    expect(matches('kms:*CRY*', 'kms:Decrypt', 'any case')).toBe(true);
    expect(matches('\u212Ams:Decrypt', 'kms:Decrypt', 'any case')).toBe(false);
  });

  test('of a resource does not', () => {
    const alias = 'arn:aws:kms:us-west-2:111122223333:alias/App';
    expect(matches('arn:aws:kms:*:alias/App', alias)).toBe(true);
    expect(matches('arn:aws:kms:*:alias/app', alias)).toBe(false);
    expect(matches('arn:aws:kms:*:ALIAS/App', alias)).toBe(false);
  });

  test('knows what it is', () => {
    expect(['*', '***', '?*', 'a*', ''].filter((text) => isEverything(compilePattern(text, 'exact case')))).toEqual([
      '*',
      '***',
    ]);
    expect(['a', '', 'a?', 'a*'].filter((text) => isLiteral(compilePattern(text, 'exact case')))).toEqual(['a', '']);
  });
});
