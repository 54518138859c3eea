// Lists of patterns.

import { describe, expect, test } from 'vitest';
import { compilePatterns, matchesSet as matches, type PatternSet } from '../src/pattern-set.ts';
import { KEY, principal, user } from './sample.ts';

const asked = { principal: principal(user('Alice')), action: 'kms:Decrypt', resource: KEY };
const matchesSet = (set: PatternSet, subject: string): boolean => matches(set, subject, asked, 'identity policy');

describe('a list of patterns', () => {
  test('matches what one of them matches', () => {
    const set = compilePatterns(['kms:Decrypt', 'kms:Describe*'], 'any case');
    expect(matchesSet(set, 'kms:decrypt')).toBe(true);
    expect(matchesSet(set, 'kms:DescribeKey')).toBe(true);
    expect(matchesSet(set, 'kms:Encrypt')).toBe(false);
  });

  test('compares texts without wildcards exactly when case counts', () => {
    const set = compilePatterns(['arn:a', 'arn:b?', 'arn:c*'], 'exact case');
    expect(['arn:a', 'arn:A', 'arn:bb', 'arn:b', 'arn:c', 'arn:cc'].filter((text) => matchesSet(set, text))).toEqual([
      'arn:a',
      'arn:bb',
      'arn:c',
      'arn:cc',
    ]);
  });

  test('matches nothing when empty, not even nothing', () => {
    const set = compilePatterns([], 'any case');
    expect(matchesSet(set, '')).toBe(false);
    expect(matchesSet(set, 'kms:Decrypt')).toBe(false);
  });

  test('matches everything with * in it', () => {
    expect(matchesSet(compilePatterns(['a', '*'], 'exact case'), 'b')).toBe(true);
  });

  test('of exceptions matches what is not listed', () => {
    const set = compilePatterns(['kms:Decrypt', 'kms:S*'], 'any case', true);
    expect(['kms:decrypt', 'kms:Sign', 'kms:Encrypt'].filter((action) => matchesSet(set, action))).toEqual([
      'kms:Encrypt',
    ]);
    expect(matchesSet(compilePatterns(['*'], 'any case', true), 'x')).toBe(false);
  });

  test('fills variables in from the request', () => {
    const set = compilePatterns(['key/${aws:username}/*'], 'exact case', false, '2012-10-17');
    expect(matchesSet(set, 'key/Alice/1')).toBe(true);
    expect(matchesSet(set, 'key/Bob/1')).toBe(false);
    expect(matchesSet(compilePatterns(['${aws:userid}'], 'exact case', false, '2012-10-17'), '')).toBe(false);
  });

  test('counts as matching where it has a variable that no request can fill', () => {
    const set = compilePatterns(['${aws:nobody}'], 'exact case', false, '2012-10-17');
    expect(set.unknown).toEqual(['${aws:nobody}']);
    expect(matchesSet(set, 'b')).toBe(true);
  });

  test('keeps what was written', () => {
    expect(compilePatterns(['KMS:*', 'a'], 'any case').written).toEqual(['KMS:*', 'a']);
  });
});
