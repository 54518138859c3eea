// Lists of patterns.

import { describe, expect, test } from 'vitest';
import { compilePatterns, matchesSet } from '../src/pattern-set.ts';

describe('a list of patterns', () => {
  test('matches what one of them matches', () => {
    const set = compilePatterns(['kms:Decrypt', 'kms:Describe*'], 'any case', false);
    expect(matchesSet(set, 'kms:decrypt')).toBe(true);
    expect(matchesSet(set, 'kms:DescribeKey')).toBe(true);
    expect(matchesSet(set, 'kms:Encrypt')).toBe(false);
  });

  test('compares texts without wildcards exactly when case counts', () => {
    const set = compilePatterns(['arn:a', 'arn:b?', 'arn:c*'], 'exact case', false);
    expect(['arn:a', 'arn:A', 'arn:bb', 'arn:b', 'arn:c', 'arn:cc'].filter((text) => matchesSet(set, text))).toEqual([
      'arn:a',
      'arn:bb',
      'arn:c',
      'arn:cc',
    ]);
  });

  test('matches nothing when empty, not even nothing', () => {
    const set = compilePatterns([], 'any case', false);
    expect(matchesSet(set, '')).toBe(false);
    expect(matchesSet(set, 'kms:Decrypt')).toBe(false);
  });

  test('matches everything with * in it, and when a part of it is unknown', () => {
    expect(matchesSet(compilePatterns(['a', '*'], 'exact case', false), 'b')).toBe(true);
    expect(matchesSet(compilePatterns(['a'], 'exact case', true), 'b')).toBe(true);
  });

  test('keeps what was written', () => {
    expect(compilePatterns(['KMS:*', 'a'], 'any case', false).written).toEqual(['KMS:*', 'a']);
  });
});
